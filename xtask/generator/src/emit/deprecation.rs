//! `#[deprecated]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use sdk_model::Deprecation;

/// The attribute, where something is deprecated.
pub(super) fn attribute(deprecation: Option<&Deprecation>) -> TokenStream {
    match deprecation {
        None => TokenStream::new(),
        Some(deprecation) if deprecation.note.trim().is_empty() => quote!(#[deprecated]),
        Some(deprecation) => {
            let note = docs::first_line(&deprecation.note);
            quote!(#[deprecated = #note])
        }
    }
}

/// The same as documentation, for what generated code itself names: types, and the fields of
/// requests.
pub(super) fn lines(deprecation: Option<&Deprecation>) -> Vec<String> {
    match deprecation {
        None => Vec::new(),
        Some(deprecation) => docs::lines(format!("**Deprecated.** {}", deprecation.note).trim()),
    }
}
