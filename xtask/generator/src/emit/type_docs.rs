//! The documentation of types.

use proc_macro2::TokenStream;

use super::{deprecation, docs, scope::Scope};
use sdk_model::TypeDef;

/// The description, example and deprecation of a type.
pub(super) fn of(scope: &Scope<'_>, definition: &TypeDef) -> TokenStream {
    scope.docs(vec![
        docs::lines(&definition.docs),
        docs::example_of(definition),
        deprecation::lines(definition.deprecation.as_ref()),
    ])
}
