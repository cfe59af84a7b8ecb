//! Schemas: what newer drafts of JSON Schema write differently.

use serde_json::{Map, Value, json};

use super::Normalizer;
use crate::diagnostics::{Diagnostic, nearest, sanitize};
use crate::{node::member, path::Path};

/// Keywords that give a schema its shape: beside a `$ref` they say more than the reference.
const SHAPING: [&str; 12] = [
    "properties",
    "patternProperties",
    "required",
    "additionalProperties",
    "unevaluatedProperties",
    "items",
    "prefixItems",
    "allOf",
    "oneOf",
    "anyOf",
    "enum",
    "const",
];

/// Keywords that may stand beside a `$ref` in the normalized tree.
const BESIDE: [&str; 9] = [
    "title",
    "description",
    "deprecated",
    "default",
    "readOnly",
    "writeOnly",
    "nullable",
    "example",
    "examples",
];

const TYPES: [&str; 7] = [
    "string", "number", "integer", "boolean", "array", "object", "null",
];

impl Normalizer<'_> {
    /// Brings one schema to the form of 3.0. False where there is nothing more to look at.
    pub(super) fn schema(&mut self, value: &mut Value, path: &Path<'_>) -> bool {
        match value {
            Value::Object(_) => {}
            Value::Bool(any) => {
                let schema = if *any { json!({}) } else { json!({"not": {}}) };
                if !self.modern {
                    let message = "a schema cannot be true or false in OpenAPI 3.0";
                    self.recoverable(path, message, "it is read as OpenAPI 3.1 has it");
                }
                *value = schema;
            }
            _ => {
                let message = "a schema must be an object";
                self.loss(path, message, "any value is taken here", "a type");
                *value = json!({});
            }
        }
        let Value::Object(members) = value else {
            return false;
        };
        self.anchors(members, path);
        self.types(members, path);
        tuple(members);
        bound(members, "minimum", "exclusiveMinimum");
        bound(members, "maximum", "exclusiveMaximum");
        content(members);
        self.discriminator(members, path);
        if members.contains_key("$ref") {
            self.siblings(members, path);
        }
        true
    }

    fn anchors(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = member(members, key).and_then(Value::as_str) {
                self.anchors.insert(format!("#{name}"), path.pointer());
            }
        }
        if let Some(id) = member(members, "$id").and_then(Value::as_str) {
            self.anchors.insert(id.to_owned(), path.pointer());
        }
        for key in ["$dynamicRef", "$recursiveRef"] {
            if let Some(reference) = members.shift_remove(key)
                && !members.contains_key("$ref")
            {
                members.insert("$ref".to_owned(), reference);
            }
        }
    }

    /// `type`: a list without null, or one name; null becomes `nullable`.
    fn types(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let place = Path::Key(path, "type");
        let names = match member(members, "type") {
            None => return,
            Some(Value::String(name)) if TYPES.contains(&name.as_str()) => return,
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::Array(names)) => names
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            Some(Value::Null) if self.modern => vec!["null".to_owned()],
            Some(_) => {
                self.loss(&place, "`type` must be text", "it is left out", "a type");
                members.shift_remove("type");
                return;
            }
        };
        let listed = member(members, "type").is_some_and(Value::is_array);
        if listed && !self.modern {
            let message = "`type` cannot be a list in OpenAPI 3.0";
            self.recoverable(&place, message, "it is read as OpenAPI 3.1 has it");
        }
        let mut known = Vec::new();
        for name in names {
            if TYPES.contains(&name.as_str()) {
                known.push(name);
            } else if let Some(name) = self.unknown_type(&name, members, &place) {
                known.push(name);
            }
        }
        known.dedup();
        let count = known.len();
        if count > 1 {
            known.retain(|name| name != "null");
        }
        if known.len() < count {
            members.insert("nullable".to_owned(), Value::Bool(true));
        }
        match known.as_slice() {
            [] => {
                members.shift_remove("type");
            }
            [name] => {
                members.insert("type".to_owned(), Value::String(name.clone()));
            }
            names => {
                members.insert("type".to_owned(), json!(names));
            }
        }
    }

    /// A type that JSON Schema does not have: the one that is meant.
    fn unknown_type(
        &mut self,
        name: &str,
        members: &mut Map<String, Value>,
        place: &Path<'_>,
    ) -> Option<String> {
        let (meant, format) = match name.to_ascii_lowercase().as_str() {
            "int" | "long" => (Some("integer"), None),
            "int32" => (Some("integer"), Some("int32")),
            "int64" => (Some("integer"), Some("int64")),
            "float" | "double" | "decimal" => (Some("number"), None),
            "bool" => (Some("boolean"), None),
            "str" | "text" | "enum" => (Some("string"), None),
            "file" | "binary" => (Some("string"), Some("binary")),
            "date" => (Some("string"), Some("date")),
            "datetime" | "date-time" | "timestamp" => (Some("string"), Some("date-time")),
            "uuid" => (Some("string"), Some("uuid")),
            "list" => (Some("array"), None),
            "map" | "dict" => (Some("object"), None),
            "any" | "" => (None, None),
            lower if TYPES.contains(&lower) => (TYPES.into_iter().find(|ty| *ty == lower), None),
            lower => match nearest(lower, TYPES) {
                Some(meant) => (Some(meant), None),
                None => (None, None),
            },
        };
        let message = format!("there is no type `{}`", sanitize(name));
        let (help, repair) = match meant {
            Some(meant) => (
                format!("did you mean `{meant}`?"),
                format!("it is read as `{meant}`"),
            ),
            None => (
                format!("there are {}", TYPES.join(", ")),
                "any value is taken".to_owned(),
            ),
        };
        let mut problem = Diagnostic::error(place.origin(), message)
            .help(help)
            .repair(repair);
        if meant.is_none() && !matches!(name, "any" | "") {
            problem = problem.omits(format!("the type `{}`", sanitize(name)));
        }
        self.diagnostics.recoverable(problem);
        if let Some(format) = format
            && !members.contains_key("format")
        {
            members.insert("format".to_owned(), Value::String(format.to_owned()));
        }
        meant.map(str::to_owned)
    }

    /// `discriminator: name`, as Swagger 2.0 has it.
    fn discriminator(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let Some(discriminator) = members.get_mut("discriminator") else {
            return;
        };
        let place = Path::Key(path, "discriminator");
        if let Value::String(name) = discriminator {
            self.diagnostics.recoverable(
                Diagnostic::error(place.origin(), "`discriminator` must be an object")
                    .help(format!("write `propertyName: {}` in it", sanitize(name)))
                    .repair("it is read so"),
            );
            *discriminator = json!({"propertyName": name});
        }
        let complete = discriminator
            .get("propertyName")
            .is_some_and(Value::is_string);
        if discriminator.is_object() && !complete {
            let message = "`discriminator` needs a `propertyName`";
            self.loss(&place, message, "it is left out", "a discriminator");
            members.shift_remove("discriminator");
            return;
        }
        let mapping = discriminator
            .get_mut("mapping")
            .and_then(Value::as_object_mut);
        let Some(mapping) = mapping else {
            return;
        };
        mapping.retain(|key, target| {
            let Some(text) = target.as_str() else {
                let mapping_place = Path::Key(&place, "mapping");
                let message = "`mapping` must lead from values to schemas";
                self.loss(
                    &Path::Key(&mapping_place, key),
                    message,
                    "the value is not told apart",
                    format!("the alternative `{}`", sanitize(key)),
                );
                return false;
            };
            if !text.contains(['#', '/']) {
                let mut pointer = String::from("#/components/schemas/");
                crate::path::escape(text, &mut pointer);
                *target = Value::String(pointer);
            }
            true
        });
    }

    /// What stands beside `$ref`: 3.0 ignores it, but for docs, which everyone means; since 3.1
    /// it holds too, and where it says something of the shape the reference becomes a member of
    /// `allOf`.
    fn siblings(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let shaping = SHAPING.iter().find(|key| members.contains_key(**key));
        match shaping {
            Some(_) if self.modern => {
                let Some(reference) = members.shift_remove("$ref") else {
                    return;
                };
                let lifted = json!({"$ref": reference});
                match members.get_mut("allOf") {
                    Some(Value::Array(all)) => all.push(lifted),
                    _ => {
                        members.insert("allOf".to_owned(), json!([lifted]));
                    }
                }
                return;
            }
            Some(key) => {
                let message = format!("`{key}` beside `$ref` has no meaning in OpenAPI 3.0");
                let place = Path::Key(path, key);
                self.diagnostics.push(
                    Diagnostic::warning(place.origin(), message)
                        .help("it is ignored; put both under `allOf`"),
                );
            }
            None => {}
        }
        if members.len() > 1 {
            members.retain(|key, _| {
                key == "$ref" || key.starts_with("x-") || BESIDE.contains(&key.as_str())
            });
        }
    }
}

/// Whether a member of a schema is a flag, which 3.0 has in a schema's place.
pub(super) fn is_flag(key: &str, value: &Value) -> bool {
    value.is_boolean() && matches!(key, "additionalProperties" | "unevaluatedProperties")
}

/// A list under `items`, as older drafts write tuples.
fn tuple(members: &mut Map<String, Value>) {
    if member(members, "items").is_some_and(Value::is_array) {
        if let Some(list) = members.shift_remove("items") {
            members.insert("prefixItems".to_owned(), list);
        }
        if let Some(rest) = members.shift_remove("additionalItems") {
            members.insert("items".to_owned(), rest);
        }
    }
}

/// A bound that is a number of its own becomes the bound with a flag.
fn bound(members: &mut Map<String, Value>, inclusive: &str, exclusive: &str) {
    let Some(Value::Number(limit)) = member(members, exclusive) else {
        return;
    };
    let limit = limit.clone();
    let stricter = match member(members, inclusive).and_then(Value::as_f64) {
        Some(other) if inclusive == "minimum" => limit.as_f64().is_some_and(|l| l >= other),
        Some(other) => limit.as_f64().is_some_and(|l| l <= other),
        None => true,
    };
    members.insert(exclusive.to_owned(), Value::Bool(stricter));
    if stricter {
        members.insert(inclusive.to_owned(), Value::Number(limit));
    }
}

/// `contentEncoding` and `contentMediaType` as the formats that 3.0 has for them.
fn content(members: &mut Map<String, Value>) {
    if members.contains_key("format") {
        return;
    }
    let text = |key: &str| member(members, key).and_then(Value::as_str);
    let format = match (text("contentEncoding"), text("contentMediaType")) {
        (Some("base64" | "base64url"), _) => "byte",
        (Some("binary"), _) => "binary",
        (None, Some(media_type)) if is_binary(media_type) => "binary",
        _ => return,
    };
    members.insert("format".to_owned(), Value::String(format.to_owned()));
    members.entry("type").or_insert_with(|| json!("string"));
}

fn is_binary(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let textual = essence.starts_with("text/")
        || [
            "json",
            "xml",
            "yaml",
            "javascript",
            "x-www-form-urlencoded",
            "jwt",
            "graphql",
        ]
        .iter()
        .any(|suffix| essence.ends_with(suffix));
    !textual
}
