//! Updates that describe something without declaring it.

use serde_json::Value;

/// Maps of names: a member that is missing there was removed from the document.
const MAPS: [&str; 13] = [
    "$defs",
    "definitions",
    "headers",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "schemas",
    "securitySchemes",
    "variables",
    "webhooks",
];

const METHODS: [&str; 9] = [
    "delete", "get", "head", "options", "patch", "post", "put", "query", "trace",
];

const ANNOTATIONS: [&str; 7] = [
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "summary",
    "title",
];

/// Whether adding `update` as the member `key` of the object at `parent` declares nothing: it only
/// describes an item that the document does not have.
pub(super) fn only_describes(parent: &str, key: &str, update: &Value) -> bool {
    let mut tokens = parent.rsplit('/');
    let map = tokens.next().unwrap_or_default();
    let is_operation = METHODS.contains(&key) && tokens.next() == Some("paths");
    if MAPS.contains(&map) || is_operation {
        return is_description(update);
    }
    MAPS.contains(&key) && holds_descriptions(update)
}

/// Whether a map holds nothing but descriptions.
fn holds_descriptions(map: &Value) -> bool {
    map.as_object()
        .is_some_and(|members| !members.is_empty() && members.values().all(is_description))
}

/// Whether there is nothing but annotations, of the object or of what it holds.
fn is_description(update: &Value) -> bool {
    let Value::Object(members) = update else {
        return false;
    };
    !members.is_empty()
        && members.iter().all(|(key, value)| match value {
            _ if ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-") => true,
            _ if MAPS.contains(&key.as_str()) => holds_descriptions(value),
            Value::Object(_) if matches!(key.as_str(), "items" | "additionalProperties") => {
                is_description(value)
            }
            Value::Object(_) if METHODS.contains(&key.as_str()) => is_description(value),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::only_describes;

    #[test]
    fn a_description_declares_nothing() {
        let described = json!({"description": "Ours."});
        let nested = json!({"description": "a", "properties": {"b": {"title": "c"}}});
        for (parent, key, update) in [
            ("/components/schemas/Pet/properties", "size", &described),
            ("/components/schemas", "Pet", &nested),
            (
                "/components/schemas/Pet",
                "properties",
                &json!({"size": {"title": "a"}}),
            ),
            ("/paths", "/pets", &json!({"get": {"summary": "Lists."}})),
            (
                "/paths/~1pets",
                "get",
                &json!({"summary": "Lists.", "x-safety": "safe"}),
            ),
        ] {
            assert!(only_describes(parent, key, update), "{parent}/{key}");
        }
    }

    #[test]
    fn a_declaration_is_an_addition() {
        let response = json!({"description": "Not found."});
        for (parent, key, update) in [
            (
                "/components/schemas/Pet/properties",
                "size",
                &json!({"type": "string"}),
            ),
            ("/components/schemas/Pet/properties", "size", &json!({})),
            (
                "/components/schemas",
                "Pet",
                &json!({"title": "a", "properties": {"b": {"type": "string"}}}),
            ),
            ("/paths/~1pets/get/responses", "404", &response),
            ("/info", "description", &json!("Ours.")),
            (
                "/components/schemas/Pet",
                "properties",
                &json!({"size": {"type": "string"}}),
            ),
        ] {
            assert!(!only_describes(parent, key, update), "{parent}/{key}");
        }
    }
}
