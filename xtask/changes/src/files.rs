//! Which generated file shows what.

use sdk_generator::emit::Context;
use sdk_model::{Resource, TypeDef};

/// A file of the API's folder.
pub(super) fn of_api(context: &Context<'_>, rest: &str) -> String {
    format!("src/{}/{rest}.rs", context.api.name.plain())
}

/// The file of a resource, given the identifiers that lead to it.
pub(super) fn of_resource(context: &Context<'_>, path: &[&Resource]) -> String {
    let path: Vec<&str> = path
        .iter()
        .map(|resource| resource.name.ident.plain())
        .collect();
    of_api(context, &format!("resources/{}", path.join("/")))
}

/// The file in which a resource is declared.
pub(super) fn above_resource(context: &Context<'_>, path: &[&Resource]) -> Vec<String> {
    match path {
        [] | [_] => vec![of_api(context, "client"), of_api(context, "resources/mod")],
        [above @ .., _] => vec![of_resource(context, above)],
    }
}

/// The file of a type.
pub(super) fn of_type(context: &Context<'_>, definition: &TypeDef) -> String {
    let module: Vec<&str> = definition
        .module
        .0
        .iter()
        .map(|segment| segment.plain())
        .collect();
    let length = match module.first() {
        Some(&"types") => 2,
        Some(&"resources") => resource_depth(&context.api.resources, &module) + 1,
        _ => 1,
    };
    let path = module.get(..length.min(module.len())).unwrap_or_default();
    of_api(context, &path.join("/"))
}

/// The file in which a type's module is declared, and where it is exported.
pub(super) fn above_type(context: &Context<'_>, definition: &TypeDef) -> String {
    let module: Vec<&str> = definition
        .module
        .0
        .iter()
        .map(|segment| segment.plain())
        .collect();
    match module.first() {
        Some(&"types") => of_api(context, "types/mod"),
        Some(&"resources") => {
            let length = resource_depth(&context.api.resources, &module);
            of_api(context, &module.get(..length).unwrap_or_default().join("/"))
        }
        _ => of_api(context, "mod"),
    }
}

/// How many segments of a module's path are `resources` and the resources that lead to it.
fn resource_depth(resources: &[Resource], module: &[&str]) -> usize {
    let mut level = resources;
    let mut length = 1;
    while let Some(found) = module.get(length).and_then(|segment| {
        level
            .iter()
            .find(|resource| resource.name.ident.plain() == *segment)
    }) {
        level = &found.children;
        length += 1;
    }
    length
}
