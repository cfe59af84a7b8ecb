//! Methods that request another representation of the response.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    docs,
    operation_descriptor::response_mode,
    operations::{error_body, output},
    scope::Scope,
    tokens::ident,
};
use sdk_model::Operation;

/// One method per representation.
pub(super) fn methods(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    let mut methods = TokenStream::new();
    for representation in &operation.representations {
        let name = ident(&representation.name.ident);
        let accept = &representation.media_type;
        let docs = format!(" Sends the request and receives `{}`.", docs::code(accept));
        let (output, decoder) = output(scope, &representation.content);
        let mode = response_mode(scope, &representation.content);
        let (pending, errors) = (scope.runtime("Pending"), error_body(scope));
        methods.extend(quote! {
            #[doc = #docs]
            pub fn #name(self) -> #pending<#output, #errors> {
                self.request.receive(#accept, #mode, #decoder)
            }
        });
    }
    methods
}
