//! One form for all versions: what 3.1 and 3.2 write differently becomes what 3.0 means by it,
//! and what breaks the standard but has one obvious meaning is repaired and told.
//!
//! Nothing moves: a list keeps its elements and a member its place, so that a place in the
//! normalized tree is still the place in the file.

mod keywords;
mod parts;
mod schema;
mod security;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::grammar::Kind;
use super::path::Path;
use super::references::fragment;
use crate::diagnostics::{Diagnostic, Diagnostics, sanitize};

/// Normalizes a whole tree in place. Of the `lost` places it has been told that nothing is known.
pub(super) fn normalize(
    tree: &mut Value,
    version: &str,
    lost: HashSet<String>,
    diagnostics: &mut Diagnostics,
) {
    let mut normalizer = Normalizer {
        modern: !version.starts_with("3.0"),
        lost,
        diagnostics,
        anchors: HashMap::new(),
        by_anchor: Vec::new(),
        elsewhere: Vec::new(),
    };
    normalizer.node(tree, Kind::Root, Path::Root);
    normalizer.resolve_anchors(tree);
    normalizer.visit_elsewhere(tree);
}

struct Normalizer<'p> {
    /// Whether the document is of 3.1 or later.
    modern: bool,
    /// Pointers to places whose parts cannot be missed.
    lost: HashSet<String>,
    diagnostics: &'p mut Diagnostics,
    /// By `#anchor` or `$id`, the pointer to the schema.
    anchors: HashMap<String, String>,
    /// Pointers to schemas whose `$ref` is an anchor or an `$id`.
    by_anchor: Vec<String>,
    /// What `$ref`s lead to outside the places that the standard knows.
    elsewhere: Vec<(String, Kind)>,
}

impl Normalizer<'_> {
    fn node(&mut self, value: &mut Value, kind: Kind, path: Path<'_>) {
        if kind == Kind::Schema && !self.schema(value, &path) {
            return;
        }
        if kind.is_referable() && !value.is_object() && kind != Kind::Schema {
            let message = format!("a {} must be an object", kind.title());
            let what = match path {
                Path::Key(_, key) => format!("the {} `{}`", kind.title(), sanitize(key)),
                _ => format!("a {}", kind.title()),
            };
            self.diagnostics.recoverable(
                Diagnostic::error(path.origin(), message)
                    .repair("it is left out")
                    .omits(what),
            );
            *value = Value::Object(serde_json::Map::new());
            return;
        }
        if kind == Kind::Server && !value.is_object() {
            let message = "a server must be an object";
            self.loss(&path, message, "it is read as an empty one", "a server");
            *value = Value::Object(serde_json::Map::new());
        }
        match value {
            Value::Object(members) => {
                self.keywords(members, kind, &path);
                self.part(members, kind, &path);
                if kind.is_referable() {
                    self.reference(members, kind, &path);
                }
                for (key, member) in members.iter_mut() {
                    let child = kind.child(key);
                    let flag = kind == Kind::Schema && schema::is_flag(key, member);
                    if child != Kind::Data && !flag {
                        self.node(member, child, Path::Key(&path, key));
                    }
                }
            }
            Value::Array(elements) => {
                let child = kind.entry();
                if child != Kind::Data {
                    for (index, element) in elements.iter_mut().enumerate() {
                        self.node(element, child, Path::Index(&path, index));
                    }
                }
            }
            _ => {}
        }
    }

    /// A breach of the standard that is repaired and loses nothing.
    fn recoverable(&mut self, path: &Path<'_>, message: impl Into<String>, repair: &str) {
        self.diagnostics
            .recoverable(Diagnostic::error(path.origin(), message).repair(repair));
    }

    /// A breach of the standard whose repair takes something from the caller.
    fn loss(
        &mut self,
        path: &Path<'_>,
        message: impl Into<String>,
        repair: &str,
        omits: impl Into<String>,
    ) {
        let problem = Diagnostic::error(path.origin(), message);
        self.diagnostics
            .recoverable(problem.repair(repair).omits(omits));
    }

    /// Makes a `$ref` a sanitize pointer and notes what it leads to.
    fn reference(
        &mut self,
        members: &mut serde_json::Map<String, Value>,
        kind: Kind,
        path: &Path<'_>,
    ) {
        let Some(reference) = members.get_mut("$ref") else {
            return;
        };
        let Some(text) = reference.as_str() else {
            let place = Path::Key(path, "$ref");
            let message = "`$ref` must be text";
            self.loss(
                &place,
                message,
                "it is ignored",
                "what the `$ref` describes",
            );
            members.shift_remove("$ref");
            return;
        };
        let Some(pointer) = text.strip_prefix('#') else {
            self.by_anchor.push(path.pointer());
            return;
        };
        if !pointer.is_empty() && !pointer.starts_with('/') {
            self.by_anchor.push(path.pointer());
            return;
        }
        if pointer.contains('%')
            && let Some(decoded) = fragment(pointer)
        {
            self.note_target(&decoded, kind);
            *reference = Value::String(format!("#{decoded}"));
            return;
        }
        let pointer = pointer.to_owned();
        self.note_target(&pointer, kind);
    }

    /// Notes a target that the walk does not come by.
    fn note_target(&mut self, pointer: &str, kind: Kind) {
        let usual = kind.section().and_then(|section| {
            pointer
                .strip_prefix("/components/")?
                .strip_prefix(section)?
                .strip_prefix('/')
        });
        if usual.is_some_and(|name| !name.contains('/')) || pointer.is_empty() {
            return;
        }
        if Kind::at(pointer) == Kind::Data {
            self.elsewhere.push((pointer.to_owned(), kind));
        }
    }

    /// Makes pointers of references to anchors and ids.
    fn resolve_anchors(&mut self, tree: &mut Value) {
        for place in std::mem::take(&mut self.by_anchor) {
            let Some(node) = tree.pointer_mut(&place) else {
                continue;
            };
            let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
                continue;
            };
            if let Some(target) = self.anchors.get(reference) {
                node["$ref"] = Value::String(format!("#{target}"));
                continue;
            }
            let message = if reference.contains("://") {
                format!(
                    "`{}` cannot be used: nothing is fetched",
                    sanitize(reference)
                )
            } else {
                format!(
                    "`$ref` leads nowhere: there is no `{}`",
                    sanitize(reference)
                )
            };
            let help = "a reference is `#/…` in this document or a relative file in its folder";
            let place = Path::Below(&place);
            self.diagnostics.recoverable(
                Diagnostic::error(Path::Key(&place, "$ref").origin(), message)
                    .help(help)
                    .repair("the place is read as if nothing stood there")
                    .omits(format!("what `{}` describes", sanitize(reference))),
            );
            *node = Value::Object(serde_json::Map::new());
        }
    }

    /// Normalizes what `$ref`s lead to outside the places that the standard knows, as what the
    /// reference takes it for.
    fn visit_elsewhere(&mut self, tree: &mut Value) {
        let mut seen = HashSet::new();
        while let Some((pointer, kind)) = self.elsewhere.pop() {
            if !seen.insert(pointer.clone()) {
                continue;
            }
            if let Some(value) = tree.pointer_mut(&pointer) {
                self.node(value, kind, Path::Below(&pointer));
            }
            self.resolve_anchors(tree);
        }
    }
}

#[cfg(test)]
mod tests;
