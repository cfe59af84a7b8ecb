//! Operations and the resources that hold them.

mod body;
mod body_object;
mod errors;
mod facets;
mod inputs;
mod pagination;
mod representations;
mod resources;
mod response;
mod security;
mod streaming;
mod waits;

use std::{collections::BTreeMap, sync::Arc};

use proc_macro2::TokenStream;
use sdk_generator::emit::{Context, FileIndex, public_api};
use sdk_model::{Api, Operation};

use super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Details, Effect, ItemPath},
    interface::{self, Interface},
    kind::{Aspect, Subject},
    located::{LocatedOperation, operations},
    text::quoted,
    visible,
};

/// An operation, before and after.
struct Pair<'m> {
    before: &'m LocatedOperation<'m>,
    after: &'m LocatedOperation<'m>,
}

impl<'m> Pair<'m> {
    /// The operation, before and after.
    fn operations(&self) -> [&'m Operation; 2] {
        [self.before.operation, self.after.operation]
    }

    /// Whether generated code shows what `pick` takes from each side.
    fn shows(&self, out: &Collector<'_>, pick: impl Fn(&mut Operation, &Operation)) -> bool {
        visible::by_operation(out.contexts(), [self.before, self.after], pick)
    }
}

/// Compares the resources and operations of an API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (before, after) = (out.before, out.after);
    resources::compare(out);
    let (old, new) = (operations(before.api), operations(after.api));
    let key = |found: &LocatedOperation<'_>| {
        let Operation {
            method,
            path,
            body_variant,
            ..
        } = found.operation;
        (method.clone(), path.text.clone(), body_variant.clone())
    };
    let mut left: BTreeMap<_, &LocatedOperation<'_>> =
        old.iter().map(|found| (key(found), found)).collect();
    let mut fresh = Vec::new();
    for found in &new {
        match left.remove(&key(found)) {
            Some(other) => pair(out, other, found),
            None => fresh.push(found),
        }
    }
    for found in fresh {
        // An operation that moved keeps its id, or its path but for the names of parameters.
        let same = |other: &&&LocatedOperation<'_>| {
            (found.has_same_target(other) || other.operation.id == found.operation.id)
                && found.operation.body_variant == other.operation.body_variant
        };
        let moved = left.values().find(same).map(|other| key(other));
        match moved.and_then(|key| left.remove(&key)) {
            Some(other) => pair(out, other, found),
            None => added(out, found),
        }
    }
    for found in left.values() {
        removed(out, found);
    }
}

/// The item of an operation that one side or both have.
fn path_of(
    out: &Collector<'_>,
    before: Option<&LocatedOperation<'_>>,
    after: Option<&LocatedOperation<'_>>,
) -> ItemPath {
    let line = after
        .or(before)
        .map(LocatedOperation::line)
        .unwrap_or_default();
    let [old, new] = out.contexts();
    let file = |index: &FileIndex, found: Option<&LocatedOperation<'_>>| {
        found.and_then(|found| index.resource(&found.path).map(str::to_owned))
    };
    let [old_files, new_files] = &out.files;
    let mut files: Vec<String> = file(new_files, after)
        .into_iter()
        .chain(file(old_files, before))
        .collect();
    files.dedup();
    ItemPath {
        item: line.clone(),
        target: line.clone(),
        path: Sides {
            before: before.map(|found| found.rust_path(old)),
            after: after.map(|found| found.rust_path(new)),
        },
        pointer: Sides {
            before: before.map(|found| found.operation.origin.to_string()),
            after: after.map(|found| found.operation.origin.to_string()),
        },
        files,
        operations: Arc::from([line]),
    }
}

fn added(out: &mut Collector<'_>, found: &LocatedOperation<'_>) {
    let path = path_of(out, None, Some(found));
    let details = Details {
        signature: Sides {
            before: None,
            after: signature(out.after, found),
        },
        ..Details::default()
    };
    let (subject, aspect) = (Subject::Operation, Aspect::Added);
    out.note_with(
        subject,
        aspect,
        &path,
        Effect::ADDS,
        "new operation",
        details,
    );
}

fn removed(out: &mut Collector<'_>, found: &LocatedOperation<'_>) {
    let path = path_of(out, Some(found), None);
    let mut message = "operation removed".to_owned();
    let reasons = reasons(out.after.api, found);
    if !reasons.is_empty() {
        message.push_str(": ");
        message.push_str(&reasons.join(", "));
    }
    let details = Details {
        signature: Sides {
            before: signature(out.before, found),
            after: None,
        },
        ..Details::default()
    };
    let (subject, aspect) = (Subject::Operation, Aspect::Removed);
    out.note_with(subject, aspect, &path, Effect::BREAKS, message, details);
}

/// Why the SDK no longer has an operation, as far as the documents say.
fn reasons(after: &Api, found: &LocatedOperation<'_>) -> Vec<String> {
    let line = found.line();
    let mut reasons = Vec::new();
    let left_out = after.excluded.iter().chain(&after.omissions);
    reasons.extend(
        left_out
            .filter(|omission| omission.what == line)
            .map(|omission| omission.reason.clone()),
    );
    if let Some(deprecation) = &found.operation.deprecation {
        let note = match deprecation.note.as_str() {
            "" => String::new(),
            note => format!(" ({note})"),
        };
        reasons.push(format!("was deprecated{note}"));
    }
    reasons
}

/// The signature of the operation's method.
fn signature(context: &Context<'_>, found: &LocatedOperation<'_>) -> Option<String> {
    let resource = found.resource()?;
    interface::method(
        public_api::operation_code(context, resource, found.operation),
        found.operation.name.ident.as_str(),
    )
}

fn pair(out: &mut Collector<'_>, before: &LocatedOperation<'_>, after: &LocatedOperation<'_>) {
    let codes = Codes::of(out, before, after);
    let path = path_of(out, Some(before), Some(after));
    let same_path = path.path.before == path.path.after;
    if before.operation == after.operation && same_path && codes.same {
        return;
    }
    let start = out.changes.len();
    let pair = Pair { before, after };
    let renamed = moved(out, &path, &pair);
    parts(out, &path, &pair);
    if !renamed {
        remainder(out, &path, codes, start);
    }
}

/// Another name in Rust, another method or path; returns whether the name in Rust is another.
fn moved(out: &mut Collector<'_>, path: &ItemPath, pair: &Pair<'_>) -> bool {
    let [old, new] = pair.operations();
    let same_path = path.path.before == path.path.after;
    let renamed = !same_path || old.builder != new.builder;
    if renamed {
        let (what, names) = if same_path {
            ("request builder", Sides::both(&old.builder, &new.builder))
        } else {
            ("operation", path.path.clone())
        };
        let [before, after] =
            [&names.before, &names.after].map(|name| quoted(name.as_deref().unwrap_or_default()));
        let message = format!("{what} renamed from {before} to {after}");
        let details = Details {
            value: names,
            signature: Sides {
                before: signature(out.before, pair.before),
                after: signature(out.after, pair.after),
            },
            cause: None,
        };
        let effect = Effect::in_rust(Rust::Breaking);
        let (subject, aspect) = (Subject::Operation, Aspect::Renamed);
        out.note_with(subject, aspect, path, effect, message, details);
    }
    let lines = [pair.before.line(), pair.after.line()];
    if lines[0] != lines[1] {
        let (wire, verb) = if pair.before.has_same_target(pair.after) {
            (Wire::None, "path parameter renamed")
        } else {
            (Wire::Breaking, "moved")
        };
        let message = if old.method == new.method {
            format!("{verb}: the path was {}", quoted(&old.path.text))
        } else {
            format!("{verb}: was {}", quoted(&lines[0]))
        };
        let effect = Effect::new(wire, Rust::None);
        let [before, after] = lines;
        let details = Details::values(Sides::both(before, after));
        let (subject, aspect) = (Subject::Operation, Aspect::Moved);
        out.note_with(subject, aspect, path, effect, message, details);
    }
    renamed
}

/// Each part of the operation is compared: a new one does not compile until it is.
fn parts(out: &mut Collector<'_>, path: &ItemPath, pair: &Pair<'_>) {
    let Operation {
        // Compared by `moved`.
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
        body_variant: _,
        success,
        errors,
        security,
        pagination,
        streaming,
        representations,
        // Part of every change, as its pointer.
        origin: _,
    } = pair.before.operation;
    let new = pair.after.operation;
    facets::compare(out, path, pair);
    security::compare(out, path, pair, security, &new.security);
    inputs::compare(out, path, pair);
    response::compare(out, path, pair, success, &new.success);
    errors::compare(out, path, pair, errors, &new.errors);
    let pages = [pagination.as_ref(), new.pagination.as_ref()];
    pagination::compare(out, path, pair, pages);
    let streams = [streaming.as_ref(), new.streaming.as_ref()];
    streaming::compare(out, path, pair, streams);
    let others = [representations.as_slice(), &new.representations];
    representations::compare(out, path, others);
    waits::compare(out, path, pair);
}

/// The code of an operation, before and after.
struct Codes {
    before: TokenStream,
    after: TokenStream,
    same: bool,
}

impl Codes {
    fn of(
        out: &Collector<'_>,
        before: &LocatedOperation<'_>,
        after: &LocatedOperation<'_>,
    ) -> Self {
        let code = |context: &Context<'_>, found: &LocatedOperation<'_>| {
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

/// Differences in code that no change so far explains.
fn remainder(out: &mut Collector<'_>, path: &ItemPath, codes: Codes, start: usize) {
    if codes.same {
        return;
    }
    let mut difference = Interface::of(codes.before).difference(&Interface::of(codes.after));
    let reported = out.most_since(start);
    if reported.is_some_and(|reported| difference.effect <= reported) {
        return;
    }
    difference.attribute(out);
    let effect = Effect::in_rust(difference.effect);
    let (subject, aspect) = (Subject::Operation, Aspect::Code);
    let message = difference.message();
    out.note_with(subject, aspect, path, effect, message, difference.details());
}
