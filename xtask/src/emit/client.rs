//! An API's client: where calls begin.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    context::Context,
    docs, example,
    fields::plain,
    operations::error_body,
    resources,
    scope::Scope,
    tokens::{ident, path, word},
};
use crate::model::{Api, SchemeKind, SecurityScheme, Server, ServerVariable};

/// `client.rs`.
pub(super) fn file<'a>(context: &'a Context<'a>, library: &str) -> TokenStream {
    let api = context.api;
    let mut scope = Scope::new(context, vec!["client"]);
    scope.define("Client");
    scope.define("ClientBuilder");
    let client = client(&mut scope, library);
    let builder = builder(&mut scope);
    let descriptor = descriptor(&mut scope, api);
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

fn client(scope: &mut Scope<'_>, library: &str) -> TokenStream {
    let api = scope.context().api;
    let core = scope.runtime("Core");
    let core_builder = scope.runtime("CoreBuilder");
    let module = format!("crate::{}", api.name);
    let error = scope.import(&module, "Error");
    let about = format!("Calls {}. Cheap to clone.", docs::text(&api.title));
    let docs = docs::outer(&[vec![about], example::of_client(api, library)]);
    let accessors: Vec<TokenStream> = api
        .resources
        .iter()
        .map(|resource| {
            let feature = api.group_feature(resource);
            let feature = feature.map(|name| vec![format!("Needs the feature `{name}`.")]);
            let docs = docs::outer(&[resources::about(resource), feature.unwrap_or_default()]);
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
    // A document of types and webhooks only, no group that is on: there is nothing to call, and
    // still a client to ask.
    let may_be_empty = api.resources.is_empty() || api.group_features;
    let without_resources = may_be_empty.then(|| {
        quote! {
            /// The address that calls go to.
            pub fn base_url(&self) -> &str {
                self.core.base_url()
            }
        }
    });
    let from_env = docs::outer(&[docs::lines(&environment(api))]);
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Client {
            core: #core,
        }
        impl Client {
            /// A client to be set up.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { core: #core_builder::new(&API) }
            }
            #from_env
            pub fn from_env() -> Result<Self, #error> {
                ClientBuilder { core: #core_builder::from_env(&API) }.build()
            }
            #(#accessors)*
            #without_resources
        }
    }
}

/// What `from_env` reads.
fn environment(api: &Api) -> String {
    let variables: Vec<String> = api
        .auth
        .iter()
        .filter_map(|scheme| scheme.env.as_deref())
        .chain(api.base_url_env.as_deref())
        .map(|name| format!("`{}`", plain(name)))
        .collect();
    match variables.as_slice() {
        [] => "A client with nothing set.".to_owned(),
        [one] => format!("A client set up by the environment variable {one}."),
        [all @ .., last] => {
            format!(
                "A client set up by the environment variables {} and {last}.",
                all.join(", ")
            )
        }
    }
}

fn builder(scope: &mut Scope<'_>) -> TokenStream {
    let api = scope.context().api;
    let core_builder = scope.runtime("CoreBuilder");
    let schemes: Vec<TokenStream> = api
        .auth
        .iter()
        .filter_map(|scheme| credential(scope, scheme))
        .collect();
    let variables = api
        .servers
        .first()
        .into_iter()
        .flat_map(|server| &server.variables);
    let variables = variables.map(variable);
    let servers = api.servers.iter().skip(1).map(server_line);
    let mut about = vec![vec!["Sets up a [`Client`].".to_owned()]];
    about.extend(certificate(api));
    let others: Vec<String> = servers.collect();
    if !others.is_empty() {
        about.push(vec!["Other addresses that the document names:".to_owned()]);
        about.push(others);
    }
    let docs = docs::outer(&about);
    let setters: Vec<TokenStream> = schemes.into_iter().chain(variables).collect();
    let setters = (!setters.is_empty()).then(|| quote!(impl ClientBuilder { #(#setters)* }));
    let errors = error_body(scope);
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "a client is made by `build`"]
        pub struct ClientBuilder {
            core: #core_builder,
        }
        #setters
        crate::client_builder_methods!(ClientBuilder, Client, #errors);
    }
}

/// What a scheme without a credential asks for.
fn certificate(api: &Api) -> Option<Vec<String>> {
    let schemes = api.auth.iter();
    let mut names = schemes.filter(|scheme| scheme.kind == SchemeKind::MutualTls);
    let name = plain(&names.next()?.name.wire);
    Some(vec![
        format!("`{name}`: the connection's certificate says who calls. It is the business of a"),
        "[`transport`](Self::transport) that has one.".to_owned(),
    ])
}

fn server_line(server: &Server) -> String {
    let address = plain(&server.url);
    let about = docs::first_line(&server.docs);
    if about.is_empty() {
        format!("- `{address}`")
    } else {
        format!("- `{address}`: {about}")
    }
}

/// The setter of a credential.
fn credential(scope: &mut Scope<'_>, scheme: &SecurityScheme) -> Option<TokenStream> {
    let (name, wire) = (ident(&scheme.name.ident), &scheme.name.wire);
    let docs = docs::outer(&[docs::or(&scheme.docs, || travels(&scheme.kind))]);
    match scheme.kind {
        SchemeKind::MutualTls => None,
        SchemeKind::Basic => {
            let credential = scope.runtime("Credential");
            let secret = scope.import("secrecy", "SecretString");
            Some(quote! {
                #docs
                pub fn #name(
                    mut self,
                    user: impl Into<String>,
                    password: impl Into<#secret>,
                ) -> Self {
                    self.core.credential(#wire, #credential::basic(user, password));
                    self
                }
            })
        }
        _ => {
            let credential = scope.runtime("Credential");
            Some(quote! {
                #docs
                pub fn #name(mut self, credential: impl Into<#credential>) -> Self {
                    self.core.credential(#wire, credential.into());
                    self
                }
            })
        }
    }
}

fn travels(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Bearer => "The token that `Authorization: Bearer` carries.".to_owned(),
        SchemeKind::Basic => {
            "The user name and password that `Authorization: Basic` carries.".to_owned()
        }
        SchemeKind::Http(scheme) => {
            format!(
                "The credential that `Authorization: {}` carries.",
                plain(scheme)
            )
        }
        SchemeKind::Header(name) => {
            format!("The credential that the header `{}` carries.", plain(name))
        }
        SchemeKind::Query(name) => {
            format!(
                "The credential that the query parameter `{}` carries.",
                plain(name)
            )
        }
        SchemeKind::Cookie(name) => {
            format!("The credential that the cookie `{}` carries.", plain(name))
        }
        SchemeKind::MutualTls => "The connection's certificate.".to_owned(),
    }
}

/// The setter of a server variable.
fn variable(variable: &ServerVariable) -> TokenStream {
    let (name, wire): (Ident, _) = (ident(&variable.name.ident), &variable.name.wire);
    let values = variable
        .values
        .iter()
        .map(|value| format!("`{}`", plain(value)));
    let values: Vec<String> = values.collect();
    let mut about = docs::or(&variable.docs, || {
        format!("The `{}` of the base address.", plain(&variable.name.wire))
    });
    about.push(String::new());
    about.push(format!("`{}` unless it is set.", plain(&variable.default)));
    if !values.is_empty() {
        about.extend(docs::lines(&format!("One of {}.", values.join(", "))));
    }
    let docs = docs::outer(&[about]);
    quote! {
        #docs
        pub fn #name(mut self, #name: impl Into<String>) -> Self {
            self.core.server_variable(#wire, #name.into());
            self
        }
    }
}

fn descriptor(scope: &mut Scope<'_>, api: &Api) -> TokenStream {
    let (api_type, error_fields) = (scope.runtime("Api"), scope.runtime("ErrorFields"));
    let name = api.name.plain();
    let module = format!("crate::{}", api.name);
    let version = scope.import(&module, "API_VERSION");
    let version_header = option(api.version_header.as_deref());
    let base_url = api.servers.first().map_or("", |server| server.url.as_str());
    let base_url_env = option(api.base_url_env.as_deref());
    let variables: Vec<TokenStream> = api
        .servers
        .first()
        .into_iter()
        .flat_map(|server| &server.variables)
        .map(|variable| {
            let ServerVariable {
                name,
                default,
                values,
                ..
            } = variable;
            let variable = scope.runtime("ServerVariable");
            let name = &name.wire;
            quote!(#variable { name: #name, default: #default, values: &[#(#values),*] })
        })
        .collect();
    let schemes: Vec<TokenStream> = api
        .auth
        .iter()
        .map(|scheme| scheme_of(scope, scheme))
        .collect();
    let errors = &api.errors;
    let (code, message) = (&errors.code, &errors.message);
    let (request_id, headers) = (&errors.request_id, &errors.request_id_headers);
    quote! {
        static API: #api_type = #api_type {
            name: #name,
            version: #version,
            version_header: #version_header,
            base_url: #base_url,
            base_url_env: #base_url_env,
            server_variables: &[#(#variables),*],
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            schemes: &[#(#schemes),*],
            errors: #error_fields {
                code: &[#(#code),*],
                message: &[#(#message),*],
                request_id: &[#(#request_id),*],
                request_id_headers: &[#(#headers),*],
            },
        };
    }
}

fn scheme_of(scope: &mut Scope<'_>, scheme: &SecurityScheme) -> TokenStream {
    let (schemes, kinds) = (scope.runtime("Scheme"), scope.runtime("SchemeKind"));
    let kind = match &scheme.kind {
        SchemeKind::Bearer => quote!(Bearer),
        SchemeKind::Basic => quote!(Basic),
        SchemeKind::Http(name) => quote!(Http(#name)),
        SchemeKind::Header(name) => quote!(Header(#name)),
        SchemeKind::Query(name) => quote!(Query(#name)),
        SchemeKind::Cookie(name) => quote!(Cookie(#name)),
        SchemeKind::MutualTls => quote!(MutualTls),
    };
    let (name, setter) = (&scheme.name.wire, scheme.name.ident.plain());
    let env = option(scheme.env.as_deref());
    quote!(#schemes { name: #name, setter: #setter, kind: #kinds::#kind, env: #env })
}

fn option(value: Option<&str>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
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
    let mut modules = vec!["resources", "types"];
    modules.extend(
        context
            .modules
            .children
            .keys()
            .filter(|name| !matches!(**name, "resources" | "types")),
    );
    if !api.webhooks.is_empty() && !modules.contains(&"webhooks") {
        modules.push("webhooks");
    }
    modules.sort_unstable();
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
        /// What a call fails with.
        pub type Error = crate::runtime::Error<#errors>;
    }
}
