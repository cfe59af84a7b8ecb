//! The client builder.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::{deprecation, docs, operations::error_body, scope::Scope, tokens::ident};
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
    let mut about = vec![vec!["Builder of [`Client`].".to_owned()]];
    about.extend(certificate(api));
    let others: Vec<String> = servers.collect();
    if !others.is_empty() {
        about.push(vec!["Other servers of the document:".to_owned()]);
        about.push(others);
    }
    let docs = scope.docs(about);
    let setters: Vec<TokenStream> = schemes.into_iter().chain(variables).collect();
    let setters = (!setters.is_empty()).then(|| quote!(impl ClientBuilder { #(#setters)* }));
    let errors = error_body(scope);
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "call `build` to create the client"]
        pub struct ClientBuilder {
            core: #core_builder,
        }
        #setters
        crate::client_builder_methods!(ClientBuilder, Client, #errors);
    }
}

/// The documentation of mutual TLS, which has no setter.
fn certificate(api: &Api) -> Option<Vec<String>> {
    let schemes = api.auth.iter();
    let mut names = schemes.filter(|scheme| scheme.kind == SchemeKind::MutualTls);
    let name = docs::code(&names.next()?.name.wire);
    Some(vec![
        format!("`{name}` is mutual TLS: pass a [`transport`](Self::transport) with a client"),
        "certificate.".to_owned(),
    ])
}

fn server_line(server: &Server) -> String {
    let address = docs::code(&server.url);
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
    let docs = scope.docs(vec![credential_docs(scheme)]);
    let deprecated = deprecation::attribute(scheme.deprecation.as_ref());
    match scheme.kind {
        SchemeKind::MutualTls => None,
        SchemeKind::Basic => {
            let credential = scope.runtime("Credential");
            let secret = scope.import("secrecy", "SecretString");
            Some(quote! {
                #docs
                #deprecated
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
                #deprecated
                pub fn #name(mut self, credential: impl Into<#credential>) -> Self {
                    self.core.credential(#wire, credential.into());
                    self
                }
            })
        }
    }
}

fn credential_docs(scheme: &SecurityScheme) -> Vec<String> {
    let lines = docs::lines(&scheme.docs);
    if !lines.is_empty() {
        return lines;
    }
    vec![match &scheme.kind {
        SchemeKind::Bearer => "Sets the token of `Authorization: Bearer`.".to_owned(),
        SchemeKind::Basic => {
            "Sets the user name and password of `Authorization: Basic`.".to_owned()
        }
        SchemeKind::Http(scheme) => {
            format!(
                "Sets the credential of `Authorization: {}`.",
                docs::code(scheme)
            )
        }
        SchemeKind::Header(name) => {
            format!("Sets the credential in the header `{}`.", docs::code(name))
        }
        SchemeKind::Query(name) => {
            format!(
                "Sets the credential in the query parameter `{}`.",
                docs::code(name)
            )
        }
        SchemeKind::Cookie(name) => {
            format!("Sets the credential in the cookie `{}`.", docs::code(name))
        }
        SchemeKind::MutualTls => "The client certificate.".to_owned(),
    }]
}

/// The setter of a server variable.
fn variable(scope: &Scope<'_>, variable: &ServerVariable) -> TokenStream {
    let (name, wire): (Ident, _) = (ident(&variable.name.ident), &variable.name.wire);
    let values = variable
        .values
        .iter()
        .map(|value| format!("`{}`", docs::code(value)));
    let values: Vec<String> = values.collect();
    let mut about = docs::lines(&variable.docs);
    if about.is_empty() {
        about.push(format!(
            "Sets `{}` in the base URL.",
            docs::code(&variable.name.wire)
        ));
    }
    about.push(String::new());
    about.push(format!("Default: `{}`.", docs::code(&variable.default)));
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
