//! Resources: groups of operations, one module per group.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    context::Context,
    docs, operations,
    scope::Scope,
    security,
    tokens::{by_name, ident, same_name, word},
};
use crate::print::Comments;
use sdk_model::{Api, Operation, Resource};

/// A resource's file; `module` is its path below the API's module.
pub(super) fn file<'a>(
    context: &'a Context<'a>,
    module: Vec<&'a str>,
    resource: &'a Resource,
    comments: Option<&'a Comments>,
) -> TokenStream {
    let mut modules: Vec<&str> = resource
        .children
        .iter()
        .map(|child| child.name.ident.as_str())
        .collect();
    if let Some(found) = context.modules.find(&module) {
        modules.extend(
            found
                .children
                .keys()
                .filter(|name| !has_child(resource, name)),
        );
    }
    modules.sort_by(|a, b| by_name(a, b));

    let mut scope = Scope::commented(context, module.clone(), comments);
    scope.define(resource.type_name.as_str());
    for name in resource.operations.iter().flat_map(operations::names) {
        scope.define(&name);
    }
    for name in &modules {
        scope.define_module(name);
    }
    let about = docs::lines(&resource.docs);
    let docs = docs::inner(std::slice::from_ref(&about));
    let accessor = accessor(&mut scope, resource, &about);
    let common = security::common(resource);
    let operations: Vec<TokenStream> = resource
        .operations
        .iter()
        .map(|operation: &Operation| {
            operations::items(&mut scope, resource.type_name.as_str(), operation, common)
        })
        .collect();
    let uses = scope.uses();
    let security = common.map(security::constant);
    let modules = modules.iter().map(|name| declaration(&module, name));
    quote! {
        #docs
        #(#modules)*
        #uses
        #accessor
        #security
        #(#operations)*
    }
}

fn has_child(resource: &Resource, name: &str) -> bool {
    resource
        .children
        .iter()
        .any(|child| child.name.ident.as_str() == name)
}

/// `pub mod …;`.
fn declaration(parent: &[&str], name: &str) -> TokenStream {
    let attribute = same_name(parent.last(), name);
    let name = word(name);
    quote!(#attribute pub mod #name;)
}

/// The struct that has the operations as methods.
fn accessor(scope: &mut Scope<'_>, resource: &Resource, about: &[String]) -> TokenStream {
    let docs = scope.docs(vec![about.to_vec()]);
    let name = ident(&resource.type_name);
    let core = scope.runtime("Core");
    let children = resource
        .children
        .iter()
        .map(|inside| child(scope, inside))
        .collect::<Vec<_>>();
    let methods: Vec<TokenStream> = resource
        .operations
        .iter()
        .map(|operation| operations::method(scope, operation))
        .collect();
    quote! {
        #docs
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'a> {
            core: &'a #core,
        }
        impl<'a> #name<'a> {
            pub(crate) fn new(core: &'a #core) -> Self {
                Self { core }
            }
            #(#children)*
            #(#methods)*
        }
    }
}

/// The method that returns a nested resource.
fn child(scope: &Scope<'_>, resource: &Resource) -> TokenStream {
    let docs = scope.docs(vec![about(resource)]);
    let (module, name) = (ident(&resource.name.ident), ident(&resource.type_name));
    quote! {
        #docs
        pub fn #module(&self) -> #module::#name<'a> {
            #module::#name::new(self.core)
        }
    }
}

/// The attribute that requires the feature of the group.
pub(super) fn needs(api: &Api, resource: &Resource) -> Option<TokenStream> {
    let feature = api.group_feature(resource)?;
    Some(quote!(#[cfg(feature = #feature)]))
}

/// The first paragraph about a resource.
pub(super) fn about(resource: &Resource) -> Vec<String> {
    docs::first_block(&resource.docs)
}

/// `resources/mod.rs`.
pub(super) fn index(context: &Context<'_>) -> TokenStream {
    let mut names: Vec<&str> = context
        .api
        .resources
        .iter()
        .map(|resource| resource.name.ident.as_str())
        .collect();
    names.sort_by(|a, b| by_name(a, b));
    let feature = |name: &str| {
        let mut resources = context.api.resources.iter();
        let resource = resources.find(|resource| resource.name.ident.as_str() == name)?;
        needs(context.api, resource)
    };
    let modules = names.iter().map(|name| {
        let feature = feature(name);
        let declaration = declaration(&["resources"], name);
        quote!(#feature #declaration)
    });
    quote! {
        //! The resources: one module per group of operations.
        #(#modules)*
    }
}
