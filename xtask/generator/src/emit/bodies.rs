//! Other encodings of a JSON body.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, scope::Scope, tokens::word};
use sdk_model::{EncodingKind, Operation};

/// `with_form_body` and `with_multipart_body`, where the document allows them.
pub(super) fn methods(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    let encodings = operation.body.iter().flat_map(|body| &body.encodings);
    let mut methods = TokenStream::new();
    for encoding in encodings {
        let (name, variant) = match encoding.kind {
            EncodingKind::Form => ("with_form_body", "Form"),
            EncodingKind::Multipart => ("with_multipart_body", "Multipart"),
        };
        let (name, variant) = (word(name), word(variant));
        let media_type = &encoding.media_type;
        let docs = format!(" Sends the body as `{}`.", docs::code(media_type));
        let body = scope.runtime("RequestBody");
        methods.extend(quote! {
            #[doc = #docs]
            pub fn #name(mut self) -> Self {
                self.request.send_as(#body::#variant(#media_type));
                self
            }
        });
    }
    methods
}
