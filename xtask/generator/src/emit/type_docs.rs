//! What the documentation of a type says.

use proc_macro2::TokenStream;

use super::{deprecation, docs, fields::plain, scope::Scope};
use sdk_model::{Shape, TypeDef};

/// The type's description, its example and what to use instead.
pub(super) fn of(scope: &Scope<'_>, definition: &TypeDef) -> TokenStream {
    scope.docs(vec![
        docs::or(&definition.docs, || otherwise(definition)),
        docs::example_of(definition),
        deprecation::lines(definition.deprecation.as_ref()),
    ])
}

/// What to say of a type that the document does not describe.
fn otherwise(definition: &TypeDef) -> String {
    let name = plain(&definition.name.wire);
    let words: Vec<&str> = name.split_whitespace().collect();
    let name = words.join(" ");
    match &definition.shape {
        Shape::Struct { .. } if definition.parent.is_some() => format!("What `{name}` holds."),
        Shape::Struct { .. } | Shape::Alias(_) => format!("The `{name}` schema."),
        Shape::StringEnum { .. } | Shape::IntegerEnum { .. } => format!("The values of `{name}`."),
        Shape::Union { .. } => format!("One of the types of `{name}`."),
    }
}
