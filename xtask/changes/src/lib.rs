//! What differs between two operation models, and what it means to callers.
//!
//! The causes come from the models: a field, a parameter, a value. What they mean in Rust comes
//! from the code that `emit` makes of both, so that nothing in the crate changes unsaid.

mod api;
mod change;
mod collect;
mod effects;
mod files;
mod interface;
mod kind;
mod markdown;
mod member_pair;
mod members;
mod operations;
mod report;
mod shown;
mod spelling;
mod text;
mod types;
pub mod version;
mod wire;

pub use change::{Change, Rust, Sides, Wire};
pub use kind::{Aspect, Kind, Subject};
pub use report::{Bump, Format, Report};

use std::collections::BTreeMap;

use collect::{Collector, Effect, Place};

use sdk_generator::emit::Context;
use sdk_model::Api;

/// Compares the models of two crates: each API with the one of its name.
pub fn compare(before: &[Api], after: &[Api]) -> Report {
    let mut changes = Vec::new();
    let mut unseen = Vec::new();
    for new in after {
        match before.iter().find(|old| old.name == new.name) {
            Some(old) => {
                let mut found = pair(old, new);
                changes.append(&mut found.0);
                unseen.append(&mut found.1);
            }
            None => changes.push(whole(new, Aspect::Added)),
        }
    }
    for old in before {
        if !after.iter().any(|new| new.name == old.name) {
            changes.push(whole(old, Aspect::Removed));
        }
    }
    Report::new(sorted(changes), sorted(unseen))
}

fn pair(before: &Api, after: &Api) -> (Vec<Change>, Vec<Change>) {
    let (before, after) = (Context::new(before), Context::new(after));
    let mut out = Collector::new(&before, &after);
    operations::compare(&mut out);
    types::compare(&mut out);
    api::compare(&mut out);
    (out.changes, out.unseen)
}

/// An API that came or went.
fn whole(api: &Api, aspect: Aspect) -> Change {
    let name = api.name.plain();
    let context = Context::new(api);
    let mut out = Collector::new(&context, &context);
    let (sides, effect, message) = if aspect == Aspect::Added {
        let message = format!("There is a new API, `{name}`.");
        (Sides::after(name), Effect::ADDS, message)
    } else {
        let message = format!("The API `{name}` is gone.");
        (Sides::before(name), Effect::BREAKS, message)
    };
    let place = Place {
        item: "API".to_owned(),
        path: sides,
        pointer: Sides::default(),
        files: vec!["src/lib.rs".to_owned(), format!("src/{name}/")],
    };
    out.note(Subject::Api, aspect, &place, effect, message);
    out.changes.remove(0)
}

/// In an order that depends on the changes alone, each with its id.
fn sorted(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by(|a, b| {
        let key = |change: &Change| {
            (
                std::cmp::Reverse(change.rust),
                std::cmp::Reverse(change.wire),
            )
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| a.api.cmp(&b.api))
            .then_with(|| a.item.cmp(&b.item))
            .then_with(|| a.kind.cmp(&b.kind))
    });
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for change in &mut changes {
        let key = format!("{} {} {}", change.api, change.kind, change.item);
        let again = seen.entry(key).or_default();
        change.sign(*again);
        *again += 1;
    }
    changes
}
