//! Schemas that are part of themselves by `allOf`, `oneOf` or `anyOf`.

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, sanitize};
use crate::path::Path;

/// Returns pointers to the members that close a cycle.
pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut cycles = cycles(tree, &["allOf"], diagnostics);
    cycles.extend(self::cycles(tree, &["oneOf", "anyOf"], diagnostics));
    cycles
}

/// A member of `allOf` that is a reference: the pointer to it, and its target.
type Edge = (String, String);

/// Components that are part of themselves by these keywords. A base that lists its subtypes as
/// alternatives is not a cycle.
fn cycles(tree: &Value, keys: &[&str], diagnostics: &mut Diagnostics) -> Vec<String> {
    let schemas = tree
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let mut cycles = Vec::new();
    let mut finished: HashSet<String> = HashSet::new();
    for name in schemas.into_iter().flat_map(|schemas| schemas.keys()) {
        let start = Path::Below("/components/schemas");
        let start = Path::Key(&start, name).pointer();
        if !finished.contains(&start) {
            cycles.extend(cycles_from(start, tree, keys, &mut finished));
        }
    }
    for (member, target) in &cycles {
        let key = member.rsplit('/').nth(1).unwrap_or_default();
        let message = format!("this schema is part of itself by `{key}`");
        let problem = Diagnostic::error(Path::Below(member).origin(), message)
            .repair("ignoring this member")
            .omits(format!("`{}`", sanitize(target)));
        diagnostics.recoverable(ErrorKind::SchemaCycle, problem);
    }
    cycles.into_iter().map(|(member, _)| member).collect()
}

/// Depth first, without recursion: a chain of references can be as long as the document.
fn cycles_from(
    start: String,
    tree: &Value,
    keys: &[&str],
    finished: &mut HashSet<String>,
) -> Vec<Edge> {
    let mut cycles = Vec::new();
    let mut path = vec![(start.clone(), edges(tree, &start, keys))];
    let mut on_path = HashSet::from([start]);
    while let Some((_, next)) = path.last_mut() {
        match next.next() {
            Some((member, target)) if on_path.contains(&target) => cycles.push((member, target)),
            Some((_, target)) if !finished.contains(&target) => {
                on_path.insert(target.clone());
                let next = edges(tree, &target, keys);
                path.push((target, next));
            }
            Some(_) => {}
            None => {
                if let Some((done, _)) = path.pop() {
                    on_path.remove(&done);
                    finished.insert(done);
                }
            }
        }
    }
    cycles
}

/// The references of a schema by these keywords. Cycles of nothing but `$ref`s are reported with
/// the references.
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
