//! Resources: groups of operations.

use std::collections::{BTreeMap, BTreeSet};

use sdk_generator::emit::{Context, FileIndex, public_api};
use sdk_model::Resource;

use super::super::{
    change::{Rust, Sides},
    collect::{Collector, Effect, ItemPath},
    facets::{self, Facet},
    kind::{Aspect, Subject},
    located::{operations, resource_path, resources},
};

/// Compares the resources of an API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (before, after) = (out.before, out.after);
    let (old, new) = (by_path(before), by_path(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let subject = Subject::Resource;
        match (old.get(name), new.get(name)) {
            (Some(path), None) => {
                let item = item(before, &out.files[0], path, Sides::before(name));
                let effect = Effect::in_rust(Rust::Breaking);
                out.note(subject, Aspect::Removed, &item, effect, "resource removed");
            }
            (None, Some(path)) => {
                let item = item(after, &out.files[1], path, Sides::after(name));
                let effect = Effect::in_rust(Rust::Additive);
                out.note(subject, Aspect::Added, &item, effect, "new resource");
            }
            (Some(old), Some(new)) => {
                let item = item(after, &out.files[1], new, Sides::both(name, name));
                if let (Some(old), Some(new)) = (old.last(), new.last()) {
                    pair(out, &item, old, new);
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

fn item(context: &Context<'_>, index: &FileIndex, path: &[&Resource], sides: Sides) -> ItemPath {
    let mut files = index.declarations_of_resource(path);
    files.extend(index.resource(path).map(str::to_owned));
    let name = sides.latest().unwrap_or_default().to_owned();
    let within = operations(context.api).into_iter().filter(|operation| {
        operation.path.len() >= path.len()
            && operation
                .path
                .iter()
                .zip(path)
                .all(|(one, other)| std::ptr::eq(*one, *other))
    });
    ItemPath {
        item: name.clone(),
        target: name,
        path: sides,
        pointer: Sides::default(),
        files,
        operations: within.map(|operation| operation.line()).collect(),
    }
}

fn pair(out: &mut Collector<'_>, path: &ItemPath, old: &Resource, new: &Resource) {
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
    let visible = texts(old) != texts(new);
    // Without documentation, the name in the document is shown.
    let names = [&name.wire, &new.name.wire].map(|name| (*docs == new.docs).then(|| name.clone()));
    let facets = [
        Facet::documentation("", [docs, &new.docs], visible),
        Facet::new(
            Aspect::Id,
            "name in the document",
            names,
            Effect::DOCS.visible_if(visible),
        ),
    ];
    facets::compare(out, Subject::Resource, path, facets);
}
