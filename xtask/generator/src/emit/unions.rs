//! Unions (`oneOf`, `anyOf`) as enums.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    docs,
    rust_type::{form, rust},
    scope::Scope,
    tokens::ident,
    type_docs, union_conversions, union_members, variant_match,
};
use sdk_model::{TypeDef, Variant};

pub(super) fn emit<'a>(
    scope: &mut Scope<'a>,
    definition: &'a TypeDef,
    variants: &'a [Variant],
    discriminator: Option<&str>,
) -> TokenStream {
    let name = ident(&definition.name.ident);
    let docs = type_docs::of(scope, definition);
    let payloads: Vec<TokenStream> = variants
        .iter()
        .map(|variant| rust(scope, &variant.ty))
        .collect();
    let call = call(scope, definition, variants, discriminator);
    // The macro implements `Debug`: an unknown variant may contain secrets.
    let (id, traits) = (definition.id(), &scope.context().traits);
    let compares = (!traits.has_secrets(&id)).then(|| quote!(, PartialEq));
    let members = variants.iter().zip(&payloads).map(|(variant, payload)| {
        let name = ident(&variant.name.ident);
        let docs = scope.docs(vec![docs_of(variant, discriminator)]);
        quote!(#docs #name(#payload),)
    });
    let members: Vec<TokenStream> = members.collect();
    let value = scope.import("serde_json", "Value");
    let conversions = definition
        .usage
        .request
        .then(|| union_conversions::emit(scope, &name, variants, &payloads, discriminator));
    let shared = union_members::emit(scope, definition, variants);
    quote! {
        #docs
        #[derive(Clone #compares)]
        #[non_exhaustive]
        pub enum #name {
            #(#members)*
            /// A variant unknown to this version.
            Unrecognized(#value),
        }
        #call
        #shared
        #conversions
    }
}

/// The documentation of a variant: its description, or else its discriminator value.
pub(super) fn docs_of(variant: &Variant, discriminator: Option<&str>) -> Vec<String> {
    let lines = docs::lines(&variant.docs);
    if !lines.is_empty() {
        return lines;
    }
    let ident = variant.name.ident.plain();
    let value = match (discriminator, variant.tags.as_slice()) {
        (Some(property), _) if variant.is_default => {
            let property = docs::code(property);
            Some(format!("`{property}` is missing, or has another value."))
        }
        (Some(property), [tag, ..]) => docs::wire_name(tag, ident).map(|_| {
            let (property, tag) = (docs::code(property), docs::code(tag));
            format!("`{property}` is `{tag}`.")
        }),
        _ => docs::wire_name(&variant.name.wire, ident),
    };
    value.into_iter().collect()
}

/// The macro call that reads and writes the union.
fn call<'a>(
    scope: &mut Scope<'a>,
    definition: &'a TypeDef,
    variants: &'a [Variant],
    discriminator: Option<&str>,
) -> TokenStream {
    let name = ident(&definition.name.ident);
    let entries = entries(scope, definition, variants, discriminator);
    let is_eq = scope.context().traits.is_eq(&definition.id());
    let total_eq = is_eq.then(|| quote!(: Eq));
    if !definition.usage.is_read() {
        return quote!(crate::write_union! { #name #total_eq { #(#entries),* } });
    }
    let tag = discriminator.map(|property| quote!(by #property));
    quote!(crate::union_enum! { #name #total_eq #tag { #(#entries),* } })
}

/// How the macro reads and writes each variant.
pub(super) fn entries<'a>(
    scope: &mut Scope<'a>,
    definition: &'a TypeDef,
    variants: &'a [Variant],
    discriminator: Option<&str>,
) -> Vec<TokenStream> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in variants.iter().flat_map(|variant| &variant.tags) {
        *seen.entry(tag).or_default() += 1;
    }
    if !definition.usage.is_read() {
        let entry = |variant| payload_entry(scope, variant);
        return variants.iter().map(entry).collect();
    }
    let once = |tag: &String| seen.get(tag.as_str()) == Some(&1);
    let by_tag = |variant: &Variant| {
        discriminator.is_some()
            && !variant.is_default
            && !variant.tags.is_empty()
            && variant.tags.iter().all(once)
    };
    let rules = if variants.iter().all(by_tag) {
        Vec::new()
    } else {
        variant_match::rules(scope, variants)
    };
    let mut entries = Vec::with_capacity(variants.len());
    for (index, variant) in variants.iter().enumerate() {
        let payload = payload_entry(scope, variant);
        let tags = &variant.tags;
        let tags = (!tags.is_empty()).then(|| quote!([#(#tags),*]));
        let rule = rules.get(index).filter(|_| !by_tag(variant));
        let rule = rule.map(|rule| quote!(: #rule));
        entries.push(quote!(#payload #tags #rule));
    }
    entries
}

/// A variant, with the wire form of its payload if it has one.
fn payload_entry(scope: &mut Scope<'_>, variant: &Variant) -> TokenStream {
    let name = ident(&variant.name.ident);
    match form(scope, &variant.ty) {
        Some(form) => quote!(#name as #form),
        None => quote!(#name),
    }
}
