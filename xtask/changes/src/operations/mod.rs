//! Operations, and the resources they stand in.

mod answers;
mod body;
mod errors;
mod facets;
mod found;
mod inputs;
mod pagination;
mod resources;
mod security;
mod streaming;

use std::collections::BTreeMap;

pub(super) use found::Found;
use proc_macro2::TokenStream;

use super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, Place, pointers},
    interface::Interface,
    kind::{Aspect, Subject},
    text::quoted,
};
use sdk_generator::emit::{Context, public_api};
use sdk_model::Operation;

/// Two operations that are one, before and after.
struct Pair<'m> {
    before: &'m Found<'m>,
    after: &'m Found<'m>,
}

impl Pair<'_> {
    /// Whether the crate shows what `pick` takes from each side.
    fn shows(&self, out: &Collector<'_>, pick: impl Fn(&mut Operation, &Operation)) -> bool {
        super::shown::by_operation([out.before, out.after], [self.before, self.after], pick)
    }
}

/// Compares the resources and operations of an API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (before, after) = (out.before, out.after);
    resources::compare(out);
    let (old, new) = (found::operations(before.api), found::operations(after.api));
    let key = |found: &Found<'_>| {
        (
            found.operation.method.clone(),
            found.operation.path.text.clone(),
        )
    };
    let mut left: BTreeMap<_, &Found<'_>> = old.iter().map(|found| (key(found), found)).collect();
    let mut fresh = Vec::new();
    for found in &new {
        match left.remove(&key(found)) {
            Some(other) => pair(out, other, found),
            None => fresh.push(found),
        }
    }
    for found in fresh {
        // The same operation at another place keeps its id, or its path but for a parameter's name.
        let same = |other: &&&Found<'_>| {
            found.goes_where(other) || other.operation.id == found.operation.id
        };
        let moved = left.values().find(same).map(|other| key(other));
        match moved.and_then(|key| left.remove(&key)) {
            Some(other) => pair(out, other, found),
            None => added(out, found),
        }
    }
    for found in left.values() {
        gone(out, found);
    }
}

fn added(out: &mut Collector<'_>, found: &Found<'_>) {
    let path = found.rust_path(out.after);
    let place = Place {
        item: found.line(),
        path: Sides::after(&path),
        pointer: Sides::after(&found.operation.origin),
        files: found.files(out.after),
    };
    let message = format!(
        "There is a new operation, {}: {}.",
        quoted(&found.line()),
        quoted(&path)
    );
    out.note(
        Subject::Operation,
        Aspect::Added,
        &place,
        Effect::ADDS,
        message,
    );
}

fn gone(out: &mut Collector<'_>, found: &Found<'_>) {
    let path = found.rust_path(out.before);
    let place = Place {
        item: found.line(),
        path: Sides::before(&path),
        pointer: Sides::before(&found.operation.origin),
        files: found.files(out.before),
    };
    let message = format!(
        "The operation {} is gone: {}.",
        quoted(&found.line()),
        quoted(&path)
    );
    out.note(
        Subject::Operation,
        Aspect::Removed,
        &place,
        Effect::BREAKS,
        message,
    );
}

fn pair(out: &mut Collector<'_>, before: &Found<'_>, after: &Found<'_>) {
    let codes = Codes::of(out, before, after);
    let paths = [before.rust_path(out.before), after.rust_path(out.after)];
    if before.operation == after.operation && paths[0] == paths[1] && codes.same {
        return;
    }
    let mut files = after.files(out.after);
    files.extend(before.files(out.before));
    files.dedup();
    let place = Place {
        item: after.line(),
        path: Sides::both(&paths[0], &paths[1]),
        pointer: pointers(&before.operation.origin, &after.operation.origin),
        files,
    };
    let mark = out.changes.len();
    let pair = Pair { before, after };
    let renamed = moved(out, &place, &pair, &paths);
    parts(out, &place, &pair);
    if !renamed {
        remainder(out, &place, codes, mark);
    }
}

/// Another name in Rust, another method or path; says whether it is called otherwise in Rust.
fn moved(out: &mut Collector<'_>, place: &Place, pair: &Pair<'_>, paths: &[String; 2]) -> bool {
    let name = quoted(&place.item);
    let [old_path, new_path] = paths;
    let (old, new) = (pair.before.operation, pair.after.operation);
    let renamed = old_path != new_path || old.builder != new.builder;
    let mut item = out.item(Subject::Operation, place);
    if renamed {
        let message = if old_path == new_path {
            format!(
                "The builder of {name} is called {} now, not {}.",
                quoted(new.builder.as_str()),
                quoted(old.builder.as_str())
            )
        } else {
            format!(
                "{name} is called {} now, not {}.",
                quoted(new_path),
                quoted(old_path)
            )
        };
        item.note(Aspect::Renamed, Effect::in_rust(Rust::Breaking), message);
    }
    if pair.before.line() != pair.after.line() {
        let message = format!("{} is {name} now.", quoted(&pair.before.line()));
        let wire = if pair.before.goes_where(pair.after) {
            Wire::None
        } else {
            Wire::Breaking
        };
        let effect = Effect::new(wire, Rust::None);
        item.note(Aspect::Moved, effect, message);
    }
    renamed
}

/// Each part of the operation is compared somewhere: a new one does not compile until it is.
fn parts(out: &mut Collector<'_>, place: &Place, pair: &Pair<'_>) {
    let Operation {
        // Told by `moved`.
        name: _,
        builder: _,
        method: _,
        path: _,
        id: _,
        summary: _,
        docs: _,
        deprecation: _,
        server: _,
        safety: _,
        path_params: _,
        query: _,
        headers: _,
        cookies: _,
        body: _,
        success,
        errors,
        security,
        pagination,
        streaming,
        // Told with every change, as its pointer.
        origin: _,
    } = pair.before.operation;
    let new = pair.after.operation;
    facets::compare(out, place, pair);
    security::compare(out, place, pair, security, &new.security);
    inputs::compare(out, place, pair);
    answers::compare(out, place, pair, success, &new.success);
    errors::compare(out, place, pair, errors, &new.errors);
    pagination::compare(
        out,
        place,
        pair,
        pagination.as_ref(),
        new.pagination.as_ref(),
    );
    let streams = [streaming.as_ref(), new.streaming.as_ref()];
    streaming::compare(out, place, pair, streams);
}

/// The code of an operation, before and after.
struct Codes {
    before: TokenStream,
    after: TokenStream,
    same: bool,
}

impl Codes {
    fn of(out: &Collector<'_>, before: &Found<'_>, after: &Found<'_>) -> Self {
        let code = |context: &Context<'_>, found: &Found<'_>| {
            let resource = found.resource();
            resource.map_or_else(TokenStream::new, |resource| {
                public_api::operation_code(context, resource, found.operation)
            })
        };
        let (before, after) = (code(out.before, before), code(out.after, after));
        Self {
            same: before.to_string() == after.to_string(),
            before,
            after,
        }
    }
}

/// What the operation's code shows beyond all that was told.
fn remainder(out: &mut Collector<'_>, place: &Place, codes: Codes, mark: usize) {
    if codes.same {
        return;
    }
    let (rust, names) = Interface::of(codes.before).against(&Interface::of(codes.after));
    let noted = out.most_since(mark);
    if noted.is_none_or(|noted| rust > noted) {
        let name = quoted(&place.item);
        let message = if names.is_empty() {
            format!("{name} is handled in another way, as a type that it uses is.")
        } else {
            format!("{name} has other items: {}.", quoted(&names.join(", ")))
        };
        let effect = Effect::in_rust(rust);
        out.note(Subject::Operation, Aspect::Form, place, effect, message);
    }
}
