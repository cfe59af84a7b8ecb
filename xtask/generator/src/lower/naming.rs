//! Names of resources and of the operations' methods.

use std::collections::BTreeMap;

use super::body::{self, BodyChoice};
use super::route_name::route_name;
use super::tag_groups::TagGroups;
use crate::config::Config;
use crate::{extensions, reserved};
use sdk_model::names::{Claim, Kind, Scope, snake, words};
use sdk_model::{Ident, ModulePath, Name};
use sdk_openapi::path_template::split_key;
use sdk_openapi::{Document, OperationView};

/// An operation with its resource and its names in the SDK.
pub(super) struct NamedOperation<'v> {
    pub(super) view: &'v OperationView<'v>,
    /// The resources that contain it, the outermost first.
    pub(super) resources: Vec<NamedResource>,
    pub(super) name: Name,
    /// The type of the request builder.
    pub(super) builder: Ident,
    /// The module of its inline types.
    pub(super) module: ModulePath,
    /// The prefix of its inline types.
    pub(super) prefix: Ident,
    /// The name from an extension, before a method suffix: a GET counterpart has the same.
    pub(super) extension_name: Option<String>,
    /// The body that the method sends.
    pub(super) body: BodyChoice,
}

/// A resource with its names.
#[derive(Debug, Clone)]
pub(super) struct NamedResource {
    pub(super) name: Name,
    pub(super) type_name: Ident,
}

/// A resource before it has names.
#[derive(Default)]
struct Group<'v> {
    wire: String,
    children: BTreeMap<String, Group<'v>>,
    operations: Vec<&'v OperationView<'v>>,
}

/// Assigns resources and names to all operations.
pub(super) fn name_operations<'v>(
    document: &'v Document,
    views: &'v [OperationView<'v>],
    config: &Config,
) -> Vec<NamedOperation<'v>> {
    let mut root = Group::default();
    let tags = TagGroups::of(document);
    for view in views {
        let mut group = &mut root;
        for wire in group_of(view, config, &tags) {
            group = group
                .children
                .entry(snake(&words(&wire)))
                .or_insert_with(|| Group {
                    wire,
                    ..Group::default()
                });
        }
        group.operations.push(view);
    }
    let resources = Scope::new(Kind::Module).claim_wire("resources");
    let scope = Scope::new(Kind::Module).reserving(&reserved::CLIENT_METHODS, "resource");
    let mut namer = Namer {
        document,
        config,
        named: Vec::new(),
    };
    namer.group(&root, &[], &ModulePath(vec![resources]), scope);
    namer.named
}

struct Namer<'v, 'c> {
    document: &'v Document,
    config: &'c Config,
    named: Vec<NamedOperation<'v>>,
}

impl<'v> Namer<'v, '_> {
    fn group(
        &mut self,
        group: &Group<'v>,
        above: &[NamedResource],
        module: &ModulePath,
        mut modules: Scope,
    ) {
        let wires: Vec<&str> = group
            .children
            .values()
            .map(|child| child.wire.as_str())
            .collect();
        let idents = modules.claim_wires(&wires);
        for (child, ident) in group.children.values().zip(&idents) {
            let mut resources = above.to_vec();
            resources.push(NamedResource {
                name: Name {
                    wire: child.wire.clone(),
                    ident: ident.clone(),
                },
                // A builder with many required values has a companion struct `…Required`.
                type_name: Scope::new(Kind::Type)
                    .reserving(&reserved::TYPES, "resource")
                    .reserving_ending(reserved::TYPE_ENDING, "resource")
                    .claim_wire(&child.wire),
            });
            let mut path = module.clone();
            path.0.push(ident.clone());
            self.group(child, &resources, &path, Scope::new(Kind::Module));
        }
        let mut scopes = MethodScopes {
            methods: Scope::new(Kind::Method).reserving(&reserved::RESOURCE_METHODS, "call"),
            types: Scope::new(Kind::Type),
            modules,
        };
        for child in &idents {
            scopes.methods.block(child);
        }
        if let Some(own) = above.last() {
            scopes.types.block(&own.type_name);
        }
        let defaults = group.operations.iter().map(|view| {
            let method_name = MethodName::of(view, above, self.config);
            (*view, BodyChoice::Default, method_name)
        });
        let defaults: Vec<_> = defaults.collect();
        // After the default methods, so that they cannot rename those.
        let others = defaults.iter().flat_map(|(view, _, method_name)| {
            let methods = body::own_methods(self.document, view).into_iter();
            methods.map(move |(choice, word)| (*view, choice, method_name.with_word(&word)))
        });
        let others: Vec<_> = others.collect();
        for method_names in [defaults, others] {
            self.methods(method_names, above, module, &mut scopes);
        }
    }

    fn methods(
        &mut self,
        method_names: Vec<(&'v OperationView<'v>, BodyChoice, MethodName)>,
        resources: &[NamedResource],
        module: &ModulePath,
        scopes: &mut MethodScopes,
    ) {
        let disambiguators: Vec<Vec<&str>> = method_names
            .iter()
            .map(|(_, _, method_name)| {
                method_name
                    .disambiguators
                    .iter()
                    .map(String::as_str)
                    .collect()
            })
            .collect();
        let claims: Vec<Claim<'_>> = method_names
            .iter()
            .zip(&disambiguators)
            .map(|((_, _, method_name), disambiguators)| Claim {
                suffix: &method_name.suffix,
                disambiguators,
                ..Claim::of(&method_name.wire)
            })
            .collect();
        let idents = scopes.methods.claim_all(&claims);
        for ((view, body, method_name), ident) in method_names.into_iter().zip(idents) {
            let plain = ident.plain().to_owned();
            let mut path = module.clone();
            path.0.push(scopes.modules.claim_wire(&plain));
            self.named.push(NamedOperation {
                view,
                body,
                resources: resources.to_vec(),
                builder: scopes.types.claim(Claim {
                    suffix: "Request",
                    ..Claim::of(&plain)
                }),
                module: path,
                prefix: Scope::new(Kind::Variant).claim_wire(&plain),
                extension_name: method_name.extension_name,
                name: Name {
                    wire: method_name.wire,
                    ident,
                },
            });
        }
    }
}

/// The names taken in a resource's module.
struct MethodScopes {
    methods: Scope,
    types: Scope,
    modules: Scope,
}

/// The words of a method's name.
struct MethodName {
    wire: String,
    suffix: String,
    /// Words to add where another operation of the resource has the same name.
    disambiguators: Vec<String>,
    extension_name: Option<String>,
}

impl MethodName {
    /// The name of the method for another request body.
    fn with_word(&self, word: &str) -> Self {
        Self {
            wire: format!("{} {word}", self.wire),
            suffix: self.suffix.clone(),
            disambiguators: self.disambiguators.clone(),
            extension_name: self.extension_name.clone(),
        }
    }

    fn of(view: &OperationView<'_>, resources: &[NamedResource], config: &Config) -> Self {
        let name = extension_name(view, config);
        let method = view.method.as_str().to_ascii_lowercase();
        let route = format!("{method} {}", route(view.path));
        let group = resources.last().map(|group| group.name.wire.as_str());
        let wire = match (&name, view.id) {
            (Some(name), _) => name.clone(),
            (None, id) => match (route_name(id, &method, view.path, group), id) {
                (Some(name), _) => name,
                (None, Some(id)) => {
                    without_group(&without_route(id, view.path, &method), resources)
                }
                (None, None) => route.clone(),
            },
        };
        Self {
            wire,
            suffix: config
                .naming
                .method_suffix
                .get(&method)
                .cloned()
                .unwrap_or_default(),
            disambiguators: vec![format!("via {method}"), format!("by {route}")],
            extension_name: name,
        }
    }
}

/// The method name that an extension declares.
pub(super) fn extension_name(view: &OperationView<'_>, config: &Config) -> Option<String> {
    extensions::first_text(view, &config.naming.method)
}

/// The names of the resources that contain an operation.
fn group_of(view: &OperationView<'_>, config: &Config, tags: &TagGroups<'_>) -> Vec<String> {
    if let Some(groups) = extensions::first_path(view, &config.naming.group) {
        return groups;
    }
    if let Some(groups) = tags.of_operation(view) {
        return groups;
    }
    let (path, ..) = split_key(view.path);
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let significant = segments
        .clone()
        .find(|segment| !segment.contains('{') && !is_prefix(segment))
        .or_else(|| segments.clone().find(|segment| !segment.contains('{')));
    vec![significant.unwrap_or("root").to_owned()]
}

/// Whether a path segment says nothing about what the path is for: `api`, `v1`.
pub(super) fn is_prefix(segment: &str) -> bool {
    let version = segment.strip_prefix(['v', 'V']);
    segment.eq_ignore_ascii_case("api")
        || segment.eq_ignore_ascii_case("rest")
        || version.is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit())
                && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
        })
}

/// An operation id without the resource's name: `repos/list-for-org` in `repos`.
fn without_group(id: &str, resources: &[NamedResource]) -> String {
    let whole = words(id);
    let Some(group) = resources.last() else {
        return id.to_owned();
    };
    let group = words(&group.name.wire);
    match whole.strip_prefix(group.as_slice()) {
        Some(rest) if !rest.is_empty() => rest.join("_"),
        _ => id.to_owned(),
    }
}

/// An operation id without the path and method that some frameworks append:
/// `read_user_users__user_id__get` is `read_user`.
fn without_route(id: &str, path: &str, method: &str) -> String {
    let whole = words(id);
    let mut route = words(path);
    route.push(method.to_owned());
    match whole.strip_suffix(route.as_slice()) {
        Some(name) if !name.is_empty() && path.len() > 1 => name.join("_"),
        _ => id.to_owned(),
    }
}

/// A path as words: `users/{id}/keys` is "users by id keys".
fn route(path: &str) -> String {
    let mut text = String::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        let plain = segment.replace(['{', '}'], " ");
        if segment.starts_with('{') {
            text.push_str("by ");
        }
        text.push_str(plain.trim());
    }
    if text.is_empty() {
        "root".to_owned()
    } else {
        text
    }
}
