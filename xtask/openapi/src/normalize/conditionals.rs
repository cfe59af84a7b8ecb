//! Schemas that apply under a condition: `then`, `else` and `dependentSchemas`.

use serde_json::{Map, Value, json};

use super::Normalizer;
use crate::diagnostics::{Diagnostic, ErrorKind};
use crate::path::Path;
use crate::pointer::child;

impl Normalizer<'_> {
    /// Adds the properties that only a conditional schema has as optional ones, and reports it: a
    /// Rust type has no conditions.
    pub(super) fn conditionals(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let mut found: Vec<(String, String)> = Vec::new();
        for key in ["then", "else"] {
            if let Some(schema) = members.get(key) {
                collect(schema, &child(&path.pointer(), key), &mut found);
            }
        }
        let dependent = members.get("dependentSchemas").and_then(Value::as_object);
        for (name, schema) in dependent.into_iter().flatten() {
            let below = child(&child(&path.pointer(), "dependentSchemas"), name);
            collect(schema, &below, &mut found);
        }
        let declared = members.get("properties").and_then(Value::as_object);
        found.retain(|(name, _)| declared.is_none_or(|declared| !declared.contains_key(name)));
        if found.is_empty() {
            return;
        }
        let message = "properties that apply under a condition only";
        let problem = Diagnostic::error(path.origin(), message)
            .repair("treating them as optional properties")
            .omits("the conditions of properties");
        self.diagnostics.tolerated(ErrorKind::Unsupported, problem);
        let properties = members.entry("properties").or_insert_with(|| json!({}));
        let Value::Object(properties) = properties else {
            return;
        };
        for (name, pointer) in found {
            let reference = json!({"$ref": format!("#{pointer}")});
            match properties.get_mut(&name) {
                None => {
                    properties.insert(name, reference);
                }
                // Of several branches, each may be the one that applies.
                Some(Value::Object(known)) => match known.get_mut("anyOf") {
                    Some(Value::Array(all)) => all.push(reference),
                    _ => {
                        let first = Value::Object(std::mem::take(known));
                        known.insert("anyOf".to_owned(), json!([first, reference]));
                    }
                },
                Some(_) => {}
            }
        }
    }
}

/// The properties of a conditional schema with their pointers, those of its `allOf` included.
fn collect(schema: &Value, pointer: &str, found: &mut Vec<(String, String)>) {
    let properties = schema.get("properties").and_then(Value::as_object);
    for name in properties.into_iter().flat_map(Map::keys) {
        let below = child(&child(pointer, "properties"), name);
        found.push((name.clone(), below));
    }
    let members = schema.get("allOf").and_then(Value::as_array);
    for (index, member) in members.into_iter().flatten().enumerate() {
        let below = child(&child(pointer, "allOf"), &index.to_string());
        collect(member, &below, found);
    }
}
