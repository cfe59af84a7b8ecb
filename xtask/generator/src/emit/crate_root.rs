//! `lib.rs`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{
    docs,
    tokens::{by_name, ident},
};
use crate::package::Runtime;
use sdk_model::{Api, Type};

/// The crate's root: the runtime, and a module a feature for each API.
pub(super) fn file(apis: &[&Api], runtime: &Runtime) -> TokenStream {
    let mut apis = apis.to_vec();
    apis.sort_by(|a, b| by_name(a.name.as_str(), b.name.as_str()));
    let mut list = vec!["Clients, one module an API:".to_owned(), String::new()];
    list.extend(apis.iter().map(|api| {
        format!(
            "- `{}`: {}, {}",
            api.name.plain(),
            docs::text(&api.title),
            docs::text(&api.version)
        )
    }));
    let docs = docs::inner(&[list]);
    let (shared, mut modules) = match runtime {
        Runtime::Copied => {
            let module = quote!(
                pub mod runtime;
            );
            (None, vec![("runtime", module)])
        }
        Runtime::Dependency(runtime) => {
            let library = Ident::new(&runtime.library, Span::call_site());
            (Some(quote!(pub use #library::*;)), Vec::new())
        }
    };
    modules.extend(apis.iter().map(|api| {
        let (module, feature) = (ident(&api.name), api.module_feature());
        let declaration = quote! {
            #[cfg(feature = #feature)]
            pub mod #module;
        };
        (api.name.as_str(), declaration)
    }));
    modules.sort_by(|(a, _), (b, _)| by_name(a, b));
    let modules = modules.into_iter().map(|(_, declaration)| declaration);
    let uuid = apis
        .iter()
        .any(|api| api.has(&Type::Uuid) && shared.is_none())
        .then(|| quote!(crate::read_by_text!(uuid::Uuid, "a UUID");));
    quote! {
        #docs
        #![forbid(unsafe_code)]
        #(#modules)*
        #shared
        pub use runtime::exports::*;
        #uuid
    }
}
