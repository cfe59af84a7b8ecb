//! Parts of multipart bodies.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::scope::Scope;
use sdk_model::{Part, Type};

/// A part that is a value.
pub(super) fn value(
    scope: &mut Scope<'_>,
    request: &TokenStream,
    part: &Part,
    value: TokenStream,
) -> TokenStream {
    let wire = &part.field.name.wire;
    let part_type = scope.runtime("Part");
    let media_type = part
        .media_type
        .as_ref()
        .map(|media_type| quote!(.media_type(#media_type)));
    let json = part
        .media_type
        .as_deref()
        .is_some_and(|media_type| media_type.ends_with("json"));
    if json {
        quote!(#request.part(#wire, #part_type::json(&#value) #media_type);)
    } else if matches!(scope.context().resolve(&part.field.ty), Type::List(_)) {
        match media_type {
            None => quote!(#request.parts(#wire, #part_type::values(&#value));),
            Some(media_type) => quote! {
                let parts = #part_type::values(&#value).into_iter();
                #request.parts(#wire, parts.map(|part| part #media_type).collect());
            },
        }
    } else {
        quote!(#request.part(#wire, #part_type::value(&#value) #media_type);)
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
    let media_type = part
        .media_type
        .as_ref()
        .map(|media_type| quote!(.or_media_type(#media_type)));
    let converted = match &media_type {
        None => quote!(Into::into),
        Some(media_type) => quote!(|part| Into::<#part_type>::into(part) #media_type),
    };
    if matches!(scope.context().resolve(&part.field.ty), Type::List(_)) {
        let statement = quote! {
            let parts = #name.into_iter().map(#converted).collect();
            #request.parts(#wire, parts);
        };
        return (
            quote!(impl IntoIterator<Item = impl Into<#part_type>>),
            statement,
        );
    }
    let statement = match media_type {
        None => quote!(#request.part(#wire, #name);),
        Some(media_type) => {
            quote!(#request.part(#wire, Into::<#part_type>::into(#name) #media_type);)
        }
    };
    (quote!(impl Into<#part_type>), statement)
}
