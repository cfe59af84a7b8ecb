//! One form for all versions: the syntax of 3.1 and 3.2 becomes that of 3.0, and what breaks the
//! standard but has one meaning is repaired and reported.
//!
//! Nothing moves: an array keeps its elements and an object its members, so that a pointer into the
//! normalized tree is still one into the file.

mod conditionals;
mod keywords;
mod objects;
mod schema;
mod security;

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, sanitize};
use crate::grammar::ObjectKind;
use crate::path::Path;
use crate::pointer::decode;

/// Normalizes a whole tree in place. Of the objects at the `unknown` pointers it has been reported
/// that nothing is known.
pub(crate) fn normalize(
    tree: &mut Value,
    version: &str,
    unknown: HashSet<String>,
    diagnostics: &mut Diagnostics,
) {
    let mut normalizer = Normalizer {
        is_31_or_later: !version.starts_with("3.0"),
        is_32_or_later: !version.starts_with("3.0") && !version.starts_with("3.1"),
        unknown,
        diagnostics,
        unusual_targets: Vec::new(),
    };
    normalizer.node(tree, ObjectKind::Root, Path::Root);
    normalizer.visit_unusual_targets(tree);
}

struct Normalizer<'p> {
    is_31_or_later: bool,
    is_32_or_later: bool,
    /// Pointers to objects whose members cannot be missing.
    unknown: HashSet<String>,
    diagnostics: &'p mut Diagnostics,
    /// Targets of `$ref`s outside of the locations that the standard has.
    unusual_targets: Vec<(String, ObjectKind)>,
}

impl Normalizer<'_> {
    fn node(&mut self, value: &mut Value, kind: ObjectKind, path: Path<'_>) {
        if kind == ObjectKind::Schema && !self.schema(value, &path) {
            return;
        }
        if !self.object(value, kind, &path) {
            return;
        }
        match value {
            Value::Object(members) => {
                self.keywords(members, kind, &path);
                self.fields(members, kind, &path);
                if kind.is_referable() {
                    self.reference(members, kind, &path);
                }
                for (key, member) in members.iter_mut() {
                    let child = kind.child(key);
                    let is_flag = kind == ObjectKind::Schema && schema::is_flag(key, member);
                    if child != ObjectKind::Data && !is_flag {
                        self.node(member, child, Path::Key(&path, key));
                    }
                }
            }
            Value::Array(elements) => {
                let child = kind.entry();
                if child != ObjectKind::Data {
                    for (index, element) in elements.iter_mut().enumerate() {
                        self.node(element, child, Path::Index(&path, index));
                    }
                }
            }
            _ => {}
        }
    }

    /// Replaces a value that must be an object. False where nothing of it remains.
    fn object(&mut self, value: &mut Value, kind: ObjectKind, path: &Path<'_>) -> bool {
        let must_be = kind.is_referable() && kind != ObjectKind::Schema;
        if value.is_object() || !(must_be || kind == ObjectKind::Server) {
            return true;
        }
        let title = kind.title();
        let what = match path {
            Path::Key(_, key) => format!("the {title} `{}`", sanitize(key)),
            _ => format!("a {title}"),
        };
        let message = format!("a {title} must be an object");
        *value = Value::Object(Map::new());
        if kind == ObjectKind::Server {
            let repair = "treating it as empty";
            self.omission(ErrorKind::KeywordType, path, message, repair, what);
            return true;
        }
        self.omission(ErrorKind::KeywordType, path, message, "ignoring it", what);
        false
    }

    /// Reports an error whose repair loses nothing.
    fn report(
        &mut self,
        kind: ErrorKind,
        path: &Path<'_>,
        message: impl Into<String>,
        repair: impl Into<String>,
    ) {
        let problem = Diagnostic::error(path.origin(), message);
        self.diagnostics.recoverable(kind, problem.repair(repair));
    }

    /// Reports an error whose repair omits something that callers look for.
    fn omission(
        &mut self,
        kind: ErrorKind,
        path: &Path<'_>,
        message: impl Into<String>,
        repair: impl Into<String>,
        omits: impl Into<String>,
    ) {
        let problem = Diagnostic::error(path.origin(), message);
        let problem = problem.repair(repair).omits(omits);
        self.diagnostics.recoverable(kind, problem);
    }

    /// Decodes a `$ref`, and notes its target.
    fn reference(&mut self, members: &mut Map<String, Value>, kind: ObjectKind, path: &Path<'_>) {
        let Some(reference) = members.get_mut("$ref") else {
            return;
        };
        let location = Path::Key(path, "$ref");
        let Some(text) = reference.as_str() else {
            let message = "`$ref` must be text";
            let omitted = "the target of a `$ref`";
            self.omission(
                ErrorKind::KeywordType,
                &location,
                message,
                "ignoring it",
                omitted,
            );
            members.shift_remove("$ref");
            return;
        };
        let Some(pointer) = text.strip_prefix('#') else {
            // Where nothing is to be bundled, no other file is known.
            let text = sanitize(text);
            let message = format!("`$ref` target `{text}` does not exist");
            let (repair, omitted) = ("treating it as empty", format!("`{text}`"));
            self.omission(
                ErrorKind::UnresolvedRef,
                &location,
                message,
                repair,
                omitted,
            );
            members.shift_remove("$ref");
            return;
        };
        let decoded = decode(pointer).filter(|decoded| decoded != pointer);
        let target = decoded.unwrap_or_else(|| pointer.to_owned());
        if target.len() != pointer.len() {
            *reference = Value::String(format!("#{target}"));
        }
        self.note_target(&target, kind);
    }

    /// Notes a target that the walk does not reach.
    fn note_target(&mut self, pointer: &str, kind: ObjectKind) {
        let usual = kind.section().and_then(|section| {
            pointer
                .strip_prefix("/components/")?
                .strip_prefix(section)?
                .strip_prefix('/')
        });
        if usual.is_some_and(|name| !name.contains('/')) || pointer.is_empty() {
            return;
        }
        if ObjectKind::at(pointer) == ObjectKind::Data {
            self.unusual_targets.push((pointer.to_owned(), kind));
        }
    }

    /// Normalizes targets outside of the locations that the standard has, as the kind of object
    /// that their reference expects.
    fn visit_unusual_targets(&mut self, tree: &mut Value) {
        let mut seen = HashSet::new();
        while let Some((pointer, kind)) = self.unusual_targets.pop() {
            if !seen.insert(pointer.clone()) {
                continue;
            }
            if let Some(value) = tree.pointer_mut(&pointer) {
                self.node(value, kind, Path::Below(&pointer));
            }
        }
    }
}

#[cfg(test)]
mod tests;
