//! `$ref`s and mappings: each has a target of the right kind.

use foldhash::HashSet;
use serde_json::Value;

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, sanitize};
use crate::grammar::{ObjectKind, walk};
use crate::node::Node;
use crate::path::Path;
use crate::refs::{RefResolver, missing};

/// Returns pointers to the references without a target that fits.
pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut bad = Vec::new();
    // Most references share a few targets.
    let mut good: HashSet<(&str, ObjectKind)> = HashSet::default();
    let refs = RefResolver::default();
    walk(
        tree,
        ObjectKind::Root,
        Path::Root,
        &mut |value, kind, path| {
            if kind == ObjectKind::Discriminator {
                mapping(tree, value, path, diagnostics);
            }
            if !kind.is_referable() {
                return;
            }
            let Some(target) = value.get("$ref").and_then(Value::as_str) else {
                return;
            };
            if good.contains(&(target, kind)) {
                return;
            }
            let node = Node {
                value,
                origin: path.origin(),
            };
            let (error, problem) = match (refs.resolve(tree, &node), mismatch(target, kind)) {
                (Err(problem), _) => (ErrorKind::UnresolvedRef, problem),
                (Ok(_), Some(message)) => {
                    let problem = Diagnostic::error(node.origin.child("$ref"), message);
                    (ErrorKind::RefKind, problem)
                }
                (Ok(_), None) => {
                    good.insert((target, kind));
                    return;
                }
            };
            let omitted = format!("the {} `{}`", kind.title(), sanitize(target));
            diagnostics.recoverable(error, problem.repair(repair(kind)).omits(omitted));
            bad.push(path.pointer());
        },
    );
    bad
}

/// How generating goes on without the target of a reference.
fn repair(kind: ObjectKind) -> String {
    match kind {
        ObjectKind::Schema => "accepting any value".to_owned(),
        ObjectKind::Response => "treating the response as empty".to_owned(),
        kind => format!("ignoring the {}", kind.title()),
    }
}

/// A target that is of another kind than its reference.
fn mismatch(target: &str, kind: ObjectKind) -> Option<String> {
    let pointer = target.strip_prefix('#')?;
    let section = kind.section().and_then(|section| {
        let rest = pointer.strip_prefix("/components/")?;
        rest.strip_prefix(section)
    });
    if section.is_some() {
        return None;
    }
    let found = ObjectKind::at(pointer);
    if found == kind || found == ObjectKind::Data {
        return None;
    }
    let (expected, found, target) = (kind.title(), found.title(), sanitize(target));
    Some(format!(
        "`$ref` must refer to a {expected}, but `{target}` is a {found}"
    ))
}

fn mapping(tree: &Value, value: &Value, path: &Path<'_>, diagnostics: &mut Diagnostics) {
    let mapping = value.get("mapping").and_then(Value::as_object);
    for (key, target) in mapping.into_iter().flatten() {
        let Some(target) = target.as_str() else {
            continue;
        };
        let pointer = target.strip_prefix('#');
        if pointer.is_none_or(|pointer| tree.pointer(pointer).is_none()) {
            let origin = path.origin().child("mapping").child(key);
            let mut problem = missing(tree, &origin, target);
            problem.location = origin.into();
            problem.message = format!("`mapping` target `{}` does not exist", sanitize(target));
            let problem = problem
                .repair("ignoring this value of the discriminator")
                .omits(format!("the alternative `{}`", sanitize(key)));
            diagnostics.recoverable(ErrorKind::UnresolvedRef, problem);
        }
    }
}
