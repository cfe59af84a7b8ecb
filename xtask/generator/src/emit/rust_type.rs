//! Types of the model as Rust types, and their forms on the wire.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{context::Context, scope::Scope};
use sdk_model::{Constant, Type};

/// Which Rust type represents a type that has another form on the wire.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Leaf {
    /// The caller's type: `Timestamp`. The entry of a field declares the wire form.
    Plain,
    /// The runtime's type that implements the wire form: `UnixMillis`, where there is no entry.
    Wire,
}

/// A type as the caller sees it.
pub(super) fn rust(scope: &mut Scope<'_>, ty: &Type) -> TokenStream {
    with_leaf(scope, ty, Leaf::Plain)
}

/// A type that reads and writes itself.
pub(super) fn wire_type(scope: &mut Scope<'_>, ty: &Type) -> TokenStream {
    with_leaf(scope, ty, Leaf::Wire)
}

fn with_leaf(scope: &mut Scope<'_>, ty: &Type, leaf: Leaf) -> TokenStream {
    match ty {
        // Binary bodies and parts have their own types. In JSON, binary data is a string.
        Type::String | Type::Binary => quote!(String),
        Type::Secret if leaf == Leaf::Wire => scope.import("crate::runtime::serde", "Secret"),
        Type::Secret => scope.import("secrecy", "SecretString"),
        Type::Bool => quote!(bool),
        Type::I32 => quote!(i32),
        Type::I64 => quote!(i64),
        Type::U64 => quote!(u64),
        Type::F64 => quote!(f64),
        Type::UnixSeconds if leaf == Leaf::Wire => scope.runtime("UnixSeconds"),
        Type::UnixMillis if leaf == Leaf::Wire => scope.runtime("UnixMillis"),
        Type::Timestamp | Type::UnixSeconds | Type::UnixMillis => scope.import("jiff", "Timestamp"),
        Type::Date => scope.import("jiff::civil", "Date"),
        Type::Uuid => scope.import("uuid", "Uuid"),
        Type::Base64Url if leaf == Leaf::Wire => scope.runtime("Base64Url"),
        Type::Base64 | Type::Base64Url => scope.runtime("Base64"),
        Type::Decimal => scope.runtime("Decimal"),
        Type::Json => scope.import("serde_json", "Value"),
        Type::Constant(constant) => constant_type(scope, constant),
        Type::List(item) => {
            let item = with_leaf(scope, item, leaf);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let map = scope.import("std::collections", "BTreeMap");
            let value = with_leaf(scope, value, leaf);
            quote!(#map<String, #value>)
        }
        // Entries cannot declare the wire forms of the items of a tuple.
        Type::Tuple { items, .. } => {
            let items = items.iter().map(|item| with_leaf(scope, item, Leaf::Wire));
            let items: Vec<TokenStream> = items.collect();
            quote!((#(#items),*))
        }
        Type::Nullable(inner) => {
            let inner = with_leaf(scope, inner, leaf);
            quote!(Option<#inner>)
        }
        Type::Boxed(inner) => {
            let inner = with_leaf(scope, inner, leaf);
            quote!(Box<#inner>)
        }
        Type::JsonText(inner) if leaf == Leaf::Wire => {
            let text = scope.import("crate::runtime::serde", "JsonText");
            let inner = with_leaf(scope, inner, leaf);
            quote!(#text<#inner>)
        }
        Type::JsonText(inner) => with_leaf(scope, inner, leaf),
        Type::Named(id) => {
            let resolved = scope.context().resolve(ty);
            if leaf == Leaf::Wire && has_form(scope.context(), resolved) {
                return with_leaf(scope, resolved, leaf);
            }
            scope.named(id)
        }
    }
}

fn constant_type(scope: &mut Scope<'_>, constant: &Constant) -> TokenStream {
    match &constant.0 {
        serde_json::Value::String(_) => quote!(String),
        serde_json::Value::Bool(_) => quote!(bool),
        serde_json::Value::Number(number) if number.is_i64() => quote!(i64),
        serde_json::Value::Number(_) => quote!(f64),
        _ => scope.import("serde_json", "Value"),
    }
}

/// Whether the wire form of a type differs from how its Rust type is read and written.
pub(super) fn has_form(context: &Context<'_>, ty: &Type) -> bool {
    match context.resolve(ty) {
        Type::UnixMillis
        | Type::UnixSeconds
        | Type::Secret
        | Type::Base64Url
        | Type::JsonText(_) => true,
        Type::Tuple { items, required } => *required < items.len(),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            has_form(context, inner)
        }
        _ => false,
    }
}

/// The wire form of a type, if it differs from how its Rust type is read and written.
pub(super) fn form(scope: &mut Scope<'_>, ty: &Type) -> Option<TokenStream> {
    let ty = scope.context().resolve(ty);
    if !has_form(scope.context(), ty) {
        return None;
    }
    let wire = |scope: &mut Scope<'_>, name| Some(scope.import("crate::runtime::serde", name));
    match ty {
        Type::Base64Url => wire(scope, "Base64Url"),
        Type::Tuple { required, .. } => {
            let list = scope.import("crate::runtime::serde", "ShortList");
            let required = Literal::usize_unsuffixed(*required);
            Some(quote!(#list<_, #required>))
        }
        Type::UnixMillis => wire(scope, "UnixMillis"),
        Type::UnixSeconds => wire(scope, "UnixSeconds"),
        Type::Secret => wire(scope, "Secret"),
        Type::List(item) => form(scope, item).map(|item| quote!(Vec<#item>)),
        Type::Map(value) => {
            let value = form(scope, value)?;
            let map = scope.import("std::collections", "BTreeMap");
            Some(quote!(#map<String, #value>))
        }
        Type::JsonText(inner) => {
            let text = wire(scope, "JsonText")?;
            let inner = match form(scope, inner) {
                Some(inner) => inner,
                None => wire(scope, "Same")?,
            };
            Some(quote!(#text<#inner>))
        }
        Type::Nullable(inner) => form(scope, inner).map(|inner| quote!(Option<#inner>)),
        Type::Boxed(inner) => form(scope, inner).map(|inner| quote!(Box<#inner>)),
        _ => None,
    }
}

/// Whether a type is a list, after following aliases.
pub(super) fn is_list(context: &Context<'_>, ty: &Type) -> bool {
    matches!(context.resolve(ty), Type::List(_))
}

/// Whether a type is a map, after following aliases.
pub(super) fn is_map(context: &Context<'_>, ty: &Type) -> bool {
    matches!(context.resolve(ty), Type::Map(_))
}

/// Whether a value of the type is a single string in a URL or header, in every style.
pub(super) fn is_scalar(context: &Context<'_>, ty: &Type) -> bool {
    match context.resolve(ty) {
        Type::List(_) | Type::Map(_) | Type::Tuple { .. } | Type::Json => false,
        Type::Nullable(inner) | Type::Boxed(inner) => is_scalar(context, inner),
        Type::Named(id) => context.is_enum(id),
        _ => true,
    }
}
