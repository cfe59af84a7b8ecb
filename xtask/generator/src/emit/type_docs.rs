//! The documentation of types.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use super::{deprecation, docs, scope::Scope};
use sdk_model::{Shape, TypeDef};

/// The description, example and deprecation of a type.
pub(super) fn of(scope: &Scope<'_>, definition: &TypeDef) -> TokenStream {
    scope.docs(sections(definition))
}

/// The same for an alias, with the descriptions of members that the aliased type lacks.
pub(super) fn of_duplicate(
    scope: &Scope<'_>,
    definition: &TypeDef,
    written: &TypeDef,
) -> TokenStream {
    let mut all = sections(definition);
    all.push(differing_members(definition, written));
    scope.docs(all)
}

fn sections(definition: &TypeDef) -> Vec<Vec<String>> {
    vec![
        docs::lines(&definition.docs),
        docs::example_of(definition),
        deprecation::lines(definition.deprecation.as_ref()),
    ]
}

/// A list of the members whose descriptions differ from the aliased type's.
pub(super) fn differing_members(definition: &TypeDef, written: &TypeDef) -> Vec<String> {
    let described = members(&written.shape);
    let own = members(&definition.shape).into_iter();
    own.filter(|(name, docs)| !docs.is_empty() && described.get(name) != Some(docs))
        .flat_map(|(name, docs)| docs::item(&format!("`{}`", docs::code(name)), &docs::lines(docs)))
        .collect()
}

/// The members of a type, by name, with their descriptions.
fn members(shape: &Shape) -> BTreeMap<&str, &str> {
    match shape {
        Shape::Struct { fields, .. } => fields
            .iter()
            .map(|field| (field.name.wire.as_str(), field.docs.as_str()))
            .collect(),
        Shape::StringEnum { values } | Shape::IntegerEnum { values } => values
            .iter()
            .map(|value| (value.name.wire.as_str(), value.docs.as_str()))
            .collect(),
        Shape::Union { variants, .. } => variants
            .iter()
            .map(|variant| (variant.name.wire.as_str(), variant.docs.as_str()))
            .collect(),
        Shape::Alias(_) => BTreeMap::new(),
    }
}
