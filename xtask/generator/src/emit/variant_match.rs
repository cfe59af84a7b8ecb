//! The rules by which `union_enum!` matches JSON to the variants of a union.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::Scope;
use sdk_model::{Constant, Field, Presence, Shape, Type, Variant};

/// Nested rules below this depth match any value.
const MAX_DEPTH: usize = 4;

/// The rule of a variant.
pub(super) fn match_rule(scope: &mut Scope<'_>, variant: &Variant) -> TokenStream {
    match struct_fields(scope, &variant.ty) {
        Some(fields) => {
            let optional = fields
                .iter()
                .map(|field| field.name.wire.as_str())
                .filter(|name| {
                    !variant.required.iter().any(|required| required == name)
                        && !variant.constants.contains_key(*name)
                })
                .collect::<Vec<_>>();
            let required = variant
                .required
                .iter()
                .map(String::as_str)
                .filter(|name| !variant.constants.contains_key(*name))
                .collect::<Vec<_>>();
            let constants = variant
                .constants
                .iter()
                .map(|(name, value)| (name.as_str(), value));
            object(&required, &optional, constants)
        }
        None => of_type(scope, &variant.ty, 0),
    }
}

fn of_type(scope: &mut Scope<'_>, ty: &Type, depth: usize) -> TokenStream {
    if depth > MAX_DEPTH {
        return quote!(any);
    }
    let inner = |scope: &mut Scope<'_>, ty: &Type| of_type(scope, ty, depth + 1);
    match scope.context().resolve(ty) {
        Type::String | Type::Secret | Type::Uuid | Type::Base64 | Type::Binary => quote!(string),
        Type::Timestamp => quote!(timestamp),
        Type::Date => quote!(date),
        Type::Bool => quote!(boolean),
        Type::I32 | Type::I64 | Type::U64 | Type::UnixSeconds | Type::UnixMillis => {
            quote!(integer)
        }
        Type::F64 => quote!(number),
        Type::Json => quote!(any),
        Type::Constant(Constant(value)) => match value {
            serde_json::Value::String(text) => quote!(literals(#text)),
            serde_json::Value::Bool(_) => quote!(boolean),
            serde_json::Value::Number(number) if number.is_i64() => quote!(integer),
            serde_json::Value::Number(_) => quote!(number),
            serde_json::Value::Null => quote!(null),
            _ => quote!(any),
        },
        Type::List(item) => {
            let item = inner(scope, item);
            quote!(list(#item))
        }
        Type::Tuple(_) => quote!(list(any)),
        Type::Map(value) => {
            let value = inner(scope, value);
            quote!(map(#value))
        }
        Type::Nullable(value) => {
            let value = inner(scope, value);
            quote!(nullable(#value))
        }
        Type::Boxed(value) => inner(scope, value),
        Type::Named(id) => match scope.context().api.types.get(id).map(|found| &found.shape) {
            Some(Shape::StringEnum { .. }) => {
                let name = scope.named(id);
                quote!(values(#name))
            }
            Some(Shape::IntegerEnum { .. }) => {
                let name = scope.named(id);
                quote!(integers(#name))
            }
            Some(Shape::Union { .. }) => {
                let name = scope.named(id);
                quote!(union(#name))
            }
            Some(Shape::Struct { fields, .. }) => {
                let is_constant = |field: &&Field| matches!(field.ty, Type::Constant(_));
                let named = |wanted: bool| {
                    fields
                        .iter()
                        .filter(|field| !is_constant(field))
                        .filter(|field| field.presence.is_required() == wanted)
                        .map(|field| field.name.wire.as_str())
                        .collect::<Vec<_>>()
                };
                let constants = fields.iter().filter_map(|field| match &field.ty {
                    Type::Constant(value) if field.presence == Presence::Required => {
                        Some((field.name.wire.as_str(), value))
                    }
                    _ => None,
                });
                object(&named(true), &named(false), constants)
            }
            Some(Shape::Alias(_)) | None => quote!(any),
        },
    }
}

fn object<'a>(
    required: &[&str],
    optional: &[&str],
    constants: impl Iterator<Item = (&'a str, &'a Constant)>,
) -> TokenStream {
    let constants = constants.filter_map(|(name, value)| {
        let value = match &value.0 {
            serde_json::Value::String(text) => quote!(text(#text)),
            serde_json::Value::Bool(flag) => quote!(boolean(#flag)),
            serde_json::Value::Null => quote!(null()),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(number), _) => {
                    let number = Literal::i64_unsuffixed(number);
                    quote!(integer(#number))
                }
                (None, Some(number)) => {
                    let number = Literal::f64_unsuffixed(number);
                    quote!(number(#number))
                }
                (None, None) => return None,
            },
            _ => return None,
        };
        Some(quote!(#name = #value))
    });
    quote! {
        object(
            required: [#(#required),*],
            optional: [#(#optional),*],
            constants: {#(#constants),*}
        )
    }
}

/// The fields of a type that is a struct, behind names and boxes.
fn struct_fields<'a>(scope: &Scope<'a>, ty: &'a Type) -> Option<&'a [Field]> {
    match scope.context().resolve(ty) {
        Type::Boxed(inner) => struct_fields(scope, inner),
        Type::Named(id) => match &scope.context().api.types.get(id)?.shape {
            Shape::Struct { fields, .. } => Some(fields),
            _ => None,
        },
        _ => None,
    }
}
