//! Named types.

mod identity;
mod pair;
mod shared_members;
mod structs;
mod values;
mod variants;

use sdk_generator::emit::Context;
use sdk_model::TypeDef;

use super::{
    change::{Rust, Sides},
    collect::{Collector, Details, Effect, ItemPath},
    kind::{Aspect, Subject},
    text::quoted,
};

/// Compares the types of an API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (old, new) = (&out.before.api.types, &out.after.api.types);
    for (id, definition) in old {
        if new.contains_key(id) {
            continue;
        }
        match out.renames.new_of(id).and_then(|new_id| new.get(new_id)) {
            Some(other) => renamed(out, definition, other),
            None => removed(out, definition),
        }
    }
    for (id, definition) in new {
        match old.get(out.renames.old_of(id).unwrap_or(id)) {
            Some(other) => pair::compare(out, other, definition),
            None => added(out, definition),
        }
    }
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

/// The item of a type that one side or both have.
fn path_of(out: &Collector<'_>, before: Option<&TypeDef>, after: Option<&TypeDef>) -> ItemPath {
    let [old, new] = out.contexts();
    let ids = [before, after].map(|definition| definition.map(TypeDef::id));
    let name = ids[1].as_ref().or(ids[0].as_ref());
    let name = name.map_or_else(String::new, |id| id.0.clone());
    let mut files: Vec<String> = Vec::new();
    for (index, id) in out.files.iter().zip(&ids).rev() {
        let Some(id) = id else { continue };
        files.extend(index.definition(id).map(str::to_owned));
        if ids[0] != ids[1] {
            files.extend(index.declaration(id).map(str::to_owned));
        }
    }
    files.dedup();
    let path = |context: &Context<'_>, definition: Option<&TypeDef>| {
        definition.map(|definition| public_path(context, definition))
    };
    let origin = |definition: Option<&TypeDef>| definition.map(|it| it.origin.to_string());
    ItemPath {
        target: name.clone(),
        item: name,
        path: Sides {
            before: path(old, before),
            after: path(new, after),
        },
        pointer: Sides {
            before: origin(before),
            after: origin(after),
        },
        files,
        operations: out.operations_of(ids[0].as_ref(), ids[1].as_ref()),
    }
}

fn added(out: &mut Collector<'_>, definition: &TypeDef) {
    let path = path_of(out, None, Some(definition));
    let effect = Effect::in_rust(Rust::Additive);
    out.note(Subject::Type, Aspect::Added, &path, effect, "new type");
}

fn removed(out: &mut Collector<'_>, definition: &TypeDef) {
    let path = path_of(out, Some(definition), None);
    let effect = Effect::in_rust(Rust::Breaking);
    let message = match definition.deprecation {
        Some(_) => "type removed, which was deprecated",
        None => "type removed",
    };
    out.note(Subject::Type, Aspect::Removed, &path, effect, message);
}

/// The renamed operation whose module the type is in.
fn renamed_operation(out: &Collector<'_>, definition: &TypeDef) -> Option<String> {
    let module = definition.module.0.iter().map(|segment| segment.as_str());
    let module: Vec<&str> = module.collect();
    let is_of_module = |path: &str| {
        // `api::resources::orders::Orders::list`, without the API and the resource's type.
        let mut path: Vec<&str> = path.split("::").skip(1).collect();
        if let Some(at) = path.len().checked_sub(2) {
            path.remove(at);
        }
        module.starts_with(&path)
    };
    let renamed = out.changes.iter().find(|change| {
        change.kind.subject == Subject::Operation
            && change.kind.aspect == Aspect::Renamed
            && change.path.before.as_deref().is_some_and(is_of_module)
    });
    renamed.map(|change| change.item.clone())
}

fn renamed(out: &mut Collector<'_>, before: &TypeDef, after: &TypeDef) {
    let path = path_of(out, Some(before), Some(after));
    let effect = Effect::in_rust(Rust::Breaking);
    let message = format!(
        "renamed from {}; the shape is the same",
        quoted(&before.id().0)
    );
    let parent = before.parent.as_ref();
    let details = Details {
        value: path.path.clone(),
        // The name of an inline type begins with its parent's, or with its operation's.
        cause: match parent {
            Some(parent) => out.renames.new_of(parent).map(|parent| parent.0.clone()),
            None => renamed_operation(out, before),
        },
        ..Details::default()
    };
    out.note_with(
        Subject::Type,
        Aspect::Renamed,
        &path,
        effect,
        message,
        details,
    );
}
