//! Operations whose response is a stream on request.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    operations::{error_body, event_decoder},
    rust_type::wire_type,
    scope::Scope,
};
use sdk_model::Operation;

/// `stream_events`, if the operation can stream its response.
pub(super) fn method(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    let Some(streaming) = &operation.streaming else {
        return TokenStream::new();
    };
    let (how, pending, stream) = (
        scope.runtime("Streaming"),
        scope.runtime("Pending"),
        scope.runtime("EventStream"),
    );
    let decoder = event_decoder(scope, streaming.format);
    let event = wire_type(scope, &streaming.ty);
    let errors = error_body(scope);
    let accept = &streaming.media_type;
    let requested_by = match &streaming.requested_by {
        Some(member) => quote!(Some(#member)),
        None => quote!(None),
    };
    let first = " Sends the request and streams the events of the response.";
    let docs = match &streaming.requested_by {
        Some(member) => {
            let more = format!(" Sends `{member}` as true.");
            quote!(#[doc = #first] #[doc = ""] #[doc = #more])
        }
        None => quote!(#[doc = #first]),
    };
    quote! {
        #docs
        pub fn stream_events(self) -> #pending<#stream<#event>, #errors> {
            static STREAMING: #how = #how { accept: #accept, request_flag: #requested_by };
            self.request.stream(&STREAMING, #decoder)
        }
    }
}
