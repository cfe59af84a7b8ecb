//! Schemas that no value can have, or whose own values do not fit.

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Diagnostics, plain};
use crate::spec::grammar::{Kind, walk};
use crate::spec::path::Path;

/// What is to be taken out.
pub(super) struct Found {
    /// Members that do not fit: a pointer to the schema and the key.
    pub(super) misfits: Vec<(String, &'static str)>,
    /// Pointers to members of `allOf` that lead back to where they are.
    pub(super) circles: Vec<String>,
}

pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Found {
    let mut misfits = Vec::new();
    walk(tree, Kind::Root, Path::Root, &mut |value, kind, path| {
        if kind != Kind::Schema {
            return;
        }
        duplicates(value, path, diagnostics);
        if let Some(values) = value.get("enum").and_then(Value::as_array)
            && value.get("type").is_some_and(|ty| ty != "string")
            && values.iter().any(|one| !one.is_null())
            && !values.iter().any(|one| !one.is_null() && fits(one, value))
        {
            let place = Path::Key(path, "enum");
            let message = "no value of the `enum` is of the schema's type";
            let repair = "the type is ignored";
            diagnostics.lapse(Diagnostic::error(place.origin(), message).repair(repair));
            misfits.push((path.pointer(), "type"));
        }
        if let Some(default) = value.get("default")
            && !fits(default, value)
        {
            let place = Path::Key(path, "default");
            let message = "the default is not of the schema's type";
            diagnostics.lapse(Diagnostic::error(place.origin(), message).repair("it is left out"));
            misfits.push((path.pointer(), "default"));
        }
        if value.get("type").is_some_and(|ty| ty == "array")
            && value.get("items").is_none()
            && value.get("prefixItems").is_none()
            && value.get("allOf").is_none()
        {
            let message = "`items` is missing in this list";
            diagnostics
                .push(Diagnostic::warning(path.origin(), message).repair("it may hold anything"));
        }
    });
    let mut circles = containing_themselves(tree, &["allOf"], diagnostics);
    circles.extend(containing_themselves(
        tree,
        &["oneOf", "anyOf"],
        diagnostics,
    ));
    Found { misfits, circles }
}

/// Names and values that a list may hold only once.
fn duplicates(schema: &Value, path: &Path<'_>, diagnostics: &mut Diagnostics) {
    let list = |key: &str| schema.get(key).and_then(Value::as_array);
    let required = list("required").into_iter().flatten();
    let mut seen = HashSet::new();
    for (index, name) in required.enumerate() {
        if !seen.insert(name.as_str().unwrap_or_default()) {
            let key = Path::Key(path, "required");
            let place = Path::Index(&key, index).origin();
            let name = plain(name.as_str().unwrap_or_default());
            let message = format!("`{name}` stands twice in `required`");
            diagnostics.lapse(Diagnostic::error(place, message).repair("once is enough"));
        }
    }
    let values = list("enum").into_iter().flatten();
    let mut seen = HashSet::new();
    for (index, value) in values.enumerate() {
        if !seen.insert(value) {
            let key = Path::Key(path, "enum");
            let place = Path::Index(&key, index).origin();
            let message = format!("`{}` stands twice in `enum`", plain(&value.to_string()));
            diagnostics.push(Diagnostic::warning(place, message).repair("once is enough"));
        }
    }
    let step = schema.get("multipleOf").and_then(Value::as_f64);
    if step.is_some_and(|step| step <= 0.0) {
        let place = Path::Key(path, "multipleOf").origin();
        let message = "`multipleOf` must be greater than 0";
        diagnostics.lapse(Diagnostic::error(place, message).repair("it is ignored"));
    }
}

/// Whether a value is of a schema's type, as far as the schema alone tells.
fn fits(value: &Value, schema: &Value) -> bool {
    let one = |ty: &str| match ty {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => true,
    };
    if value.is_null() && schema.get("nullable") == Some(&Value::Bool(true)) {
        return true;
    }
    match schema.get("type") {
        Some(Value::String(ty)) => one(ty),
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).any(one),
        _ => true,
    }
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
                    diagnostics.lapse(
                        Diagnostic::error(place.origin(), message)
                            .help("whether a value has it cannot be told")
                            .repair("this member is left out"),
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
