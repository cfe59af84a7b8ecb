//! `#[deprecated]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use sdk_model::Deprecation;

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

/// The deprecation as documentation, for items that generated code itself uses: types, and fields of
/// requests.
pub(super) fn lines(deprecation: Option<&Deprecation>) -> Vec<String> {
    match deprecation {
        None => Vec::new(),
        Some(deprecation) => docs::lines(format!("**Deprecated.** {}", deprecation.note).trim()),
    }
}
