//! `$ref`s: each leads to something, of the right kind, in the end.

use foldhash::HashSet;
use serde_json::Value;

use crate::Node;
use crate::SpecPointer;
use crate::diagnostics::{Diagnostic, Diagnostics, sanitize};
use crate::grammar::{Kind, walk};
use crate::path::Path;
use crate::references::{Ends, dangling};

/// Returns pointers to the references that lead to nothing that fits.
pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut bad = Vec::new();
    // Most references share a few targets.
    let mut good: HashSet<(&str, Kind)> = HashSet::default();
    let ends = Ends::default();
    walk(tree, Kind::Root, Path::Root, &mut |value, kind, path| {
        if kind == Kind::Discriminator {
            mapping(tree, value, path, diagnostics);
        }
        if !kind.is_referable() {
            return;
        }
        let Some(target) = value.get("$ref").and_then(Value::as_str) else {
            return;
        };
        // Others were told where anchors were looked up.
        if !target.starts_with('#') || good.contains(&(target, kind)) {
            return;
        }
        let node = Node {
            value,
            origin: path.origin(),
        };
        let problem = match ends.resolve(tree, &node) {
            Err(problem) => Some(problem),
            Ok(_) => mismatch(target, kind)
                .map(|message| Diagnostic::error(node.origin.child("$ref"), message)),
        };
        match problem {
            Some(problem) => {
                diagnostics.recoverable(
                    problem
                        .repair(lost(kind))
                        .omits(format!("what `{}` describes", sanitize(target))),
                );
                bad.push(path.pointer());
            }
            None => {
                good.insert((target, kind));
            }
        }
    });
    bad
}

/// What becomes of a place whose reference leads to nothing.
fn lost(kind: Kind) -> String {
    match kind {
        Kind::Schema => "any value is taken here".to_owned(),
        Kind::Response => "the answer is taken as empty".to_owned(),
        kind => format!("the {} is left out", kind.title()),
    }
}

/// A target that is of another kind than its reference.
fn mismatch(target: &str, kind: Kind) -> Option<String> {
    let pointer = target.strip_prefix('#')?;
    let usual = kind.section().is_some_and(|section| {
        pointer
            .strip_prefix("/components/")
            .is_some_and(|rest| rest.starts_with(section))
    });
    if usual {
        return None;
    }
    let found = Kind::at(pointer);
    if found == kind || found == Kind::Data {
        return None;
    }
    let target = sanitize(target);
    Some(format!(
        "`$ref` must lead to a {}, but `{target}` is a {}",
        kind.title(),
        found.title()
    ))
}

fn mapping(tree: &Value, value: &Value, path: &Path<'_>, diagnostics: &mut Diagnostics) {
    for (key, target) in value
        .get("mapping")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let Some(target) = target.as_str() else {
            continue;
        };
        let pointer = target.strip_prefix('#');
        if pointer.is_none_or(|pointer| tree.pointer(pointer).is_none()) {
            let place: SpecPointer = path.origin().child("mapping").child(key);
            let mut problem = dangling(tree, &place, target);
            problem.location = place.into();
            problem.message = format!(
                "`mapping` leads nowhere: there is no `{}`",
                sanitize(target)
            );
            diagnostics.recoverable(
                problem
                    .repair("the value is not told apart")
                    .omits(format!("the alternative `{}`", sanitize(key))),
            );
        }
    }
}
