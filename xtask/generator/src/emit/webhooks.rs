//! Payloads of webhooks and callbacks.

use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, docs, rust_type::wire_type, scope::Scope, tokens::ident};
use sdk_model::Webhook;

/// `webhooks.rs`: an alias for each payload.
pub(super) fn file<'a>(context: &'a Context<'a>) -> TokenStream {
    let mut scope = Scope::new(context, vec!["webhooks"]);
    for webhook in &context.api.webhooks {
        scope.define(webhook.name.ident.as_str());
    }
    let types: Vec<TokenStream> = context
        .api
        .webhooks
        .iter()
        .map(|webhook| {
            let name = ident(&webhook.name.ident);
            let docs = scope.docs(vec![docs_of(webhook)]);
            let payload = wire_type(&mut scope, &webhook.payload);
            quote!(#docs pub type #name = #payload;)
        })
        .collect();
    let uses = scope.uses();
    quote! {
        //! Payloads of webhooks and callbacks.
        #uses
        #(#types)*
    }
}

/// The documentation of a payload.
pub(super) fn docs_of(webhook: &Webhook) -> Vec<String> {
    docs::lines(&webhook.docs)
}
