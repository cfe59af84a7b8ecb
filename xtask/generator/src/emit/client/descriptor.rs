//! The static that describes an API to the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::scope::Scope;
use sdk_model::{Api, Operation, Resource, SchemeKind, SecurityScheme, ServerVariable};

pub(super) fn emit(scope: &mut Scope<'_>, api: &Api) -> TokenStream {
    let (api_type, error_fields) = (scope.runtime("Api"), scope.runtime("ErrorFields"));
    let name = api.name.plain();
    let module = format!("crate::{}", api.name);
    let version = scope.import(&module, "API_VERSION");
    let version_header = option(api.version_header.as_deref());
    let base_url = api.servers.first().map_or("", |server| server.url.as_str());
    let base_url_env = &api.base_url_env;
    let success_flag = option(api.success_flag.as_deref());
    let security = requirements(api);
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
            base_url_env: &[#(#base_url_env),*],
            server_variables: &[#(#variables),*],
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            schemes: &[#(#schemes),*],
            security: &[#(#security),*],
            success_flag: #success_flag,
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
    let prefixes = &scheme.prefixes;
    let rejects = scheme.rejects.iter();
    let rejects = rejects.map(|(prefix, name)| quote!((#prefix, #name)));
    quote! {
        #schemes {
            name: #name,
            setter: #setter,
            kind: #kinds::#kind,
            env: #env,
            prefixes: &[#(#prefixes),*],
            rejects: &[#(#rejects),*],
        }
    }
}

/// The security requirements of all operations, each once.
fn requirements(api: &Api) -> Vec<TokenStream> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    for operation in all_operations(&api.resources) {
        for requirement in &operation.security {
            let schemes = requirement
                .iter()
                .map(|used| used.scheme.as_str())
                .collect();
            if !found.contains(&schemes) {
                found.push(schemes);
            }
        }
    }
    found
        .iter()
        .map(|schemes| quote!(&[#(#schemes),*]))
        .collect()
}

fn all_operations(resources: &[Resource]) -> Vec<&Operation> {
    let mut found = Vec::new();
    for resource in resources {
        found.extend(&resource.operations);
        found.extend(all_operations(&resource.children));
    }
    found
}

fn option(value: Option<&str>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}
