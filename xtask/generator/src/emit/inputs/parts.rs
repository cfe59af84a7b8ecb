//! Parts of multipart bodies.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::scope::Scope;
use sdk_model::{Part, PartContent, Type};

/// A part that is a value.
pub(super) fn value(
    scope: &mut Scope<'_>,
    request: &TokenStream,
    part: &Part,
    value: TokenStream,
) -> TokenStream {
    let wire = &part.field.name.wire;
    let part_type = scope.runtime("Part");
    let is_json = part.content == PartContent::Json;
    let media_type = part.media_types.first();
    let media_type = media_type.filter(|media_type| !is_json || *media_type != "application/json");
    let media_type = media_type.map(|media_type| quote!(.media_type(#media_type)));
    let is_list = matches!(scope.context().resolve(&part.field.ty), Type::List(_));
    match (is_list, is_json, media_type) {
        (true, true, None) => quote!(#request.parts(#wire, #part_type::json_values(#value));),
        (true, false, None) => quote!(#request.parts(#wire, #part_type::values(&#value));),
        (true, _, media_type) => {
            let parts = if is_json {
                quote!(#part_type::json_values(#value))
            } else {
                quote!(#part_type::values(&#value))
            };
            quote! {
                let parts = #parts.into_iter();
                #request.parts(#wire, parts.map(|part| part #media_type).collect());
            }
        }
        (false, true, media_type) => {
            quote!(#request.part(#wire, #part_type::json(&#value) #media_type);)
        }
        (false, false, media_type) => {
            quote!(#request.part(#wire, #part_type::value(&#value) #media_type);)
        }
    }
}

/// A part that is a file, or several.
pub(super) fn file(
    scope: &mut Scope<'_>,
    request: &TokenStream,
    part: &Part,
    name: &Ident,
) -> (TokenStream, TokenStream) {
    let wire = &part.field.name.wire;
    let part_type = scope.runtime("Part");
    let media_types = &part.media_types;
    let allowed = quote!(&[#(#media_types),*]);
    if matches!(scope.context().resolve(&part.field.ty), Type::List(_)) {
        return (
            quote!(impl IntoIterator<Item = impl Into<#part_type>>),
            quote!(#request.files(#wire, #name, #allowed);),
        );
    }
    (
        quote!(impl Into<#part_type>),
        quote!(#request.file(#wire, #name, #allowed);),
    )
}

/// A part that the caller encodes, or several.
pub(super) fn raw(
    scope: &mut Scope<'_>,
    request: &TokenStream,
    part: &Part,
    name: &Ident,
) -> (TokenStream, TokenStream) {
    let wire = &part.field.name.wire;
    let part_type = scope.runtime("Part");
    let media_type = part
        .media_types
        .first()
        .map(|media_type| quote!(.or_media_type(#media_type)));
    if matches!(scope.context().resolve(&part.field.ty), Type::List(_)) {
        let statement = quote! {
            let parts = #name.into_iter().map(|part| Into::<#part_type>::into(part) #media_type);
            #request.parts(#wire, parts.collect());
        };
        return (
            quote!(impl IntoIterator<Item = impl Into<#part_type>>),
            statement,
        );
    }
    (
        quote!(impl Into<#part_type>),
        quote!(#request.part(#wire, Into::<#part_type>::into(#name) #media_type);),
    )
}

/// Parts that the document does not name.
pub(super) fn others(
    scope: &mut Scope<'_>,
    request: &TokenStream,
    name: &Ident,
) -> (TokenStream, TokenStream) {
    let part_type = scope.runtime("Part");
    (
        quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#part_type>)>),
        quote!(#request.other_parts(#name);),
    )
}

/// Parts without names.
pub(super) fn unnamed(
    scope: &mut Scope<'_>,
    request: &TokenStream,
    prefix: &[String],
    item: &str,
    name: &Ident,
) -> (TokenStream, TokenStream) {
    let part_type = scope.runtime("Part");
    (
        quote!(impl IntoIterator<Item = impl Into<#part_type>>),
        quote!(#request.unnamed_parts(#name, &[#(#prefix),*], #item);),
    )
}
