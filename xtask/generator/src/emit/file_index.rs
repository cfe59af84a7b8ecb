//! Which generated file contains which item.

use std::collections::BTreeMap;

use sdk_model::{Resource, TypeId};

use crate::package::Package;

use super::{Content, Context, api_files, context::Module, file_path};

/// The files of an API's items, below the crate's folder.
#[derive(Debug)]
pub struct FileIndex {
    folder: String,
    types: BTreeMap<TypeId, TypeFiles>,
    /// By module: `resources/sessions`.
    resources: BTreeMap<String, String>,
}

/// The files of a type.
#[derive(Debug)]
struct TypeFiles {
    definition: String,
    /// Where its module is declared, or its name exported.
    declaration: String,
}

impl FileIndex {
    /// Looks at the files that an API is emitted to.
    pub fn of(context: &Context<'_>) -> Self {
        let package = Package::default();
        let mut files = Vec::new();
        api_files(context, &package, &mut files);
        let mut index = Self {
            folder: format!("src/{}", context.api.name.plain()),
            types: BTreeMap::new(),
            resources: BTreeMap::new(),
        };
        for file in files {
            match file.content {
                Content::Types { module, .. } => {
                    let declaration = index.declaration_of(module);
                    index.add_types(module, &file.path, &declaration);
                }
                Content::Resource {
                    context, module, ..
                } => {
                    let own = context.modules.find(&module);
                    for definition in own.iter().flat_map(|own| &own.types) {
                        let files = TypeFiles {
                            definition: file.path.clone(),
                            declaration: file.path.clone(),
                        };
                        index.types.insert(definition.id(), files);
                    }
                    index.resources.insert(file_path(&module), file.path);
                }
                _ => {}
            }
        }
        index
    }

    fn declaration_of(&self, module: &Module<'_>) -> String {
        match module.path.as_slice() {
            ["types", ..] => self.api("types/mod"),
            [resource @ .., _] if module.path.first() == Some(&"resources") => {
                self.api(&file_path(resource))
            }
            _ => self.api("mod"),
        }
    }

    fn add_types(&mut self, module: &Module<'_>, definition: &str, declaration: &str) {
        for one in &module.types {
            let files = TypeFiles {
                definition: definition.to_owned(),
                declaration: declaration.to_owned(),
            };
            self.types.insert(one.id(), files);
        }
        for child in module.children.values() {
            self.add_types(child, definition, declaration);
        }
    }

    /// A file of the API's own: `client`, `mod`.
    pub fn api(&self, name: &str) -> String {
        format!("{}/{name}.rs", self.folder)
    }

    /// The file of a resource, by the resources that contain it.
    pub fn resource(&self, path: &[&Resource]) -> Option<&str> {
        let mut module = vec!["resources"];
        module.extend(path.iter().map(|resource| resource.name.ident.as_str()));
        self.resources.get(&file_path(&module)).map(String::as_str)
    }

    /// The files that declare a resource.
    pub fn declarations_of_resource(&self, path: &[&Resource]) -> Vec<String> {
        match path {
            [] | [_] => vec![self.api("client"), self.api("resources/mod")],
            [parents @ .., _] => self
                .resource(parents)
                .map(str::to_owned)
                .into_iter()
                .collect(),
        }
    }

    /// The file of a type.
    pub fn definition(&self, id: &TypeId) -> Option<&str> {
        self.types.get(id).map(|files| files.definition.as_str())
    }

    /// The file that declares a type's module, or exports its name.
    pub fn declaration(&self, id: &TypeId) -> Option<&str> {
        self.types.get(id).map(|files| files.declaration.as_str())
    }
}
