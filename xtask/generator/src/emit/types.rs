//! Modules of named types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    context::{Context, Module},
    docs, enums,
    rust_type::rust,
    scope::Scope,
    structs,
    tokens::{by_name, ident, same_name, word},
    type_docs, unions,
};
use crate::print::Comments;
use sdk_model::{Shape, Type, TypeDef};

/// A module's content: imports, types, and the modules inside it.
fn module<'a>(
    context: &'a Context<'a>,
    module: &Module<'a>,
    comments: Option<&'a Comments>,
) -> TokenStream {
    let mut scope = Scope::commented(context, module.path.clone(), comments);
    for definition in &module.types {
        scope.define(definition.name.ident.as_str());
        if structs::may_need_required_struct(definition) {
            scope.define(&structs::required_name(definition.name.ident.as_str()).to_string());
        }
    }
    for child in module.children.keys() {
        scope.define_module(child);
    }
    let types: Vec<TokenStream> = module
        .types
        .iter()
        .map(|definition| match context.duplicate_of(&definition.id()) {
            Some(defined) => duplicate(&scope, definition, defined),
            None => definition_of(&mut scope, definition),
        })
        .collect();
    let children = module.children.iter().map(|(name, child)| {
        let docs = scope.docs(vec![vec![format!(
            "Types nested in `{}`.",
            docs::code(name)
        )]]);
        let attribute = same_name(module.path.last(), name);
        let name = word(name);
        let content = self::module(context, child, comments);
        quote!(#docs #attribute pub mod #name { #content })
    });
    let uses = scope.uses();
    quote!(#uses #(#types)* #(#children)*)
}

/// Whether the re-exports of a file of components are all of its types.
fn is_private(module: &Module<'_>) -> bool {
    module.children.is_empty() && module.types.iter().all(|it| it.parent.is_none())
}

/// A file of types.
pub(super) fn file<'a>(
    context: &'a Context<'a>,
    module: &Module<'a>,
    comments: Option<&'a Comments>,
) -> TokenStream {
    let component = module.path.first() == Some(&"types") && is_private(module);
    let docs = docs::inner(&[file_docs(module)
        .filter(|_| !component)
        .into_iter()
        .collect()]);
    let content = self::module(context, module, comments);
    quote!(#docs #content)
}

fn file_docs(module: &Module<'_>) -> Option<String> {
    let owner = module
        .types
        .iter()
        .find(|definition| definition.parent.is_none());
    let name = owner.or(module.types.first())?.name.ident.plain();
    Some(if module.types.len() == 1 && module.children.is_empty() {
        format!("[`{name}`].")
    } else {
        format!("[`{name}`] and the types nested in it.")
    })
}

/// `types/mod.rs`: the components.
pub(super) fn index(module: Option<&Module<'_>>) -> TokenStream {
    let children: Vec<&Module<'_>> = module
        .into_iter()
        .flat_map(|module| module.children.values())
        .collect();
    let mut names: Vec<&str> = children
        .iter()
        .filter_map(|child| child.path.last().copied())
        .collect();
    names.sort_by(|a, b| by_name(a, b));
    let is_public = |name: &str| {
        let mut named = children
            .iter()
            .filter(|child| child.path.last() == Some(&name));
        named.any(|child| !is_private(child))
    };
    let modules = names.iter().map(|name| {
        let attribute = same_name(Some(&"types"), name);
        let visibility = is_public(name).then(|| quote!(pub));
        let name = word(name);
        quote!(#attribute #visibility mod #name;)
    });
    let mut exports: Vec<(&str, &TypeDef)> = children
        .iter()
        .flat_map(|child| {
            child
                .types
                .iter()
                .map(|definition| (child.path.last(), definition))
        })
        .filter(|(_, definition)| definition.parent.is_none())
        .filter_map(|(module, definition)| Some((*module?, *definition)))
        .collect();
    exports.sort_by(|(a, left), (b, right)| {
        by_name(a, b).then_with(|| by_name(left.name.ident.as_str(), right.name.ident.as_str()))
    });
    let exports = exports.into_iter().map(|(module, definition)| {
        // Re-exports from private modules are documented inline anyway.
        let inline = is_public(module).then(|| quote!(#[doc(inline)]));
        let (module, name) = (word(module), ident(&definition.name.ident));
        quote!(#inline pub use #module::#name;)
    });
    quote! {
        //! The types of requests and responses.
        #(#modules)*
        #(#exports)*
    }
}

pub(super) fn definition_of<'a>(scope: &mut Scope<'a>, definition: &'a TypeDef) -> TokenStream {
    match &definition.shape {
        Shape::Struct { fields, additional } => {
            structs::emit(scope, definition, fields, additional.as_ref())
        }
        Shape::StringEnum { values } => enums::strings(scope, definition, values),
        Shape::IntegerEnum { values } => enums::integers(scope, definition, values),
        Shape::Union {
            variants,
            discriminator,
        } => unions::emit(scope, definition, variants, discriminator.as_deref()),
        Shape::Alias(ty) => alias(scope, definition, ty),
    }
}

fn alias(scope: &mut Scope<'_>, definition: &TypeDef, ty: &Type) -> TokenStream {
    let name = ident(&definition.name.ident);
    let docs = type_docs::of(scope, definition);
    let ty = rust(scope, ty);
    quote!(#docs pub type #name = #ty;)
}

/// An alias of an identical type.
fn duplicate(scope: &Scope<'_>, definition: &TypeDef, defined: &TypeDef) -> TokenStream {
    let name = ident(&definition.name.ident);
    let docs = type_docs::of_duplicate(scope, definition, defined);
    let defined = scope.relative(defined);
    quote!(#docs pub type #name = #defined;)
}
