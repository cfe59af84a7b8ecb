//! `From` implementations of unions, so that a payload can be given where a union is wanted.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{scope::Scope, tokens::ident};
use sdk_model::{Presence, Shape, Type, Variant};

/// `From` for each payload that only one variant has, and for the types that callers write
/// literals of.
pub(super) fn emit(
    scope: &Scope<'_>,
    name: &Ident,
    variants: &[Variant],
    payloads: &[TokenStream],
    discriminator: Option<&str>,
) -> TokenStream {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for payload in payloads {
        *seen.entry(payload.to_string()).or_default() += 1;
    }
    let payloads = variants.iter().zip(payloads);
    let unique: Vec<(&Variant, &TokenStream)> = payloads
        .filter(|(_, payload)| seen.get(&payload.to_string()) == Some(&1))
        .filter(|(variant, _)| is_convertible(scope, &variant.ty, variants))
        .collect();
    let conversions = unique
        .iter()
        .filter_map(|(variant, payload)| conversion(scope, name, variant, payload, discriminator));
    let literals = literals(scope, name, variants, &unique);
    quote!(#(#conversions)* #literals)
}

/// Whether a payload's type is not the same as another's under another name.
fn is_convertible(scope: &Scope<'_>, ty: &Type, variants: &[Variant]) -> bool {
    let others = || variants.iter().map(|variant| &variant.ty);
    match ty {
        Type::Named(_) | Type::Boxed(_) => !is_alias(scope, ty),
        Type::List(_) => {
            others()
                .filter(|other| matches!(other, Type::List(_)))
                .count()
                == 1
                && !others().any(|other| is_alias(scope, other))
        }
        Type::String
        | Type::Bool
        | Type::I32
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::Decimal
        | Type::Timestamp
        | Type::Date
        | Type::Uuid => !others().any(|other| is_alias(scope, other)),
        _ => false,
    }
}

fn is_alias(scope: &Scope<'_>, ty: &Type) -> bool {
    let ty = if let Type::Boxed(inner) = ty {
        inner
    } else {
        ty
    };
    matches!(ty, Type::Named(_)) && scope.context().resolve(ty) != ty
}

fn conversion(
    scope: &Scope<'_>,
    name: &Ident,
    variant: &Variant,
    payload: &TokenStream,
    discriminator: Option<&str>,
) -> Option<TokenStream> {
    let variant_name = ident(&variant.name.ident);
    let boxed = matches!(variant.ty, Type::Boxed(_));
    let (from, value) = if boxed {
        (unboxed(payload), quote!(Box::new(value)))
    } else {
        (payload.clone(), quote!(value))
    };
    // `From<T> for T` exists already.
    if from.to_string() == *name.to_string() {
        return None;
    }
    let (mutable, tagged) = match optional_tag(scope, variant, discriminator) {
        Some((field, tag)) => (
            quote!(mut),
            quote!(value.#field.get_or_insert_with(|| #tag.to_owned());),
        ),
        None => (TokenStream::new(), TokenStream::new()),
    };
    Some(quote! {
        impl From<#from> for #name {
            fn from(#mutable value: #from) -> Self {
                #tagged
                Self::#variant_name(#value)
            }
        }
    })
}

/// `From<&str>` for text or the only string enum, `From<i32>` for integers.
fn literals(
    scope: &Scope<'_>,
    name: &Ident,
    variants: &[Variant],
    unique: &[(&Variant, &TokenStream)],
) -> TokenStream {
    let of = |wanted: Type| unique.iter().find(|(variant, _)| variant.ty == wanted);
    let text = of(Type::String).map(|(variant, _)| *variant).or_else(|| {
        let is_text = |variant: &&Variant| match scope.context().resolve(&variant.ty) {
            Type::Named(id) => scope
                .context()
                .api
                .types
                .get(id)
                .is_some_and(|definition| matches!(definition.shape, Shape::StringEnum { .. })),
            Type::String | Type::Constant(_) => true,
            _ => false,
        };
        let mut texts = variants.iter().filter(is_text);
        match (texts.next(), texts.next()) {
            (Some(only), None) if matches!(only.ty, Type::Named(_)) => Some(only),
            _ => None,
        }
    });
    let text = text.map(|variant| {
        let variant = ident(&variant.name.ident);
        quote! {
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    Self::#variant(value.into())
                }
            }
        }
    });
    let has_i32 = variants.iter().any(|variant| variant.ty == Type::I32);
    let integer = of(Type::I64).filter(|_| !has_i32).map(|(variant, _)| {
        let variant = ident(&variant.name.ident);
        quote! {
            impl From<i32> for #name {
                fn from(value: i32) -> Self {
                    Self::#variant(value.into())
                }
            }
        }
    });
    quote!(#text #integer)
}

/// The member of a payload that holds the discriminator value, and the value, if the payload may lack
/// it.
fn optional_tag<'v>(
    scope: &Scope<'_>,
    variant: &'v Variant,
    discriminator: Option<&str>,
) -> Option<(proc_macro2::Ident, &'v str)> {
    let ([tag], false) = (variant.tags.as_slice(), variant.is_default) else {
        return None;
    };
    let Type::Boxed(inner) = &variant.ty else {
        return None;
    };
    let Type::Named(id) = inner.as_ref() else {
        return None;
    };
    let Shape::Struct { fields, .. } = &scope.context().api.types.get(id)?.shape else {
        return None;
    };
    let field = fields.iter().find(|field| {
        Some(field.name.wire.as_str()) == discriminator
            && field.presence == Presence::Optional
            && field.ty == Type::String
            && !field.read_only
            && !field.write_only
    })?;
    Some((ident(&field.name.ident), tag))
}

/// The type inside `Box<…>`.
fn unboxed(payload: &TokenStream) -> TokenStream {
    let tokens: Vec<proc_macro2::TokenTree> = payload.clone().into_iter().collect();
    tokens
        .get(2..tokens.len().saturating_sub(1))
        .unwrap_or_default()
        .iter()
        .cloned()
        .collect()
}
