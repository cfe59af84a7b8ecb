//! `lib.rs`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{
    client,
    context::Context,
    tokens::{by_name, ident, word},
};
use crate::package::{Package, Runtime};
use sdk_model::Type;

/// The crate's root: the README as its documentation, a module for each API, and the runtime.
pub(super) fn file(apis: &[&Context<'_>], package: &Package) -> TokenStream {
    let mut apis = apis.to_vec();
    apis.sort_by(|a, b| by_name(a.api.name.as_str(), b.api.name.as_str()));
    let flat = package.metadata.flat;
    let (shared, mut modules) = match &package.runtime {
        Runtime::Copied => {
            let module = quote!(
                #[doc(hidden)]
                pub mod runtime;
            );
            (None, vec![("runtime", module)])
        }
        Runtime::Dependency(runtime) => {
            let library = Ident::new(&runtime.library, Span::call_site());
            (
                Some(quote!(#[doc(hidden)] pub use #library::*;)),
                Vec::new(),
            )
        }
    };
    modules.extend(apis.iter().map(|context| {
        let api = context.api;
        let (module, feature) = (ident(&api.name), api.module_feature());
        let visibility = (!flat).then(|| quote!(pub));
        let declaration = quote! {
            #[cfg(feature = #feature)]
            #visibility mod #module;
        };
        (api.name.as_str(), declaration)
    }));
    let exports = apis.iter().filter(|_| flat).map(|context| {
        let (module, feature) = (ident(&context.api.name), context.api.module_feature());
        let modules = client::modules(context).into_iter().map(word);
        quote! {
            #[cfg(feature = #feature)]
            #[doc(inline)]
            pub use #module::{API_VERSION, Client, ClientBuilder, Error, #(#modules),*};
        }
    });
    modules.sort_by(|(a, _), (b, _)| by_name(a, b));
    let modules = modules.into_iter().map(|(_, declaration)| declaration);
    let uuid = apis
        .iter()
        .any(|context| context.api.has(&Type::Uuid) && shared.is_none())
        .then(|| quote!(crate::read_by_text!(uuid::Uuid, "a UUID");));
    // The README's examples call all APIs; without one of them they are no tests.
    let features = apis.iter().map(|context| context.api.feature());
    quote! {
        #![cfg_attr(any(not(doctest), all(#(feature = #features),*)), doc = include_str!("../README.md"))]
        #![forbid(unsafe_code)]
        #(#modules)*
        #(#exports)*
        #shared
        #[doc(inline)]
        pub use runtime::exports::*;
        #uuid
    }
}
