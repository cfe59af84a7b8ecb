//! Leaves the selected operations and what they reach.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use sdk_generator::config::Config;
use sdk_generator::selection::{Candidate, includes_all, includes_path, matches_path};
use sdk_model::{Omission, SpecPointer};
use sdk_openapi::diagnostics::{Diagnostic, Diagnostics, Location, nearest, sanitize};
use sdk_openapi::grammar::{METHODS, ObjectKind, X_WEBHOOKS, walk};
use sdk_openapi::path::Path;
use sdk_openapi::pointer::{decode, tokens};

/// The operations of a trimmed document.
#[derive(Debug, Default)]
pub(super) struct Trimmed {
    /// How many are left.
    pub(super) operations: usize,
    /// Those that an extension excludes.
    pub(super) excluded: Vec<Omission>,
}

impl Trimmed {
    /// Whether an operation is selected; it is counted, or listed as excluded.
    fn keeps(
        &mut self,
        config: &Config,
        method: &str,
        path: &str,
        operation: &Value,
        origin: &SpecPointer,
    ) -> bool {
        let candidate = Candidate {
            method,
            path,
            id: operation.get("operationId").and_then(Value::as_str),
            extension: &|key| operation.get(key),
        };
        if !candidate.is_included(config) {
            return false;
        }
        let Some(extension) = candidate.excluding(config) else {
            self.operations += 1;
            return true;
        };
        self.excluded.push(Omission {
            what: format!("{method} {path}"),
            reason: format!("marked `{}`", sanitize(extension)),
            origin: origin.clone(),
        });
        false
    }
}

/// Trims a tree.
pub(super) fn trim(tree: &mut Value, config: &Config, diagnostics: &mut Diagnostics) -> Trimmed {
    unmatched(tree, config, diagnostics);
    let operations = operations(tree, config);
    let reached = Reached::from(tree, diagnostics);
    let Value::Object(members) = tree else {
        return operations;
    };
    tags(members);
    if let Some(Value::Object(components)) = members.get_mut("components") {
        for (section, entries) in components.iter_mut() {
            let Value::Object(entries) = entries else {
                continue;
            };
            entries.retain(|name, _| {
                let root = Path::Below("/components");
                let section = Path::Key(&root, section);
                reached.keeps.contains(&Path::Key(&section, name).pointer())
            });
            // Upstream may list them in another order each time.
            entries.sort_keys();
        }
        components.sort_keys();
        components.retain(|_, entries| entries.as_object().is_some_and(|all| !all.is_empty()));
    }
    if members
        .get("components")
        .and_then(Value::as_object)
        .is_some_and(Map::is_empty)
    {
        members.shift_remove("components");
    }
    for section in ["$defs", "definitions"] {
        if let Some(Value::Object(entries)) = members.get_mut(section) {
            let root = Path::Root;
            let section = Path::Key(&root, section);
            entries.retain(|name, _| reached.keeps.contains(&Path::Key(&section, name).pointer()));
        }
    }
    operations
}

/// Reports what codegen.yaml selects and the document does not have.
fn unmatched(tree: &Value, config: &Config, diagnostics: &mut Diagnostics) {
    let empty = Map::new();
    let paths = tree
        .get("paths")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    for pattern in &config.include.paths {
        if !paths.keys().any(|path| matches_path(pattern, path)) {
            let message = format!("the document has no path `{}`", sanitize(pattern));
            let mut problem = Diagnostic::error(Location::None, message);
            let near = nearest(
                pattern.trim_end_matches('*'),
                paths.keys().map(String::as_str),
            );
            problem.help = near.map(|near| format!("did you mean `{}`?", sanitize(near)).into());
            diagnostics.push(problem);
        }
    }
    let operations = || {
        let items = paths.iter();
        let items = items.filter_map(|(path, item)| Some((path.as_str(), item.as_object()?)));
        items.flat_map(|(path, item)| {
            let others = item.get("additionalOperations").and_then(Value::as_object);
            let others = others.into_iter().flatten();
            let own = item
                .iter()
                .filter(|(key, _)| METHODS.contains(&key.as_str()));
            own.chain(others).map(move |(method, operation)| {
                let id = operation.get("operationId").and_then(Value::as_str);
                (method.to_ascii_uppercase(), path, id)
            })
        })
    };
    for wanted in &config.include.operations {
        let is_called = |(method, path, id): (String, &str, Option<&str>)| {
            let candidate = Candidate {
                method: &method,
                path,
                id,
                extension: &|_| None,
            };
            candidate.is_called(wanted)
        };
        if !operations().any(is_called) {
            let message = format!("the document has no operation `{}`", sanitize(wanted));
            let mut problem = Diagnostic::error(Location::None, message);
            let near = nearest(wanted, operations().filter_map(|(_, _, id)| id));
            problem.help = near.map(|near| format!("did you mean `{}`?", sanitize(near)).into());
            diagnostics.push(problem);
        }
    }
}

/// Leaves the selected operations.
fn operations(tree: &mut Value, config: &Config) -> Trimmed {
    let mut trimmed = Trimmed::default();
    let Value::Object(members) = tree else {
        return trimmed;
    };
    if !includes_all(config) {
        members.shift_remove("webhooks");
        members.shift_remove(X_WEBHOOKS);
    }
    let Some(Value::Object(paths)) = members.get_mut("paths") else {
        return trimmed;
    };
    paths.retain(|path, item| {
        if path.starts_with("x-") {
            return false;
        }
        let Value::Object(item) = item else {
            return true;
        };
        // A path item behind a `$ref` is kept or removed as a whole.
        if item.contains_key("$ref") {
            return includes_all(config) || includes_path(config, path);
        }
        let before = trimmed.operations;
        let pointer = SpecPointer::root().child("paths").child(path);
        item.retain(|key, value| match (key.as_str(), value) {
            (key, operation) if METHODS.contains(&key) => {
                let method = key.to_ascii_uppercase();
                trimmed.keeps(config, &method, path, operation, &pointer.child(key))
            }
            ("additionalOperations", Value::Object(operations)) => {
                let pointer = pointer.child("additionalOperations");
                operations.retain(|method, operation| {
                    trimmed.keeps(config, method, path, operation, &pointer.child(method))
                });
                !operations.is_empty()
            }
            _ => true,
        });
        trimmed.operations > before
    });
    trimmed
}

/// Leaves the tags that operations have.
fn tags(members: &mut Map<String, Value>) {
    members.shift_remove("x-tagGroups");
    let mut used: HashSet<String> = HashSet::new();
    for paths in ["paths", "webhooks", X_WEBHOOKS]
        .iter()
        .filter_map(|key| members.get(*key))
    {
        let items = paths
            .as_object()
            .into_iter()
            .flat_map(|paths| paths.values());
        for item in items.filter_map(Value::as_object) {
            let others = item.get("additionalOperations").and_then(Value::as_object);
            let others = others.into_iter().flat_map(|others| others.values());
            for operation in item.values().chain(others) {
                let tags = operation.get("tags").and_then(Value::as_array);
                let names = tags.into_iter().flatten().filter_map(Value::as_str);
                used.extend(names.map(str::to_owned));
            }
        }
    }
    parents(members, &mut used);
    if let Some(Value::Array(tags)) = members.get_mut("tags") {
        tags.retain(|tag| {
            tag.get("name")
                .and_then(Value::as_str)
                .is_some_and(|name| used.contains(name))
        });
        if tags.is_empty() {
            members.shift_remove("tags");
        }
    }
}

/// Adds the tags above those that operations have (OpenAPI 3.2).
fn parents(members: &Map<String, Value>, used: &mut HashSet<String>) {
    let declared = members.get("tags").and_then(Value::as_array);
    let parent_of: HashMap<&str, &str> = declared
        .into_iter()
        .flatten()
        .filter_map(|tag| Some((tag.get("name")?.as_str()?, tag.get("parent")?.as_str()?)))
        .collect();
    let mut waiting: Vec<String> = used.iter().cloned().collect();
    while let Some(tag) = waiting.pop() {
        let parent = parent_of.get(tag.as_str());
        if let Some(parent) = parent.filter(|parent| used.insert((**parent).to_owned())) {
            waiting.push((*parent).to_owned());
        }
    }
}

/// What the operations reach.
struct Reached {
    /// Pointers to components.
    keeps: HashSet<String>,
}

impl Reached {
    fn from(tree: &Value, diagnostics: &mut Diagnostics) -> Self {
        let mut reached = Self {
            keeps: HashSet::new(),
        };
        let mut open: Vec<(String, ObjectKind)> = Vec::new();
        for key in ["paths", "webhooks", X_WEBHOOKS, "security"] {
            let pointer = format!("/{key}");
            open.push((pointer, ObjectKind::Root.child(key)));
        }
        while let Some((pointer, kind)) = open.pop() {
            let Some(part) = tree.pointer(&pointer) else {
                continue;
            };
            walk(
                part,
                kind,
                Path::Below(&pointer),
                &mut |value, kind, path| {
                    for (target, kind) in targets(tree, value, kind) {
                        match component(&target) {
                            Some(component) if tree.pointer(&target).is_some() => {
                                if reached.keeps.insert(component.clone()) {
                                    let kind = match ObjectKind::at(&component) {
                                        ObjectKind::Data => kind,
                                        known => known,
                                    };
                                    open.push((component, kind));
                                }
                            }
                            // Within the paths, which may be gone.
                            None if tree.pointer(&target).is_some() => {}
                            _ => {
                                let message = format!(
                                    "`$ref` target `#{}` does not exist",
                                    sanitize(&target)
                                );
                                diagnostics.push(Diagnostic::error(path.origin(), message));
                            }
                        }
                    }
                },
            );
        }
        reached
    }
}

/// What one object refers to: pointers, and what they are taken for.
fn targets(tree: &Value, value: &Value, kind: ObjectKind) -> Vec<(String, ObjectKind)> {
    let pointer = |text: &str| {
        text.strip_prefix('#')
            .map(|text| decode(text).unwrap_or_default())
    };
    let mut all = Vec::new();
    if kind.is_referable()
        && let Some(target) = value.get("$ref").and_then(Value::as_str).and_then(pointer)
    {
        all.push((target, kind));
    }
    if kind == ObjectKind::Discriminator {
        let mapping = value.get("mapping").and_then(Value::as_object);
        for target in mapping
            .into_iter()
            .flat_map(|all| all.values())
            .filter_map(Value::as_str)
        {
            let schemas = Path::Below("/components/schemas");
            let target = pointer(target).unwrap_or_else(|| Path::Key(&schemas, target).pointer());
            if tree.pointer(&target).is_some() {
                all.push((target, ObjectKind::Schema));
            }
        }
    }
    if kind == ObjectKind::Security {
        for name in value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .flat_map(|one| one.keys())
        {
            let schemes = Path::Below("/components/securitySchemes");
            let target = Path::Key(&schemes, name).pointer();
            if tree.pointer(&target).is_some() {
                all.push((target, ObjectKind::SecurityScheme));
            }
        }
    }
    all
}

/// The component that a pointer refers to or into.
fn component(pointer: &str) -> Option<String> {
    let depth = match tokens(pointer).next()?.as_str() {
        "components" => 3,
        "$defs" | "definitions" => 2,
        _ => return None,
    };
    let end = pointer
        .match_indices('/')
        .nth(depth)
        .map_or(pointer.len(), |(at, _)| at);
    Some(pointer[..end].to_owned())
}
