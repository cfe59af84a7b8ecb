//! The paths of the generated code's items in a change report.

use std::collections::BTreeMap;

use sdk_generator::emit::Context;
use sdk_model::{Api, Ident, Resource, TypeDef};

/// The items of an API's generated code, each with its path in a change report.
#[derive(Default)]
pub(crate) struct Paths {
    /// A type, builder or static, by its module's path and name.
    items: BTreeMap<String, String>,
    /// Accessors: methods that lead to a group.
    accessors: BTreeMap<String, String>,
    /// Types that are aliases, by their item, and the items of the types that they stand for.
    aliases: BTreeMap<(String, String), (String, String)>,
    /// Operations' methods.
    operations: Vec<String>,
}

/// The module and name of a type's item.
fn located(api: &str, definition: &TypeDef) -> (String, String) {
    let mut module = vec![api];
    module.extend(definition.module.0.iter().map(Ident::plain));
    (module.join("::"), definition.name.ident.plain().to_owned())
}

impl Paths {
    /// The paths of all APIs of a crate.
    pub(crate) fn of(apis: &[Api]) -> Self {
        let mut paths = Self::default();
        for api in apis {
            paths.api(api);
        }
        paths
    }

    fn api(&mut self, api: &Api) {
        let name = api.name.plain();
        for own in ["Client", "ClientBuilder"] {
            let path = format!("{name}::{own}");
            self.items.insert(format!("{name}::client::{own}"), path);
        }
        let context = Context::new(api);
        for definition in api.types.values() {
            self.definition(api, definition);
            if let Some(written) = context.duplicate_of(&definition.id()) {
                let alias = located(name, definition);
                self.aliases.insert(alias, located(name, written));
            }
        }
        let above = (
            format!("{name}::client::Client"),
            format!("{name}::resources"),
        );
        for resource in &api.resources {
            self.resource(&above.0, &above.1, resource);
        }
    }

    fn definition(&mut self, api: &Api, definition: &TypeDef) {
        let module: Vec<&str> = definition.module.0.iter().map(Ident::plain).collect();
        let ident = definition.name.ident.plain();
        let component = definition.parent.is_none() && module.len() == 2 && module[0] == "types";
        let exported = if component { &module[..1] } else { &module[..] };
        let path = |module: &[&str]| {
            let mut path = vec![api.name.plain()];
            path.extend(module);
            path.push(ident);
            path.join("::")
        };
        self.add_item(&path(&module), path(exported));
    }

    /// The item, and the struct of its required values.
    fn add_item(&mut self, item: &str, path: String) {
        let stem = item.strip_suffix("Request").unwrap_or(item);
        self.items.insert(format!("{stem}Required"), path.clone());
        self.items.insert(item.to_owned(), path);
    }

    fn resource(&mut self, holder: &str, module: &str, resource: &Resource) {
        let module = format!("{module}::{}", resource.name.ident.plain());
        let own = format!("{module}::{}", resource.type_name);
        let accessor = format!("{holder}::{}", resource.name.ident.plain());
        self.accessors.insert(accessor, own.clone());
        self.items.insert(own.clone(), own.clone());
        for operation in &resource.operations {
            let method = operation.name.ident.plain();
            let path = format!("{own}::{method}");
            self.add_item(&format!("{module}::{}", operation.builder), path.clone());
            let descriptor = format!("{module}::{}", method.to_uppercase());
            self.items.insert(descriptor, path.clone());
            self.operations.push(path);
        }
        for child in &resource.children {
            self.resource(&own, &module, child);
        }
    }

    /// The path of an item in a change report.
    pub(crate) fn item(&self, module: &str, name: &str) -> String {
        let item = format!("{module}::{name}");
        self.items.get(&item).cloned().unwrap_or(item)
    }

    /// The item that changes call by this path.
    pub(crate) fn item_of<'p>(&'p self, path: &'p str) -> &'p str {
        let known = self.items.iter().find(|(_, known)| *known == path);
        known.map_or(path, |(item, _)| item)
    }

    /// The group that a method leads to.
    pub(crate) fn group(&self, module: &str, name: &str, method: &str) -> Option<&String> {
        self.accessors.get(&format!("{module}::{name}::{method}"))
    }

    /// The module and name of the type that an alias stands for.
    pub(crate) fn aliased(&self, module: &str, name: &str) -> Option<&(String, String)> {
        self.aliases.get(&(module.to_owned(), name.to_owned()))
    }

    /// Whether a path is an operation's.
    pub(crate) fn is_operation(&self, path: &str) -> bool {
        self.operations.iter().any(|known| known == path)
    }
}
