//! Schemas that contain themselves by `allOf`, or are their own alternatives.

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Diagnostics, sanitize};
use crate::path::Path;

/// Returns pointers to the members that lead back to where they are.
pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut circles = containing_themselves(tree, &["allOf"], diagnostics);
    circles.extend(containing_themselves(
        tree,
        &["oneOf", "anyOf"],
        diagnostics,
    ));
    circles
}

/// A member of `allOf` that is a reference: the pointer to it, and where it leads.
type Edge = (String, String);

/// Components that are part of their own `allOf` (or their own alternative), however long the
/// way. A parent that lists its heirs is neither. Returns the members that
/// close the circles.
fn containing_themselves(
    tree: &Value,
    keys: &[&str],
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let schemas = tree
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let mut circles = Vec::new();
    let mut finished: HashSet<String> = HashSet::new();
    for name in schemas.into_iter().flat_map(|schemas| schemas.keys()) {
        let start = Path::Below("/components/schemas");
        let start = Path::Key(&start, name).pointer();
        if finished.contains(&start) {
            continue;
        }
        // Depth first, without recursion: a chain of references can be as long as the document.
        let mut way = vec![(start.clone(), edges(tree, &start, keys))];
        let mut on_way = HashSet::from([start]);
        while let Some((_, next)) = way.last_mut() {
            match next.next() {
                Some((member, target)) if on_way.contains(&target) => {
                    let place = Path::Below(&member);
                    let key = member.rsplit('/').nth(1).unwrap_or_default();
                    let message = format!("this schema contains itself by `{key}`");
                    diagnostics.recoverable(
                        Diagnostic::error(place.origin(), message)
                            .help("whether a value has it cannot be told")
                            .repair("this member is left out")
                            .omits(format!("`{}`", sanitize(&target))),
                    );
                    circles.push(member);
                }
                Some((_, target)) if !finished.contains(&target) => {
                    on_way.insert(target.clone());
                    let next = edges(tree, &target, keys);
                    way.push((target, next));
                }
                Some(_) => {}
                None => {
                    if let Some((done, _)) = way.pop() {
                        on_way.remove(&done);
                        finished.insert(done);
                    }
                }
            }
        }
    }
    circles
}

/// What a schema consists of by these keywords. Pure references in a circle are told with the references.
fn edges(tree: &Value, pointer: &str, keys: &[&str]) -> std::vec::IntoIter<Edge> {
    let mut all = Vec::new();
    if let Some(schema) = tree.pointer(pointer) {
        collect(schema, &Path::Below(pointer), keys, &mut all);
    }
    all.into_iter()
}

fn collect(schema: &Value, path: &Path<'_>, keys: &[&str], all: &mut Vec<Edge>) {
    let target = schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|text| text.strip_prefix('#'));
    if let Some(target) = target {
        all.push((path.pointer(), target.to_owned()));
        return;
    }
    for key in keys {
        let list = Path::Key(path, key);
        let members = schema.get(*key).and_then(Value::as_array);
        for (index, member) in members.into_iter().flatten().enumerate() {
            collect(member, &Path::Index(&list, index), keys, all);
        }
    }
}
