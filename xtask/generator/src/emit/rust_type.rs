//! Types of the model as Rust types, and their forms on the wire.

use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, scope::Scope};
use sdk_model::{Constant, Type};

/// What stands for a type whose wire form differs from what the caller holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Leaf {
    /// What the caller holds: `Timestamp`. A field's entry tells the wire form.
    Plain,
    /// A type of the runtime that knows the wire form: `UnixMillis`, for where no entry can
    /// stand.
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
        // Raw bytes stand in bodies and parts only, which have types of their own. In JSON there
        // are none: it is text.
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
        Type::Base64 => scope.runtime("Base64"),
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
        // No form reaches into a tuple.
        Type::Tuple(items) => {
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

/// Whether a type has a form on the wire that its Rust type does not read and write itself.
pub(super) fn has_form(context: &Context<'_>, ty: &Type) -> bool {
    match context.resolve(ty) {
        Type::UnixMillis | Type::UnixSeconds | Type::Secret => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            has_form(context, inner)
        }
        _ => false,
    }
}

/// That form; none where the type is its own.
pub(super) fn form(scope: &mut Scope<'_>, ty: &Type) -> Option<TokenStream> {
    let ty = scope.context().resolve(ty);
    if !has_form(scope.context(), ty) {
        return None;
    }
    let wire = |scope: &mut Scope<'_>, name| Some(scope.import("crate::runtime::serde", name));
    match ty {
        Type::UnixMillis => wire(scope, "UnixMillis"),
        Type::UnixSeconds => wire(scope, "UnixSeconds"),
        Type::Secret => wire(scope, "Secret"),
        Type::List(item) => form(scope, item).map(|item| quote!(Vec<#item>)),
        Type::Map(value) => {
            let value = form(scope, value)?;
            let map = scope.import("std::collections", "BTreeMap");
            Some(quote!(#map<String, #value>))
        }
        Type::Nullable(inner) => form(scope, inner).map(|inner| quote!(Option<#inner>)),
        Type::Boxed(inner) => form(scope, inner).map(|inner| quote!(Box<#inner>)),
        _ => None,
    }
}

/// Whether a type is a list, behind names and boxes.
pub(super) fn is_list(context: &Context<'_>, ty: &Type) -> bool {
    matches!(context.resolve(ty), Type::List(_))
}

/// Whether a type is a map, behind names and boxes.
pub(super) fn is_map(context: &Context<'_>, ty: &Type) -> bool {
    matches!(context.resolve(ty), Type::Map(_))
}

/// Whether a type's value is one piece of text in a URL or header, whatever the style.
pub(super) fn is_scalar(context: &Context<'_>, ty: &Type) -> bool {
    match context.resolve(ty) {
        Type::List(_) | Type::Map(_) | Type::Tuple(_) | Type::Json => false,
        Type::Nullable(inner) | Type::Boxed(inner) => is_scalar(context, inner),
        Type::Named(id) => context.is_enum(id),
        _ => true,
    }
}
