//! Enums of strings or integers, open to unknown values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, scope::Scope, tokens::ident, type_docs};
use sdk_model::{EnumValue, TypeDef};

/// A string enum.
pub(super) fn strings(
    scope: &Scope<'_>,
    definition: &TypeDef,
    values: &[EnumValue],
) -> TokenStream {
    let name = ident(&definition.name.ident);
    let entries = values.iter().map(|value| {
        let (variant, wire) = (ident(&value.name.ident), &value.name.wire);
        quote!(#variant = #wire)
    });
    let unknown = quote!(String);
    let item = item(scope, definition, values, &unknown);
    quote! {
        #item
        crate::string_enum!(#name { #(#entries),* });
    }
}

/// An integer enum.
pub(super) fn integers(
    scope: &Scope<'_>,
    definition: &TypeDef,
    values: &[EnumValue],
) -> TokenStream {
    let name = ident(&definition.name.ident);
    let entries = values.iter().filter_map(|value| {
        let number: i64 = value.name.wire.parse().ok()?;
        let (variant, number) = (ident(&value.name.ident), Literal::i64_unsuffixed(number));
        Some(quote!(#variant = #number))
    });
    let unknown = quote!(i64);
    let item = item(scope, definition, values, &unknown);
    quote! {
        #item
        crate::integer_enum!(#name { #(#entries),* });
    }
}

fn item(
    scope: &Scope<'_>,
    definition: &TypeDef,
    values: &[EnumValue],
    unknown: &TokenStream,
) -> TokenStream {
    let name = ident(&definition.name.ident);
    let docs = type_docs::of(scope, definition);
    let variants = values.iter().map(|value| {
        let variant = ident(&value.name.ident);
        let docs = scope.docs(vec![value_docs(value)]);
        quote!(#docs #variant,)
    });
    quote! {
        #docs
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value unknown to this version.
            Unrecognized(#unknown),
        }
    }
}

fn value_docs(value: &EnumValue) -> Vec<String> {
    let lines = docs::lines(&value.docs);
    if lines.is_empty() {
        let name = &value.name;
        return docs::wire_name(&name.wire, name.ident.plain())
            .into_iter()
            .collect();
    }
    lines
}
