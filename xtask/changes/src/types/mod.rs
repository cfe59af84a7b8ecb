//! Named types.

mod identity;
mod pair;
mod structs;
mod values;
mod variants;

use std::collections::BTreeMap;

use super::{
    change::{Rust, Sides},
    collect::{Collector, Effect, Place, pointers},
    files,
    kind::{Aspect, Subject},
    text::quoted,
};
use sdk_generator::emit::Context;
use sdk_model::{SpecPointer, TypeDef, TypeId};

/// Compares the types of an API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (before, after) = (out.before, out.after);
    let (old, new) = (&before.api.types, &after.api.types);
    let mut moved: BTreeMap<&TypeId, &TypeId> = BTreeMap::new();
    let fresh: BTreeMap<&str, (&TypeId, &TypeDef)> = new
        .iter()
        .filter(|(id, definition)| !old.contains_key(*id) && !by_position(&definition.origin))
        .map(|(id, definition)| (definition.origin.as_str(), (id, definition)))
        .collect();
    for (id, definition) in old.iter().filter(|(id, _)| !new.contains_key(*id)) {
        match fresh.get(definition.origin.as_str()) {
            Some((other, found)) if found.shape == definition.shape => {
                moved.insert(other, id);
                renamed(out, definition, found);
            }
            _ => gone(out, definition),
        }
    }
    for (id, definition) in new {
        match old.get(moved.get(id).copied().unwrap_or(id)) {
            Some(other) => pair::compare(out, other, definition),
            None => added(out, definition),
        }
    }
}

/// Whether a place is counted, not named: another alternative may stand there in another document.
fn by_position(origin: &SpecPointer) -> bool {
    ["/oneOf/", "/anyOf/", "/allOf/"]
        .iter()
        .any(|list| origin.pointer().contains(list))
}

/// The path by which callers name a type.
fn public_path(context: &Context<'_>, definition: &TypeDef) -> String {
    let mut module: Vec<&str> = definition
        .module
        .0
        .iter()
        .map(|segment| segment.as_str())
        .collect();
    if definition.parent.is_none() && module.len() == 2 && module.first() == Some(&"types") {
        module.pop();
    }
    let mut path = vec![context.api.name.as_str()];
    path.extend(module);
    path.push(definition.name.ident.as_str());
    path.join("::")
}

fn added(out: &mut Collector<'_>, definition: &TypeDef) {
    let path = public_path(out.after, definition);
    let place = Place {
        item: definition.id().0,
        path: Sides::after(&path),
        pointer: Sides::after(&definition.origin),
        files: files_of(out.after, definition),
    };
    let message = format!("There is a new type, {}.", quoted(&path));
    let effect = Effect::in_rust(Rust::Additive);
    out.note(Subject::Type, Aspect::Added, &place, effect, message);
}

fn gone(out: &mut Collector<'_>, definition: &TypeDef) {
    let path = public_path(out.before, definition);
    let place = Place {
        item: definition.id().0,
        path: Sides::before(&path),
        pointer: Sides::before(&definition.origin),
        files: files_of(out.before, definition),
    };
    let message = format!("The type {} is gone.", quoted(&path));
    let effect = Effect::in_rust(Rust::Breaking);
    out.note(Subject::Type, Aspect::Removed, &place, effect, message);
}

/// Where a type stands and is declared.
fn files_of(context: &Context<'_>, definition: &TypeDef) -> Vec<String> {
    vec![
        files::of_type(context, definition),
        files::above_type(context, definition),
    ]
}

fn place_of(out: &Collector<'_>, before: &TypeDef, after: &TypeDef) -> Place {
    let mut files = vec![files::of_type(out.after, after)];
    let earlier = files::of_type(out.before, before);
    if !files.contains(&earlier) {
        files.push(earlier);
    }
    Place {
        item: after.id().0,
        path: Sides::both(
            public_path(out.before, before),
            public_path(out.after, after),
        ),
        pointer: pointers(&before.origin, &after.origin),
        files,
    }
}

fn renamed(out: &mut Collector<'_>, before: &TypeDef, after: &TypeDef) {
    let mut place = place_of(out, before, after);
    place.files.push(files::above_type(out.before, before));
    place.files.push(files::above_type(out.after, after));
    let message = format!(
        "The type {} is called {} now.",
        quoted(&public_path(out.before, before)),
        quoted(&public_path(out.after, after))
    );
    let effect = Effect::in_rust(Rust::Breaking);
    out.note(Subject::Type, Aspect::Renamed, &place, effect, message);
}
