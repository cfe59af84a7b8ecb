//! The references that a part of a document holds.

use serde_json::Value;

use crate::grammar::{Kind, walk};
use crate::path::Path;

/// A `$ref` or an entry of a discriminator's mapping.
pub(super) struct Reference {
    /// The pointer to the text.
    pub(super) pointer: String,
    pub(super) target: String,
    pub(super) kind: Kind,
}

/// All references of a part that stands at `pointer`.
pub(super) fn references(part: &Value, kind: Kind, pointer: &str) -> Vec<Reference> {
    let mut all = Vec::new();
    let mut add = |path: &Path<'_>, target: &str, kind: Kind| {
        all.push(Reference {
            pointer: path.pointer(),
            target: target.to_owned(),
            kind,
        });
    };
    let root = Path::Below(pointer);
    walk(part, kind, root, &mut |value, kind, path| {
        let target = value.get("$ref").and_then(Value::as_str);
        if let Some(target) = target.filter(|_| kind.is_referable()) {
            add(&Path::Key(path, "$ref"), target, kind);
        }
        if kind == Kind::Discriminator {
            let mapping = value.get("mapping").and_then(Value::as_object);
            for (key, target) in mapping.into_iter().flatten() {
                // A bare name is a component's.
                if let Some(target) = target.as_str().filter(|text| text.contains(['/', '#'])) {
                    let mapping = Path::Key(path, "mapping");
                    add(&Path::Key(&mapping, key), target, Kind::Schema);
                }
            }
        }
    });
    all
}

/// Whether a reference is to another file.
pub(super) fn is_file(target: &str) -> bool {
    !target.starts_with('#') && !target.contains("://") && !target.starts_with("urn:")
}
