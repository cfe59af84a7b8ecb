//! Identifiers, paths and literals.

use std::cmp::Ordering;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use sdk_model as model;

pub(super) fn ident(name: &model::Ident) -> Ident {
    word(name.as_str())
}

/// A valid identifier, with `r#` if it needs it.
pub(super) fn word(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(plain) => Ident::new_raw(plain, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The name of the static that describes an operation.
pub(super) fn static_name(operation: &model::Operation) -> Ident {
    word(&operation.name.ident.plain().to_uppercase())
}

/// A path of identifiers: `crate::runtime::Core`.
pub(super) fn path(segments: &str) -> TokenStream {
    let mut tokens = TokenStream::new();
    let (absolute, segments) = match segments.strip_prefix("::") {
        Some(rest) => (true, rest),
        None => (false, segments),
    };
    for (at, segment) in segments.split("::").enumerate() {
        if at > 0 || absolute {
            tokens.extend(quote!(::));
        }
        let segment = word(segment);
        tokens.extend(quote!(#segment));
    }
    tokens
}

/// The attribute of a module with the name of its parent.
pub(super) fn same_name(parent: Option<&&str>, name: &str) -> TokenStream {
    if parent == Some(&name) {
        quote!(#[allow(clippy::module_inception, reason = "the document gives both this name")])
    } else {
        TokenStream::new()
    }
}

/// The Rust literal of a constant type, if there is one.
pub(super) fn constant_of(ty: &model::Type) -> Option<TokenStream> {
    match ty {
        model::Type::Constant(value) => constant(&value.0),
        _ => None,
    }
}

/// The Rust literal of a JSON constant, if there is one.
fn constant(value: &serde_json::Value) -> Option<TokenStream> {
    match value {
        serde_json::Value::String(text) => Some(quote!(#text)),
        serde_json::Value::Bool(flag) => Some(quote!(#flag)),
        serde_json::Value::Number(number) => {
            if let Some(number) = number.as_i64() {
                let literal = Literal::i64_suffixed(number);
                Some(quote!(#literal))
            } else {
                let number = number.as_f64().filter(|number| number.is_finite())?;
                let literal = Literal::f64_suffixed(number);
                Some(quote!(#literal))
            }
        }
        _ => None,
    }
}

/// The order of module declarations and re-exports: by name, without `r#`.
pub(super) fn by_name(a: &str, b: &str) -> Ordering {
    let without_raw = |name| str::strip_prefix(name, "r#").unwrap_or(name);
    without_raw(a).cmp(without_raw(b))
}

/// The name of an argument. Clippy disallows placeholder names for bindings.
pub(super) fn binding(name: Ident) -> Ident {
    const DISALLOWED: [&str; 3] = ["foo", "baz", "quux"];
    if DISALLOWED.iter().any(|disallowed| name == disallowed) {
        return word(&format!("{name}_value"));
    }
    name
}
