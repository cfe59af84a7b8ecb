//! The names that a module defines and imports.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    context::{Context, is_component},
    docs,
    tokens::{path, word},
};
use crate::print::Comments;
use crate::reserved;
use sdk_model::{Shape, TypeDef, TypeId};

/// The names of the module that is being emitted.
pub(super) struct Scope<'a> {
    context: &'a Context<'a>,
    /// The module's path below the API's: `["types", "session"]`.
    module: Vec<&'a str>,
    /// The types that the module defines.
    types: BTreeSet<String>,
    /// The modules that it contains.
    modules: BTreeSet<String>,
    /// Imported names, with the paths of their modules.
    imports: BTreeMap<String, String>,
    /// Whether components are written with the path of their re-export.
    exports: bool,
    /// Collects the file's comments. Without it, comments are doc attributes in the tokens.
    comments: Option<&'a Comments>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(context: &'a Context<'a>, module: Vec<&'a str>) -> Self {
        Self {
            context,
            module,
            types: BTreeSet::new(),
            modules: BTreeSet::new(),
            imports: BTreeMap::new(),
            exports: true,
            comments: None,
        }
    }

    /// A module of a file whose comments are collected.
    pub(super) fn commented(
        context: &'a Context<'a>,
        module: Vec<&'a str>,
        comments: Option<&'a Comments>,
    ) -> Self {
        Self {
            comments,
            ..Self::new(context, module)
        }
    }

    /// No module: every type is written with the path of its definition.
    pub(super) fn outside(context: &'a Context<'a>) -> Self {
        Self {
            exports: false,
            ..Self::new(context, Vec::new())
        }
    }

    /// Declares a type of the module, before anything is imported.
    pub(super) fn define(&mut self, name: &str) {
        self.types.insert(name.to_owned());
    }

    /// Declares a module inside the module, before anything is imported.
    pub(super) fn define_module(&mut self, name: &str) {
        self.modules.insert(name.to_owned());
    }

    /// An item of the runtime.
    pub(super) fn runtime(&mut self, name: &str) -> TokenStream {
        self.import("crate::runtime", name)
    }

    /// An item that is imported if its name is free, and written with its path otherwise.
    pub(super) fn import(&mut self, module: &str, name: &str) -> TokenStream {
        let root = module.split("::").next().unwrap_or(module);
        let module = match self.modules.contains(root) {
            true if root != "crate" => format!("::{module}"),
            _ => module.to_owned(),
        };
        let free = !self.types.contains(name)
            && self
                .imports
                .get(name)
                .is_none_or(|imported| *imported == module);
        if free {
            self.imports.insert(name.to_owned(), module);
            let name = word(name);
            quote!(#name)
        } else {
            path(&format!("{module}::{name}"))
        }
    }

    /// A type of the API.
    pub(super) fn named(&mut self, id: &TypeId) -> TokenStream {
        let Some(definition) = self.context.api.types.get(id) else {
            // `lower` never refers to a type that it does not define.
            return path(&id.0);
        };
        let ident = definition.name.ident.as_str();
        let mut module: Vec<&str> = definition.module.0.iter().map(|m| m.as_str()).collect();
        if module == self.module {
            let name = word(ident);
            return quote!(#name);
        }
        if self.exports && is_component(definition) {
            // Components are re-exported.
            module.pop();
        }
        if let Some(inside) = module.strip_prefix(self.module.as_slice())
            && !inside.is_empty()
        {
            return path(&format!("{}::{ident}", inside.join("::")));
        }
        let module = format!("crate::{}::{}", self.context.api.name, module.join("::"));
        if reserved::IMPORTED_TYPES.contains(&ident) || reserved::API_TYPES.contains(&ident) {
            return path(&format!("{module}::{ident}"));
        }
        self.import(&module, ident)
    }

    /// A type of the same file, by its path relative to this module.
    pub(super) fn relative(&self, definition: &TypeDef) -> TokenStream {
        let target: Vec<&str> = definition.module.0.iter().map(|m| m.as_str()).collect();
        let common = self.module.iter().zip(&target).take_while(|(a, b)| a == b);
        let common = common.count();
        let up = self.module.iter().skip(common).map(|_| "super");
        let down = target.iter().skip(common).copied();
        let name = definition.name.ident.as_str();
        let segments: Vec<&str> = up.chain(down).chain([name]).collect();
        path(&segments.join("::"))
    }

    /// Whether the type is an enum or a union, which take any value that converts into them.
    pub(super) fn converts(&self, id: &TypeId) -> bool {
        self.context.api.types.get(id).is_some_and(|definition| {
            !matches!(definition.shape, Shape::Struct { .. } | Shape::Alias(_))
        })
    }

    pub(super) fn context(&self) -> &'a Context<'a> {
        self.context
    }

    /// The documentation of an item: blocks of text, separated by empty lines.
    pub(super) fn docs(&self, blocks: Vec<Vec<String>>) -> TokenStream {
        match self.comments {
            Some(comments) => comments.add(blocks),
            None => docs::outer(&blocks),
        }
    }

    /// The module's `use` items, in three groups: the standard library, other crates, this crate.
    pub(super) fn uses(&self) -> TokenStream {
        let mut by_module: BTreeMap<(u8, &str), Vec<&str>> = BTreeMap::new();
        for (name, module) in &self.imports {
            let group = match module.split("::").next() {
                Some("std") => 0,
                Some("crate") => 2,
                _ => 1,
            };
            by_module.entry((group, module)).or_default().push(name);
        }
        let uses = by_module.into_iter().map(|((_, module), names)| {
            let module = path(module);
            let idents = names.iter().map(|name| word(name));
            match names.len() {
                1 => quote!(use #module::#(#idents)*;),
                _ => quote!(use #module::{#(#idents),*};),
            }
        });
        quote!(#(#uses)*)
    }
}
