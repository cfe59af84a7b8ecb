//! Operations, and the resources they stand in.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    change::{Aspect, Rust, Sides, Subject, Wire},
    collect::{Collector, Effect, Place, pointers},
    files, inputs,
    interface::Interface,
    text::{list, quoted, safety},
};
use crate::{
    emit::{Context, faces},
    model::{Api, Envelope, Operation, Pagination, Resource, ResponseContent, SchemeUse, Type},
};

/// An operation, and the resources that lead to it.
#[derive(Clone)]
pub(super) struct Found<'m> {
    pub(super) operation: &'m Operation,
    path: Vec<&'m Resource>,
}

impl Found<'_> {
    fn line(&self) -> String {
        format!(
            "{} {}",
            self.operation.method.as_str(),
            self.operation.path.text
        )
    }

    fn resource(&self) -> Option<&Resource> {
        self.path.last().copied()
    }

    /// `clerk::resources::sessions::Sessions::get`.
    fn rust_path(&self, context: &Context<'_>) -> String {
        format!(
            "{}::{}",
            resource_path(context, &self.path),
            self.operation.name.ident
        )
    }

    fn files(&self, context: &Context<'_>) -> Vec<String> {
        vec![files::of_resource(context, &self.path)]
    }
}

fn resource_path(context: &Context<'_>, path: &[&Resource]) -> String {
    let mut segments = vec![context.api.name.as_str(), "resources"];
    segments.extend(path.iter().map(|resource| resource.name.ident.as_str()));
    segments.extend(path.last().map(|resource| resource.type_name.as_str()));
    segments.join("::")
}

/// Compares the resources and operations of an API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (before, after) = (out.before, out.after);
    resources(out);
    let (old, new) = (all(before.api), all(after.api));
    let key = |found: &Found<'_>| (found.operation.method, found.operation.path.text.clone());
    let mut left: BTreeMap<_, &Found<'_>> = old.iter().map(|found| (key(found), found)).collect();
    let mut fresh = Vec::new();
    for found in &new {
        match left.remove(&key(found)) {
            Some(other) => pair(out, other, found),
            None => fresh.push(found),
        }
    }
    for found in fresh {
        // The same operation at another place keeps its id.
        let same = |other: &&&Found<'_>| other.operation.id == found.operation.id;
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

/// Every operation, with what leads to it.
pub(super) fn all(api: &Api) -> Vec<Found<'_>> {
    groups(api)
        .into_iter()
        .flat_map(|path| {
            let operations = path.last().map(|resource| resource.operations.iter());
            operations
                .into_iter()
                .flatten()
                .map(move |operation| Found {
                    operation,
                    path: path.clone(),
                })
        })
        .collect()
}

/// Every resource, with what leads to it.
fn groups(api: &Api) -> Vec<Vec<&Resource>> {
    let mut open: Vec<Vec<&Resource>> = api
        .resources
        .iter()
        .map(|resource| vec![resource])
        .collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        for child in path
            .last()
            .into_iter()
            .flat_map(|resource| &resource.children)
        {
            open.push([path.as_slice(), &[child]].concat());
        }
        found.push(path);
    }
    found
}

fn resources(out: &mut Collector<'_>) {
    let (before, after) = (out.before, out.after);
    let by_path = |context: &'_ Context<'_>| -> BTreeMap<String, usize> {
        let groups = groups(context.api);
        groups
            .iter()
            .enumerate()
            .map(|(at, path)| (resource_path(context, path), at))
            .collect()
    };
    let (old, new) = (groups(before.api), groups(after.api));
    let (old_paths, new_paths) = (by_path(before), by_path(after));
    let names: BTreeSet<&String> = old_paths.keys().chain(new_paths.keys()).collect();
    for name in names {
        let found = [(&old_paths, &old), (&new_paths, &new)]
            .map(|(paths, groups)| paths.get(name).and_then(|at| groups.get(*at)));
        let place = |sides: Sides, context: &Context<'_>, path: &[&Resource]| {
            let mut files = files::above_resource(context, path);
            files.push(files::of_resource(context, path));
            Place {
                item: name.clone(),
                path: sides,
                pointer: Sides::default(),
                files,
            }
        };
        match found {
            [Some(path), None] => {
                let message = format!("The group {} is gone.", quoted(name));
                let place = place(Sides::before(name), before, path);
                out.note(
                    Subject::Resource,
                    Aspect::Removed,
                    &place,
                    Effect::new(Wire::None, Rust::Breaking),
                    message,
                );
            }
            [None, Some(path)] => {
                let message = format!("There is a new group, {}.", quoted(name));
                let place = place(Sides::after(name), after, path);
                out.note(
                    Subject::Resource,
                    Aspect::Added,
                    &place,
                    Effect::new(Wire::None, Rust::Additive),
                    message,
                );
            }
            [Some(old), Some(new)] => {
                let docs = |path: &[&Resource]| {
                    path.last().map(|resource| {
                        (
                            faces::docs_text(&resource.docs),
                            faces::resource_docs(resource),
                        )
                    })
                };
                if docs(old) != docs(new) {
                    let message =
                        format!("The group {} is described in other words.", quoted(name));
                    let place = place(Sides::both(name, name), after, new);
                    out.note(
                        Subject::Resource,
                        Aspect::Docs,
                        &place,
                        Effect::new(Wire::None, Rust::Docs),
                        message,
                    );
                }
            }
            [None, None] => {}
        }
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
        Effect::new(Wire::Additive, Rust::Additive),
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
        Effect::new(Wire::Breaking, Rust::Breaking),
        message,
    );
}

fn pair(out: &mut Collector<'_>, before: &Found<'_>, after: &Found<'_>) {
    let (Some(old_resource), Some(new_resource)) = (before.resource(), after.resource()) else {
        return;
    };
    let (old, new) = (before.operation, after.operation);
    let old_code = faces::operation_code(out.before, old_resource, old);
    let new_code = faces::operation_code(out.after, new_resource, new);
    let differs = old_code.to_string() != new_code.to_string();
    let paths = [before.rust_path(out.before), after.rust_path(out.after)];
    let mut files = after.files(out.after);
    files.extend(before.files(out.before));
    files.dedup();
    let place = Place {
        item: after.line(),
        path: Sides::both(&paths[0], &paths[1]),
        pointer: pointers(&old.origin, &new.origin),
        files,
    };
    let mark = out.changes.len();
    let name = quoted(&after.line());

    let [old_path, new_path] = &paths;
    let moved_in_rust = old_path != new_path || old.builder != new.builder;
    if moved_in_rust {
        let message = format!(
            "{name} is called {} now, not {}.",
            quoted(new_path),
            quoted(old_path)
        );
        out.note(
            Subject::Operation,
            Aspect::Renamed,
            &place,
            Effect::new(Wire::None, Rust::Breaking),
            message,
        );
    }
    if before.line() != after.line() {
        let message = format!("{} is {name} now.", quoted(&before.line()));
        out.note(
            Subject::Operation,
            Aspect::Moved,
            &place,
            Effect::new(Wire::Breaking, Rust::None),
            message,
        );
    }
    facets(out, &place, old, new, differs);
    inputs::compare(out, &place, old, new, differs);
    answers(out, &place, old, new, differs);

    if differs && !moved_in_rust {
        let (rust, names) = Interface::of(old_code).against(&Interface::of(new_code));
        let noted = out.most_since(mark);
        if noted.is_none_or(|noted| rust > noted) {
            let message = if names.is_empty() {
                format!("{name} is handled in another way, as a type that it uses is.")
            } else {
                format!("{name} has other items: {}.", quoted(&names.join(", ")))
            };
            out.note(
                Subject::Operation,
                Aspect::Form,
                &place,
                Effect::new(Wire::None, rust),
                message,
            );
        }
    }
}

/// All but what it takes and answers.
fn facets(out: &mut Collector<'_>, place: &Place, old: &Operation, new: &Operation, differs: bool) {
    let name = quoted(&place.item);
    let mut note = |aspect, wire, rust, message: String| {
        let effect = Effect::new(wire, rust).seen(differs);
        out.note(Subject::Operation, aspect, place, effect, message);
    };
    if old.id != new.id {
        let message = format!(
            "The operation id of {name} is {} now, not {}.",
            quoted(&new.id),
            quoted(&old.id)
        );
        note(Aspect::Id, Wire::None, Rust::None, message);
    }
    let docs = |operation: &Operation| {
        [&operation.summary, &operation.docs].map(|text| faces::docs_text(text))
    };
    if docs(old) != docs(new) {
        note(
            Aspect::Docs,
            Wire::None,
            Rust::Docs,
            format!("{name} is described in other words."),
        );
    }
    match (&old.deprecation, &new.deprecation) {
        (None, Some(_)) => note(
            Aspect::Deprecation,
            Wire::None,
            Rust::Additive,
            format!("{name} is deprecated."),
        ),
        (Some(_), None) => note(
            Aspect::Deprecation,
            Wire::None,
            Rust::Docs,
            format!("{name} is no longer deprecated."),
        ),
        (old, new) if old != new => {
            note(
                Aspect::Deprecation,
                Wire::None,
                Rust::Docs,
                format!("{name} is deprecated with other advice."),
            );
        }
        _ => {}
    }
    if old.safety != new.safety {
        let message = format!(
            "{name} is {} now, not {}.",
            safety(new.safety),
            safety(old.safety)
        );
        note(Aspect::Safety, Wire::None, Rust::None, message);
    }
    if old.security != new.security {
        let message = format!(
            "{name} asks for {} now, not {}.",
            asked(&new.security),
            asked(&old.security)
        );
        note(
            Aspect::Security,
            security(&old.security, &new.security),
            Rust::None,
            message,
        );
    }
}

fn asked(security: &[Vec<SchemeUse>]) -> String {
    let sets: Vec<String> = security
        .iter()
        .map(|set| {
            let uses = set.iter().map(|used| {
                let scopes = used.scopes.join(" ");
                let separator = if scopes.is_empty() { "" } else { ": " };
                quoted(&format!("{}{separator}{scopes}", used.scheme))
            });
            let uses: Vec<String> = uses.collect();
            if uses.is_empty() {
                "no credential".to_owned()
            } else {
                uses.join(" with ")
            }
        })
        .collect();
    if sets.is_empty() {
        "no credential".to_owned()
    } else {
        sets.join(" or ")
    }
}

/// Whether a credential that was good enough no longer is.
fn security(old: &[Vec<SchemeUse>], new: &[Vec<SchemeUse>]) -> Wire {
    let nothing: &[Vec<SchemeUse>] = &[Vec::new()];
    let [old, new] = [old, new].map(|sets| if sets.is_empty() { nothing } else { sets });
    let enough = |given: &Vec<SchemeUse>| {
        new.iter()
            .any(|set| set.iter().all(|used| given.contains(used)))
    };
    if old.iter().all(enough) {
        Wire::Additive
    } else {
        Wire::Breaking
    }
}

/// What it answers, and how answers follow one another.
fn answers(
    out: &mut Collector<'_>,
    place: &Place,
    old: &Operation,
    new: &Operation,
    differs: bool,
) {
    let name = quoted(&place.item);
    let texts = [
        faces::answer(out.before, old),
        faces::answer(out.after, new),
    ]
    .map(|text| text.replace(' ', ""));
    let mut note = |aspect, wire, rust, seen, message: String| {
        let effect = Effect::new(wire, rust).seen(seen && differs);
        out.note(Subject::Operation, aspect, place, effect, message);
    };
    let content = |operation: &Operation| match &operation.success.content {
        ResponseContent::Json { ty, .. } => ResponseContent::Json {
            ty: ty.clone(),
            envelope: None,
        },
        other => other.clone(),
    };
    let [old_text, new_text] = &texts;
    let rust = if old_text == new_text {
        Rust::None
    } else {
        Rust::Breaking
    };
    if content(old) != content(new) {
        let message = format!(
            "{name} answers {} now, not {}.",
            quoted(new_text),
            quoted(old_text)
        );
        note(Aspect::Answer, Wire::Breaking, rust, true, message);
    }
    let envelope = |operation: &Operation| -> Option<Envelope> {
        match &operation.success.content {
            ResponseContent::Json { envelope, .. } => envelope.clone(),
            _ => None,
        }
    };
    let (old_envelope, new_envelope) = (envelope(old), envelope(new));
    if old_envelope != new_envelope {
        let wrapped = |envelope: &Option<Envelope>| match envelope {
            None => "is not wrapped".to_owned(),
            Some(Envelope {
                key,
                optional: true,
            }) => format!("may be wrapped in {}", quoted(key)),
            Some(Envelope { key, .. }) => format!("is wrapped in {}", quoted(key)),
        };
        let message = format!(
            "The answer of {name} {} now; before, it {}.",
            wrapped(&new_envelope),
            wrapped(&old_envelope)
        );
        note(Aspect::Envelope, Wire::Breaking, Rust::None, true, message);
    }
    if old.success.accept != new.success.accept {
        let message = format!(
            "{name} asks for {} now, not {}.",
            list(new.success.accept.iter().map(String::as_str)),
            list(old.success.accept.iter().map(String::as_str))
        );
        note(Aspect::Accept, Wire::None, Rust::None, true, message);
    }
    if old.success.statuses != new.success.statuses {
        let message = format!(
            "{name} succeeds with {} now, not {}.",
            list(new.success.statuses.iter().map(String::as_str)),
            list(old.success.statuses.iter().map(String::as_str))
        );
        note(Aspect::Statuses, Wire::Additive, Rust::None, false, message);
    }
    let errors = |operation: &Operation| -> Vec<(String, Option<Type>)> {
        operation
            .errors
            .iter()
            .map(|error| (error.status.clone(), error.body.clone()))
            .collect()
    };
    let (old_errors, new_errors) = (errors(old), errors(new));
    if old_errors != new_errors {
        let statuses = |errors: &[(String, Option<Type>)]| {
            list(errors.iter().map(|(status, _)| status.as_str()))
        };
        let message = format!(
            "{name} declares other errors: {} now, {} before.",
            statuses(&new_errors),
            statuses(&old_errors)
        );
        note(Aspect::Errors, Wire::Additive, Rust::None, false, message);
    }
    if old.pagination != new.pagination {
        let rust = match (&old.pagination, &new.pagination) {
            (None, Some(_)) => Rust::Additive,
            (Some(old), Some(new)) if item(old) == item(new) => Rust::None,
            _ => Rust::Breaking,
        };
        let message = match (&old.pagination, &new.pagination) {
            (None, _) => format!("{name} comes in pages."),
            (_, None) => format!("{name} no longer comes in pages."),
            _ => format!("The pages of {name} follow one another in another way."),
        };
        let seen = rust != Rust::None || limitless(&old.pagination) != limitless(&new.pagination);
        note(Aspect::Pagination, Wire::None, rust, seen, message);
    }
}

fn item(pagination: &Pagination) -> &Type {
    match pagination {
        Pagination::Offset { item, .. } | Pagination::Cursor { item, .. } => item,
    }
}

/// The pagination without what only documentation would tell.
fn limitless(pagination: &Option<Pagination>) -> Option<Pagination> {
    let mut pagination = pagination.clone();
    if let Some(Pagination::Offset { default_limit, .. }) = &mut pagination {
        *default_limit = None;
    }
    pagination
}
