//! Model to Rust tokens.
//!
//! A crate is a list of files, each of which can be emitted by itself.

mod argument;
mod bodies;
mod client;
mod context;
mod crate_root;
mod deprecation;
pub mod docs;
mod duplicate_types;
mod enums;
pub(crate) mod example;
mod fields;
mod file_index;
mod inputs;
mod operation_descriptor;
mod operation_docs;
mod operations;
mod paging;
pub mod public_api;
mod representations;
mod resources;
mod rust_type;
mod scope;
mod security;
mod streaming;
mod structs;
mod tokens;
mod traits;
mod type_docs;
mod types;
mod union_conversions;
mod union_members;
mod unions;
mod variant_match;
mod wait;
mod webhooks;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

pub use context::Context;
use context::Module;
pub(crate) use context::public_path;
pub use file_index::FileIndex;

use crate::package::Package;
use crate::print::{Code, Comments};
use sdk_model::Resource;

/// A Rust file that can be emitted.
pub struct SourceFile<'a> {
    /// The path below the crate's folder: `src/clerk/client.rs`.
    pub path: String,
    content: Content<'a>,
}

enum Content<'a> {
    CrateRoot {
        apis: Vec<&'a Context<'a>>,
        package: &'a Package,
    },
    ApiModule(&'a Context<'a>),
    Client {
        context: &'a Context<'a>,
        package: &'a Package,
    },
    ResourceIndex(&'a Context<'a>),
    Resource {
        context: &'a Context<'a>,
        module: Vec<&'a str>,
        resource: &'a Resource,
    },
    TypeIndex(&'a Context<'a>),
    Types {
        context: &'a Context<'a>,
        module: &'a Module<'a>,
    },
    Webhooks(&'a Context<'a>),
}

/// The Rust files of a crate, without the runtime.
pub fn files<'a>(apis: &'a [Context<'a>], package: &'a Package) -> Vec<SourceFile<'a>> {
    let mut files = vec![SourceFile {
        path: "src/lib.rs".to_owned(),
        content: Content::CrateRoot {
            apis: apis.iter().collect(),
            package,
        },
    }];
    for context in apis {
        api_files(context, package, &mut files);
    }
    files
}

fn api_files<'a>(context: &'a Context<'a>, package: &'a Package, files: &mut Vec<SourceFile<'a>>) {
    let folder = format!("src/{}", context.api.name.plain());
    let mut add = |path: String, content| {
        files.push(SourceFile {
            path: format!("{folder}/{path}.rs"),
            content,
        });
    };
    add("mod".to_owned(), Content::ApiModule(context));
    add("client".to_owned(), Content::Client { context, package });
    add("resources/mod".to_owned(), Content::ResourceIndex(context));
    add("types/mod".to_owned(), Content::TypeIndex(context));
    for (name, module) in &context.modules.children {
        match *name {
            "types" => {
                for module in module.children.values() {
                    add(file_path(&module.path), Content::Types { context, module });
                }
            }
            "resources" => {}
            _ => add(file_path(&module.path), Content::Types { context, module }),
        }
    }
    if !context.api.webhooks.is_empty() && !context.modules.children.contains_key("webhooks") {
        add("webhooks".to_owned(), Content::Webhooks(context));
    }
    let mut open: Vec<(Vec<&str>, &Resource)> = Vec::new();
    open.extend(
        context
            .api
            .resources
            .iter()
            .map(|resource| (vec!["resources"], resource)),
    );
    while let Some((mut module, resource)) = open.pop() {
        module.push(resource.name.ident.as_str());
        open.extend(
            resource
                .children
                .iter()
                .map(|child| (module.clone(), child)),
        );
        if let Some(found) = context.modules.find(&module) {
            for (name, module) in &found.children {
                if !resource
                    .children
                    .iter()
                    .any(|child| child.name.ident.as_str() == *name)
                {
                    add(file_path(&module.path), Content::Types { context, module });
                }
            }
        }
        add(
            file_path(&module),
            Content::Resource {
                context,
                module,
                resource,
            },
        );
    }
}

/// The file path of a module, without the extension.
fn file_path(module: &[&str]) -> String {
    let plain: Vec<&str> = module
        .iter()
        .map(|segment| segment.strip_prefix("r#").unwrap_or(segment))
        .collect();
    plain.join("/")
}

impl SourceFile<'_> {
    /// The file's items, with its comments apart.
    pub fn code(&self) -> Code {
        let comments = Comments::default();
        let tokens = self.items(Some(&comments));
        Code { tokens, comments }
    }

    /// The file's items, with doc attributes.
    pub fn tokens(&self) -> TokenStream {
        self.items(None)
    }

    fn items(&self, comments: Option<&Comments>) -> TokenStream {
        match &self.content {
            Content::CrateRoot { apis, package } => crate_root::file(apis, package),
            Content::ApiModule(context) => client::api_module(context),
            Content::Client { context, package } => client::file(context, package),
            Content::ResourceIndex(context) => resources::index(context),
            Content::Resource {
                context,
                module,
                resource,
            } => resources::file(context, module.clone(), resource, comments),
            Content::TypeIndex(context) => types::index(context.modules.children.get("types")),
            Content::Types { context, module } => types::file(context, module, comments),
            Content::Webhooks(context) => webhooks::file(context),
        }
    }
}
