//! Methods of a union for the properties that all its variants have.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, fields::FieldPlan, rust_type::rust, scope::Scope, tokens::ident};
use crate::reserved;
use sdk_model::{Field, Shape, Type, TypeDef, TypeId, Usage, Variant};

/// The methods, as the runtime's macro writes them.
pub(super) fn emit<'a>(
    scope: &mut Scope<'a>,
    definition: &'a TypeDef,
    variants: &'a [Variant],
) -> TokenStream {
    let methods: Vec<TokenStream> = methods(scope, definition, variants)
        .into_iter()
        .map(|(field, kind)| {
            let (method, wire) = (ident(&field.name.ident), &field.name.wire);
            quote!(#method = #kind(#wire))
        })
        .collect();
    if methods.is_empty() {
        return TokenStream::new();
    }
    let name = ident(&definition.name.ident);
    let variants: Vec<_> = variants
        .iter()
        .map(|variant| ident(&variant.name.ident))
        .collect();
    quote! {
        crate::union_members! {
            #name [#(#variants),*] { #(#methods),* }
        }
    }
}

/// The properties that have a method, each with how the macro returns it.
pub(super) fn methods<'a>(
    scope: &mut Scope<'a>,
    definition: &TypeDef,
    variants: &'a [Variant],
) -> Vec<(&'a Field, TokenStream)> {
    if !definition.usage.is_read() || variants.len() < 2 {
        return Vec::new();
    }
    let shared = shared(scope.context(), variants);
    shared
        .into_iter()
        .map(|field| (field, kind(scope, &field.ty)))
        .collect()
}

/// How the macro returns a property: text, a copy, or a reference.
fn kind(scope: &mut Scope<'_>, ty: &Type) -> TokenStream {
    match scope.context().resolve(ty) {
        Type::String | Type::Binary => quote!(text),
        Type::Constant(constant) if constant.0.is_string() => quote!(text),
        Type::Bool
        | Type::I32
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::Date
        | Type::Timestamp
        | Type::UnixSeconds
        | Type::UnixMillis => {
            let ty = rust(scope, ty);
            quote!(copy::<#ty>)
        }
        _ => {
            let ty = rust(scope, ty);
            quote!(reference::<#ty>)
        }
    }
}

/// The properties that all variants have under one name and with one type.
fn shared<'a>(context: &Context<'a>, variants: &'a [Variant]) -> Vec<&'a Field> {
    let objects: Option<Vec<(&[Field], Usage)>> = variants
        .iter()
        .map(|variant| object(context, &variant.ty))
        .collect();
    let Some([(first, usage), others @ ..]) = objects.as_deref() else {
        return Vec::new();
    };
    let others: Vec<BTreeMap<&str, &Field>> = others
        .iter()
        .map(|(fields, usage)| {
            let emitted = fields
                .iter()
                .filter(|field| FieldPlan::of(context, field, *usage).is_some());
            emitted
                .map(|field| (field.name.wire.as_str(), field))
                .collect()
        })
        .collect();
    first
        .iter()
        .filter(|field| FieldPlan::of(context, field, *usage).is_some())
        .filter(|field| field.deprecation.is_none())
        .filter(|field| !reserved::UNION_METHODS.contains(&field.name.ident.as_str()))
        .filter(|field| {
            let ty = canonical(context, &field.ty);
            others.iter().all(|other| {
                other.get(field.name.wire.as_str()).is_some_and(|other| {
                    other.name.ident == field.name.ident
                        && other.deprecation.is_none()
                        && canonical(context, &other.ty) == ty
                })
            })
        })
        .collect()
}

/// The fields of a variant that is a struct, and the directions in which it is used.
fn object<'a>(context: &Context<'a>, ty: &'a Type) -> Option<(&'a [Field], Usage)> {
    let ty = if let Type::Boxed(inner) = ty {
        inner
    } else {
        ty
    };
    let Type::Named(id) = context.resolve(ty) else {
        return None;
    };
    let definition = context.api.types.get(id)?;
    match &definition.shape {
        Shape::Struct { fields, .. } => Some((fields, definition.usage)),
        _ => None,
    }
}

/// A type with aliases resolved and constants as text.
fn canonical(context: &Context<'_>, ty: &Type) -> Type {
    let mut ty = context.resolve(ty).clone();
    ty.walk_mut(&mut |ty| match ty {
        Type::Named(id) => {
            if let Some(written) = duplicate(context, id) {
                *id = written;
            }
        }
        Type::Constant(constant) if constant.0.is_string() => *ty = Type::String,
        _ => {}
    });
    ty
}

fn duplicate(context: &Context<'_>, id: &TypeId) -> Option<TypeId> {
    context.duplicate_of(id).map(TypeDef::id)
}
