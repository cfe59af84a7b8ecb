//! What sets a client up.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::{docs, fields::plain, operations::error_body, scope::Scope, tokens::ident};
use sdk_model::{Api, SchemeKind, SecurityScheme, Server, ServerVariable};

pub(super) fn emit(scope: &mut Scope<'_>) -> TokenStream {
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
    let variables = variables.map(|it| variable(scope, it));
    let servers = api.servers.iter().skip(1).map(server_line);
    let mut about = vec![vec!["Sets up a [`Client`].".to_owned()]];
    about.extend(certificate(api));
    let others: Vec<String> = servers.collect();
    if !others.is_empty() {
        about.push(vec!["Other addresses that the document names:".to_owned()]);
        about.push(others);
    }
    let docs = scope.docs(about);
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
    let docs = scope.docs(vec![docs::or(&scheme.docs, || travels(&scheme.kind))]);
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
fn variable(scope: &Scope<'_>, variable: &ServerVariable) -> TokenStream {
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
    let docs = scope.docs(vec![about]);
    quote! {
        #docs
        pub fn #name(mut self, #name: impl Into<String>) -> Self {
            self.core.server_variable(#wire, #name.into());
            self
        }
    }
}
