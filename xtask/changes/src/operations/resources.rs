//! Resources: the groups that operations stand in.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        change::{Rust, Sides},
        collect::{Collector, Effect, Place},
        files,
        kind::{Aspect, Subject},
        text::quoted,
    },
    found::{resource_path, resources},
};
use sdk_generator::emit::{Context, public_api};
use sdk_model::Resource;

/// Compares the resources of an API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (before, after) = (out.before, out.after);
    let (old, new) = (by_path(before), by_path(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        match (old.get(name), new.get(name)) {
            (Some(path), None) => {
                let place = place(before, path, Sides::before(name));
                let message = format!("The group {} is gone.", quoted(name));
                out.note(
                    Subject::Resource,
                    Aspect::Removed,
                    &place,
                    Effect::in_rust(Rust::Breaking),
                    message,
                );
            }
            (None, Some(path)) => {
                let place = place(after, path, Sides::after(name));
                let message = format!("There is a new group, {}.", quoted(name));
                out.note(
                    Subject::Resource,
                    Aspect::Added,
                    &place,
                    Effect::in_rust(Rust::Additive),
                    message,
                );
            }
            (Some(old), Some(new)) => {
                let place = place(after, new, Sides::both(name, name));
                if let (Some(old), Some(new)) = (old.last(), new.last()) {
                    pair(out, &place, old, new);
                }
            }
            (None, None) => {}
        }
    }
}

fn by_path<'m>(context: &Context<'m>) -> BTreeMap<String, Vec<&'m Resource>> {
    resources(context.api)
        .into_iter()
        .map(|path| (resource_path(context, &path), path))
        .collect()
}

fn place(context: &Context<'_>, path: &[&Resource], sides: Sides) -> Place {
    let mut files = files::above_resource(context, path);
    files.push(files::of_resource(context, path));
    let item = sides.after.clone().or_else(|| sides.before.clone());
    Place {
        item: item.unwrap_or_default(),
        path: sides,
        pointer: Sides::default(),
        files,
    }
}

fn pair(out: &mut Collector<'_>, place: &Place, old: &Resource, new: &Resource) {
    let Resource {
        name,
        // Another type is another path, and thus another resource.
        type_name: _,
        docs,
        operations: _,
        children: _,
    } = old;
    let texts = |resource: &Resource| {
        (
            public_api::docs_text(&resource.docs),
            public_api::resource_docs(resource),
        )
    };
    let mut item = out.item(Subject::Resource, place);
    let shown = quoted(&place.item);
    if *docs != new.docs {
        let seen = texts(old) != texts(new);
        let message = format!("The group {shown} is described in other words.");
        item.note(Aspect::Docs, Effect::DOCS.seen(seen), message);
    } else if name.wire != new.name.wire {
        let seen = texts(old) != texts(new);
        let message = format!(
            "The group {shown} is {} in the document now, not {}.",
            quoted(&new.name.wire),
            quoted(&name.wire)
        );
        item.note(Aspect::Id, Effect::DOCS.seen(seen), message);
    }
}
