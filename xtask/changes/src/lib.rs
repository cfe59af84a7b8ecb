//! Compares two operation models: what changed, on the wire and in Rust.
//!
//! Causes come from the models: a field, a parameter, a value. Their effect in Rust comes from the
//! code that `emit` generates for both, so that no change of the crate goes unreported.

mod api;
mod change;
mod collect;
mod constraints;
mod effects;
mod facets;
mod interface;
mod kind;
mod located;
mod members;
mod operations;
mod reach;
mod renames;
pub mod report;
mod text;
mod type_text;
mod types;
mod undocumented;
pub mod version;
mod visible;
mod wire;

use std::collections::BTreeMap;

pub use change::{Change, Rust, Sides, Wire};
use collect::{Collector, Effect, ItemPath};
pub use kind::{Aspect, Kind, Subject};
pub use report::{Bump, Format, Report};
use sdk_generator::emit::Context;
use sdk_model::Api;
pub use undocumented::{Undocumented, undocumented};

/// Compares the models of two crates: each API with the one of its name.
pub fn compare(before: &[Api], after: &[Api]) -> Report {
    let mut changes = Vec::new();
    for new in after {
        match before.iter().find(|old| old.name == new.name) {
            Some(old) => changes.append(&mut pair(old, new)),
            None => changes.append(&mut whole(new, Aspect::Added)),
        }
    }
    for old in before {
        if !after.iter().any(|new| new.name == old.name) {
            changes.append(&mut whole(old, Aspect::Removed));
        }
    }
    Report::new(signed(changes))
}

fn pair(before: &Api, after: &Api) -> Vec<Change> {
    let (before, after) = (Context::new(before), Context::new(after));
    let mut out = Collector::new(&before, &after);
    operations::compare(&mut out);
    types::compare(&mut out);
    api::compare(&mut out);
    out.changes
}

/// An API that was added or removed.
fn whole(api: &Api, aspect: Aspect) -> Vec<Change> {
    let name = api.name.plain();
    let context = Context::new(api);
    let mut out = Collector::new(&context, &context);
    let (path, effect, message) = if aspect == Aspect::Added {
        (Sides::after(name), Effect::ADDS, "new API")
    } else {
        (Sides::before(name), Effect::BREAKS, "API removed")
    };
    let path = ItemPath {
        item: "API".to_owned(),
        target: name.to_owned(),
        path,
        files: vec!["src/lib.rs".to_owned(), format!("src/{name}/")],
        ..ItemPath::default()
    };
    out.note(Subject::Api, aspect, &path, effect, message);
    out.changes
}

/// Sorts changes so that their order depends on nothing else, and gives each its id.
fn signed(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by(|a, b| {
        let effect = |change: &Change| std::cmp::Reverse((change.wire, change.rust));
        effect(a)
            .cmp(&effect(b))
            .then_with(|| a.api.cmp(&b.api))
            .then_with(|| a.item.cmp(&b.item))
            .then_with(|| a.kind.cmp(&b.kind))
    });
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for change in &mut changes {
        let key = format!("{} {} {}", change.api, change.kind, change.item);
        let count = counts.entry(key).or_default();
        change.sign(*count);
        *count += 1;
    }
    link(&mut changes);
    changes
}

/// Replaces the items of causes by the ids of their changes.
fn link(changes: &mut [Change]) {
    let is_cause = |change: &Change| {
        matches!(change.kind.aspect, Aspect::Renamed | Aspect::Errors)
            && matches!(
                change.kind.subject,
                Subject::Type | Subject::Api | Subject::Operation
            )
    };
    let ids: BTreeMap<(String, String), String> = changes
        .iter()
        .filter(|change| is_cause(change))
        .map(|change| ((change.api.clone(), change.item.clone()), change.id.clone()))
        .collect();
    for change in &mut *changes {
        let cause = change.cause.take();
        let id = cause.and_then(|item| ids.get(&(change.api.clone(), item)).cloned());
        change.cause = id.filter(|id| *id != change.id);
    }
    // The cause of a cause is the cause of what follows from it.
    let causes: BTreeMap<String, String> = changes
        .iter()
        .filter_map(|change| Some((change.id.clone(), change.cause.clone()?)))
        .collect();
    for change in changes {
        for _ in 0..causes.len() {
            let next = change.cause.as_ref().and_then(|cause| causes.get(cause));
            match next {
                Some(next) if *next != change.id => change.cause = Some(next.clone()),
                _ => break,
            }
        }
    }
}
