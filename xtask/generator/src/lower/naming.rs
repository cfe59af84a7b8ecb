//! Which resource an operation belongs to, and what its method is called.

use std::collections::BTreeMap;

use serde_json::Value;

use super::body::{self, BodyChoice};
use crate::config::Config;
use sdk_model::names::{Claim, Kind, Scope, snake, words};
use sdk_model::{Ident, ModulePath, Name};
use sdk_openapi::path_template::split_key;
use sdk_openapi::{Document, OperationView};

/// Methods that every client has already.
const CLIENT: [&str; 8] = [
    "builder", "clone", "core", "from_env", "new", "request", "into", "from",
];

/// Methods that every resource has already, or that look like those of well-known traits.
const RESOURCE: [&str; 9] = [
    "as_ref", "borrow", "clone", "cmp", "deref", "eq", "hash", "index", "new",
];

/// An operation with its place in the SDK.
pub(super) struct Placed<'v> {
    pub(super) view: &'v OperationView<'v>,
    /// The resources that lead to it, the outermost first.
    pub(super) resources: Vec<Placement>,
    /// The method.
    pub(super) name: Name,
    /// The builder's type.
    pub(super) builder: Ident,
    /// The module of its inline types.
    pub(super) module: ModulePath,
    /// What its inline types' names begin with.
    pub(super) prefix: Ident,
    /// The raw name, before a method suffix: what a GET twin shares.
    pub(super) called: Option<String>,
    /// The body that the method sends.
    pub(super) body: BodyChoice,
}

/// A resource on the way to an operation.
#[derive(Debug, Clone)]
pub(super) struct Placement {
    pub(super) name: Name,
    pub(super) type_name: Ident,
}

/// A resource while names are handed out.
#[derive(Default)]
struct Group<'v> {
    wire: String,
    children: BTreeMap<String, Group<'v>>,
    operations: Vec<&'v OperationView<'v>>,
}

/// Places all operations.
pub(super) fn place<'v>(
    document: &'v Document,
    views: &'v [OperationView<'v>],
    config: &Config,
) -> Vec<Placed<'v>> {
    let mut root = Group::default();
    for view in views {
        let mut group = &mut root;
        for wire in group_of(view, config) {
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
    let scope = Scope::new(Kind::Module).reserving(&CLIENT, "resource");
    let mut namer = Namer {
        document,
        config,
        placed: Vec::new(),
    };
    namer.group(&root, &[], &ModulePath(vec![resources]), scope);
    namer.placed
}

/// Places the operations of groups.
struct Namer<'v, 'c> {
    document: &'v Document,
    config: &'c Config,
    placed: Vec<Placed<'v>>,
}

impl<'v> Namer<'v, '_> {
    fn group(
        &mut self,
        group: &Group<'v>,
        above: &[Placement],
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
            resources.push(Placement {
                name: Name {
                    wire: child.wire.clone(),
                    ident: ident.clone(),
                },
                // A builder with many required values has a struct beside it that takes them.
                type_name: Scope::new(Kind::Type)
                    .reserving(&["New"], "resource")
                    .reserving_ending("Required", "resource")
                    .claim_wire(&child.wire),
            });
            let mut path = module.clone();
            path.0.push(ident.clone());
            self.group(child, &resources, &path, Scope::new(Kind::Module));
        }
        let mut scopes = MethodScopes {
            methods: Scope::new(Kind::Method).reserving(&RESOURCE, "call"),
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
            let draft = Draft::of(view, above, self.config);
            (*view, BodyChoice::Default, draft)
        });
        let defaults: Vec<_> = defaults.collect();
        // After the default methods, so that they rename none of those.
        let others = defaults.iter().flat_map(|(view, _, draft)| {
            let methods = body::own_methods(self.document, view).into_iter();
            methods.map(move |(choice, word)| (*view, choice, draft.with_word(&word)))
        });
        let others: Vec<_> = others.collect();
        for drafts in [defaults, others] {
            self.methods(drafts, above, module, &mut scopes);
        }
    }

    /// Names methods.
    fn methods(
        &mut self,
        drafts: Vec<(&'v OperationView<'v>, BodyChoice, Draft)>,
        resources: &[Placement],
        module: &ModulePath,
        scopes: &mut MethodScopes,
    ) {
        let aparts: Vec<Vec<&str>> = drafts
            .iter()
            .map(|(_, _, draft)| draft.apart.iter().map(String::as_str).collect())
            .collect();
        let claims: Vec<Claim<'_>> = drafts
            .iter()
            .zip(&aparts)
            .map(|((_, _, draft), apart)| Claim {
                suffix: &draft.suffix,
                apart,
                ..Claim::of(&draft.wire)
            })
            .collect();
        let idents = scopes.methods.claim_all(&claims);
        for ((view, body, draft), ident) in drafts.into_iter().zip(idents) {
            let plain = ident.plain().to_owned();
            let mut path = module.clone();
            path.0.push(scopes.modules.claim_wire(&plain));
            self.placed.push(Placed {
                view,
                body,
                resources: resources.to_vec(),
                builder: scopes.types.claim(Claim {
                    suffix: "Request",
                    ..Claim::of(&plain)
                }),
                module: path,
                prefix: Scope::new(Kind::Variant).claim_wire(&plain),
                called: draft.called,
                name: Name {
                    wire: draft.wire,
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

/// A method's name to be.
struct Draft {
    wire: String,
    suffix: String,
    /// Words that tell it apart where another operation of the group has the same name.
    apart: Vec<String>,
    called: Option<String>,
}

impl Draft {
    /// The same method with another body.
    fn with_word(&self, word: &str) -> Self {
        Self {
            wire: format!("{} {word}", self.wire),
            suffix: self.suffix.clone(),
            apart: self.apart.clone(),
            called: self.called.clone(),
        }
    }

    fn of(view: &OperationView<'_>, resources: &[Placement], config: &Config) -> Self {
        let called = raw_name(view, config);
        let method = view.method.as_str().to_ascii_lowercase();
        let route = format!("{method} {}", route(view.path));
        let wire = match (&called, view.id) {
            (Some(called), _) => called.clone(),
            (None, Some(id)) => without_group(&without_route(id, view.path, &method), resources),
            (None, None) => route.clone(),
        };
        Self {
            wire,
            suffix: config
                .naming
                .method_suffix
                .get(&method)
                .cloned()
                .unwrap_or_default(),
            apart: vec![format!("via {method}"), format!("by {route}")],
            called,
        }
    }
}

/// The name of an operation's method by its extensions.
pub(super) fn raw_name(view: &OperationView<'_>, config: &Config) -> Option<String> {
    named(view, &config.naming.method)
}

/// The text of the first extension that is there.
fn named(view: &OperationView<'_>, keys: &[String]) -> Option<String> {
    keys.iter()
        .filter_map(|key| view.extension(key)?.as_str())
        .map(str::trim)
        .find(|name| !name.is_empty())
        .map(str::to_owned)
}

/// The groups that lead to an operation.
fn group_of(view: &OperationView<'_>, config: &Config) -> Vec<String> {
    for key in &config.naming.group {
        let groups: Vec<String> = match view.extension(key) {
            Some(Value::String(name)) => name.split('.').map(str::to_owned).collect(),
            Some(Value::Array(names)) => names
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            _ => continue,
        };
        let groups: Vec<String> = groups
            .into_iter()
            .filter(|name| !name.trim().is_empty())
            .collect();
        if !groups.is_empty() {
            return groups;
        }
    }
    if let Some(tag) = view.tags.iter().find(|tag| !tag.trim().is_empty()) {
        return vec![(*tag).to_owned()];
    }
    let (path, ..) = split_key(view.path);
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let telling = segments
        .clone()
        .find(|segment| !segment.contains('{') && !is_prefix(segment))
        .or_else(|| segments.clone().find(|segment| !segment.contains('{')));
    vec![telling.unwrap_or("root").to_owned()]
}

/// Whether a path segment says nothing about what the path is for: `api`, `v1`.
fn is_prefix(segment: &str) -> bool {
    let version = segment.strip_prefix(['v', 'V']);
    segment.eq_ignore_ascii_case("api")
        || segment.eq_ignore_ascii_case("rest")
        || version.is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit())
                && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
        })
}

/// An operation id without the group's name before it: `repos/list-for-org` in `repos`.
fn without_group(id: &str, resources: &[Placement]) -> String {
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

/// An operation id without its path and method behind it, as some frameworks write them:
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
