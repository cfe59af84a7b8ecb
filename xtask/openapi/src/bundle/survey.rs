//! The references of a part of a document.

use serde_json::Value;

use super::Target;
use crate::grammar::{ObjectKind, walk};
use crate::path::Path;

/// How a reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `$ref` where the standard allows one.
    Ref,
    /// `$dynamicRef`
    Dynamic,
    /// `$recursiveRef`
    Recursive,
    /// A schema of a discriminator's mapping.
    Mapping,
    /// `$ref` where the standard allows none: its target replaces it.
    Misplaced,
}

/// A reference, and the object that holds it.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    /// The pointer to the object in the bundled document, or in its file.
    pub(super) holder: String,
    /// The pointer to the text, below the holder: escaped tokens, each with its slash.
    pub(super) below: String,
    /// Where the object is written.
    pub(super) at: Target,
    pub(super) text: String,
    /// The kind of the target.
    pub(super) kind: ObjectKind,
    pub(super) form: Form,
}

impl Reference {
    /// The pointer to the text.
    pub(super) fn pointer(&self) -> String {
        format!("{}{}", self.holder, self.below)
    }

    /// Whether this is a schema's name in a discriminator's mapping.
    pub(super) fn is_bare_name(&self) -> bool {
        self.form == Form::Mapping && !self.text.contains(['#', '/'])
    }

    /// Whether this is a JSON pointer into the file that holds it.
    pub(super) fn is_pointer(&self) -> bool {
        let fragment = self.text.strip_prefix('#');
        fragment.is_some_and(|fragment| fragment.is_empty() || fragment.starts_with('/'))
    }
}

/// All references of a part at `pointer`. `locate` returns where a pointer's value is written.
pub(super) fn references(
    part: &Value,
    kind: ObjectKind,
    pointer: &str,
    locate: &dyn Fn(&str) -> Target,
) -> Vec<Reference> {
    let mut all = Vec::new();
    walk(
        part,
        kind,
        Path::Below(pointer),
        &mut |value, kind, path| {
            let Some(members) = value.as_object() else {
                return;
            };
            let mut add = |below: String, text: &str, kind: ObjectKind, form: Form| {
                let holder = path.pointer();
                // A reference in place of an object may have come from another file by itself.
                let mut at = locate(&format!("{holder}{below}"));
                at.inside
                    .truncate(at.inside.len().saturating_sub(below.len()));
                let text = text.to_owned();
                all.push(Reference {
                    holder,
                    below,
                    at,
                    text,
                    kind,
                    form,
                });
            };
            let text = |key: &str| members.get(key).and_then(Value::as_str);
            if let Some(target) = text("$ref") {
                if is_misplaced(kind, members) {
                    add("/$ref".to_owned(), target, kind, Form::Misplaced);
                } else if kind.is_referable() {
                    add("/$ref".to_owned(), target, kind, Form::Ref);
                }
            }
            match kind {
                ObjectKind::Schema => {
                    for (key, form) in [
                        ("$dynamicRef", Form::Dynamic),
                        ("$recursiveRef", Form::Recursive),
                    ] {
                        if let Some(target) = text(key) {
                            add(format!("/{key}"), target, kind, form);
                        }
                    }
                }
                ObjectKind::Discriminator => {
                    if let Some(target) = text("defaultMapping") {
                        add(
                            "/defaultMapping".to_owned(),
                            target,
                            ObjectKind::Schema,
                            Form::Mapping,
                        );
                    }
                    let mapping = members.get("mapping").and_then(Value::as_object);
                    for (key, target) in mapping.into_iter().flatten() {
                        if let Some(target) = target.as_str() {
                            let below = Path::Below("/mapping");
                            let below = Path::Key(&below, key).pointer();
                            add(below, target, ObjectKind::Schema, Form::Mapping);
                        }
                    }
                }
                _ => {}
            }
        },
    );
    all
}

/// Whether an object's `$ref` is one that the standard does not know, or that its siblings go
/// beyond: a path item's operations apply in addition to those of its target.
pub(super) fn is_misplaced(kind: ObjectKind, members: &serde_json::Map<String, Value>) -> bool {
    match kind {
        ObjectKind::PathItem => members.keys().any(|key| {
            !matches!(key.as_str(), "$ref" | "summary" | "description") && !key.starts_with("x-")
        }),
        ObjectKind::Root | ObjectKind::Data | ObjectKind::Discriminator | ObjectKind::Xml => false,
        kind => !kind.is_referable(),
    }
}
