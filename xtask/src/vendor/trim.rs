//! Leaves the selected operations and what they reach.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::select::{excluding, includes, matches, selects};
use sdk_generator::config::Config;
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

/// Tells what codegen.yaml selects and the document does not have.
fn unmatched(tree: &Value, config: &Config, diagnostics: &mut Diagnostics) {
    let empty = Map::new();
    let paths = tree
        .get("paths")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    for pattern in &config.include.paths {
        if !paths.keys().any(|path| matches(pattern, path)) {
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
    let ids = || {
        let items = paths.values().filter_map(Value::as_object);
        let operations = items.flat_map(|item| item.values());
        operations.filter_map(|operation| operation.get("operationId")?.as_str())
    };
    for wanted in &config.include.operations {
        if !ids().any(|id| id == wanted) {
            let message = format!("the document has no operation `{}`", sanitize(wanted));
            let mut problem = Diagnostic::error(Location::None, message);
            let near = nearest(wanted, ids());
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
    let include = &config.include;
    if !(include.paths.is_empty() && include.operations.is_empty()) {
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
        // A path item elsewhere is kept or dropped as a whole.
        if item.contains_key("$ref") {
            return include.paths.iter().any(|pattern| matches(pattern, path))
                || (include.paths.is_empty() && include.operations.is_empty());
        }
        let before = trimmed.operations;
        item.retain(|key, operation| {
            if !METHODS.contains(&key.as_str()) {
                return true;
            }
            let keep = selects(config, path, operation);
            trimmed.operations += usize::from(keep);
            let extension = excluding(config, operation);
            if let Some(extension) = extension.filter(|_| includes(config, path, operation)) {
                trimmed.excluded.push(Omission {
                    what: format!("{} {path}", key.to_uppercase()),
                    reason: format!("marked `{}`", sanitize(extension)),
                    origin: SpecPointer::root().child("paths").child(path).child(key),
                });
            }
            keep
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
        for operation in items
            .filter_map(Value::as_object)
            .flat_map(|item| item.values())
        {
            let tags = operation.get("tags").and_then(Value::as_array);
            used.extend(
                tags.into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .map(str::to_owned),
            );
        }
    }
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
