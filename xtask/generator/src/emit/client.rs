//! The client of an API.

mod builder;
mod descriptor;

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    context::Context,
    docs, example,
    operations::error_body,
    resources,
    scope::Scope,
    tokens::{ident, path, word},
};
use crate::package::Package;
use sdk_model::Api;

/// `client.rs`.
pub(super) fn file<'a>(context: &'a Context<'a>, package: &Package) -> TokenStream {
    let api = context.api;
    let mut scope = Scope::new(context, vec!["client"]);
    scope.define("Client");
    scope.define("ClientBuilder");
    let client = client(&mut scope, package);
    let builder = builder::emit(&mut scope);
    let descriptor = descriptor::emit(&mut scope, api);
    let uses = scope.uses();
    let docs = docs::inner(&[vec![format!("The client of {}.", docs::text(&api.title))]]);
    quote! {
        #docs
        #uses
        #client
        #builder
        #descriptor
    }
}

fn client(scope: &mut Scope<'_>, package: &Package) -> TokenStream {
    let api = scope.context().api;
    let core = scope.runtime("Core");
    let core_builder = scope.runtime("CoreBuilder");
    let module = format!("crate::{}", api.name);
    let error = scope.import(&module, "Error");
    let docs = scope.docs(client_docs(api, package));
    let accessors: Vec<TokenStream> = api
        .resources
        .iter()
        .map(|resource| {
            let feature = api.group_feature(resource);
            let feature = feature.map(|name| vec![format!("Needs the feature `{name}`.")]);
            let docs = scope.docs(vec![
                resources::about(resource),
                feature.unwrap_or_default(),
            ]);
            let needs = resources::needs(api, resource);
            // No import: without any group, nothing would use it.
            let resources = match &needs {
                Some(_) => path(&format!("{module}::resources")),
                None => scope.import(&module, "resources"),
            };
            let (module, name) = (ident(&resource.name.ident), ident(&resource.type_name));
            quote! {
                #docs
                #needs
                pub fn #module(&self) -> #resources::#module::#name<'_> {
                    #resources::#module::#name::new(&self.core)
                }
            }
        })
        .collect();
    // Without any resource nothing else would use the field.
    let may_be_empty = api.resources.is_empty() || api.group_features;
    let without_resources = may_be_empty.then(|| {
        quote! {
            /// The base URL of all calls.
            pub fn base_url(&self) -> &str {
                self.core.base_url()
            }
        }
    });
    let from_env = scope.docs(vec![docs::lines(&environment(api))]);
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Client {
            core: #core,
        }
        impl Client {
            /// Creates a builder.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { core: #core_builder::new(&API) }
            }
            #from_env
            pub fn from_env() -> Result<Self, #error> {
                let core = #core_builder::from_env(&API);
                ClientBuilder { core }.build()
            }
            #(#accessors)*
            #without_resources
        }
    }
}

fn client_docs(api: &Api, package: &Package) -> Vec<Vec<String>> {
    let error = format!("[`Error`](crate::{}::Error)", api.name);
    let errors = format!("Calls fail with {error}: the status, code, message and body");
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    vec![
        vec![format!("The client of {}.", docs::text(&api.title))],
        lines(&["Clones share connections and settings."]),
        example::of_client(api, package),
        lines(&["# Errors"]),
        lines(&[&errors, "of the response, or the reason why there is none."]),
        lines(&["# Retries"]),
        lines(&[
            "Requests that failed temporarily are sent again, up to two times, if repeating them",
            "is safe. Settings: `retries` and `retry_policy` of the [`ClientBuilder`].",
        ]),
    ]
}

/// The documentation of `from_env`.
fn environment(api: &Api) -> String {
    let variables: Vec<String> = api
        .auth
        .iter()
        .filter_map(|scheme| scheme.env.as_deref())
        .chain(api.base_url_env.iter().map(String::as_str))
        .map(|name| format!("`{}`", docs::code(name)))
        .collect();
    match variables.as_slice() {
        [] => "Creates a client with default settings.".to_owned(),
        [one] => format!("Creates a client from the environment variable {one}."),
        [all @ .., last] => {
            format!(
                "Creates a client from the environment variables {} and {last}.",
                all.join(", ")
            )
        }
    }
}

/// The API's module: `mod.rs`.
pub(super) fn api_module<'a>(context: &'a Context<'a>) -> TokenStream {
    let api = context.api;
    let mut scope = Scope::new(context, Vec::new());
    for name in ["Client", "ClientBuilder", "Error"] {
        scope.define(name);
    }
    let errors = error_body(&mut scope);
    let about = vec![format!(
        "{}, {}.",
        docs::text(&api.title),
        docs::text(&api.version)
    )];
    let docs = docs::inner(&[about, docs::lines(&api.docs)]);
    let modules = modules(context);
    let modules = modules.iter().map(|name| word(name));
    let version = &api.version;
    let uses = scope.uses();
    quote! {
        #docs
        mod client;
        #(pub mod #modules;)*
        #uses
        pub use client::{Client, ClientBuilder};
        /// The version of the document that this module was generated from.
        pub const API_VERSION: &str = #version;
        /// The error of a call.
        pub type Error = crate::runtime::Error<#errors>;
    }
}

/// The public modules of an API's module, sorted.
pub(super) fn modules<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let mut modules = vec!["resources", "types"];
    let children = context.modules.children.keys().copied();
    modules.extend(children.filter(|name| !matches!(*name, "resources" | "types")));
    if !context.api.webhooks.is_empty() && !modules.contains(&"webhooks") {
        modules.push("webhooks");
    }
    modules.sort_unstable();
    modules
}
