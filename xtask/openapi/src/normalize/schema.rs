//! Schemas: the syntax of newer drafts of JSON Schema becomes that of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::Normalizer;
use crate::diagnostics::{Diagnostic, ErrorKind, nearest, sanitize};
use crate::node::member;
use crate::path::Path;
use crate::pointer::child;

/// Keywords that change the shape of a schema, next to a `$ref` too.
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

/// Keywords that remain next to a `$ref` in the normalized tree.
const BESIDE: [&str; 11] = [
    "$defs",
    "definitions",
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

const AS_31: &str = "using the semantics of OpenAPI 3.1";

const TYPES: [&str; 7] = [
    "string", "number", "integer", "boolean", "array", "object", "null",
];

impl Normalizer<'_> {
    /// Brings one schema to the form of 3.0. False where nothing of it remains.
    pub(super) fn schema(&mut self, value: &mut Value, path: &Path<'_>) -> bool {
        match value {
            Value::Object(_) => {}
            Value::Bool(any) => {
                let schema = if *any { json!({}) } else { json!({"not": {}}) };
                if !self.is_31_or_later {
                    let message = "a schema cannot be true or false in OpenAPI 3.0";
                    self.report(ErrorKind::NewerSyntax, path, message, AS_31);
                }
                *value = schema;
            }
            _ => {
                let message = "a schema must be an object";
                let (repair, omitted) = ("accepting any value", "a type");
                self.omission(ErrorKind::KeywordType, path, message, repair, omitted);
                *value = json!({});
            }
        }
        let Value::Object(members) = value else {
            return false;
        };
        self.types(members, path);
        tuple(members);
        bound(members, "minimum", "exclusiveMinimum");
        bound(members, "maximum", "exclusiveMaximum");
        content(members);
        self.discriminator(members, path);
        self.conditionals(members, path);
        if members.contains_key("$ref") {
            self.siblings(members, path);
        }
        true
    }

    /// `type` becomes one name, or an array of several without null; null becomes `nullable`.
    fn types(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let location = Path::Key(path, "type");
        let names = match member(members, "type") {
            None => return,
            Some(Value::String(name)) if TYPES.contains(&name.as_str()) => return,
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::Array(names)) => names
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            Some(Value::Null) if self.is_31_or_later => vec!["null".to_owned()],
            Some(_) => {
                let message = "`type` must be text";
                self.omission(
                    ErrorKind::KeywordType,
                    &location,
                    message,
                    "ignoring it",
                    "a type",
                );
                members.shift_remove("type");
                return;
            }
        };
        let is_array = member(members, "type").is_some_and(Value::is_array);
        if is_array && !self.is_31_or_later {
            let message = "`type` cannot be an array in OpenAPI 3.0";
            self.report(ErrorKind::NewerSyntax, &location, message, AS_31);
        }
        let mut known = Vec::new();
        for name in names {
            if TYPES.contains(&name.as_str()) {
                known.push(name);
            } else if let Some(name) = self.unknown_type(&name, members, &location) {
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

    /// The JSON Schema type for a type that does not exist in it.
    fn unknown_type(
        &mut self,
        name: &str,
        members: &mut Map<String, Value>,
        location: &Path<'_>,
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
        let message = format!("unknown type `{}`", sanitize(name));
        let (help, repair) = match meant {
            Some(meant) => (
                format!("did you mean `{meant}`?"),
                format!("using `{meant}`"),
            ),
            None => (
                format!("use one of {}", TYPES.join(", ")),
                "accepting any value".to_owned(),
            ),
        };
        let mut problem = Diagnostic::error(location.origin(), message)
            .help(help)
            .repair(repair);
        if meant.is_none() && !matches!(name, "any" | "") {
            problem = problem.omits(format!("the type `{}`", sanitize(name)));
        }
        self.diagnostics
            .recoverable(ErrorKind::UnknownType, problem);
        if let Some(format) = format
            && !members.contains_key("format")
        {
            members.insert("format".to_owned(), Value::String(format.to_owned()));
        }
        meant.map(str::to_owned)
    }

    /// `discriminator: name` is the syntax of Swagger 2.0.
    fn discriminator(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let Some(discriminator) = members.get_mut("discriminator") else {
            return;
        };
        let location = Path::Key(path, "discriminator");
        if let Value::String(name) = discriminator {
            let message = "`discriminator` must be an object";
            let repair = format!("using `propertyName: {}`", sanitize(name));
            let problem = Diagnostic::error(location.origin(), message).repair(repair);
            self.diagnostics
                .recoverable(ErrorKind::KeywordType, problem);
            *discriminator = json!({"propertyName": name});
        }
        let complete = discriminator
            .get("propertyName")
            .is_some_and(Value::is_string);
        if discriminator.is_object() && !complete {
            let message = "`discriminator` needs a `propertyName`";
            let omitted = "a discriminator";
            self.omission(
                ErrorKind::IncompleteObject,
                &location,
                message,
                "ignoring it",
                omitted,
            );
            members.shift_remove("discriminator");
            return;
        }
        let mapping = discriminator
            .get_mut("mapping")
            .and_then(Value::as_object_mut);
        let Some(mapping) = mapping else {
            return;
        };
        let mapping_location = Path::Key(&location, "mapping");
        mapping.retain(|key, target| {
            let Some(text) = target.as_str() else {
                let location = Path::Key(&mapping_location, key);
                let message = "an entry of `mapping` must be text";
                let repair = "ignoring this value of the discriminator";
                let omitted = format!("the alternative `{}`", sanitize(key));
                self.omission(ErrorKind::KeywordType, &location, message, repair, omitted);
                return false;
            };
            if !text.contains(['#', '/']) {
                *target = Value::String(child("#/components/schemas", text));
            }
            true
        });
    }

    /// Keywords next to `$ref`: 3.0 ignores them, but documentation is used all the same; since 3.1
    /// they apply too, and where they change the shape the reference becomes a member of `allOf`.
    fn siblings(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let shaping = SHAPING.iter().find(|key| members.contains_key(**key));
        match shaping {
            Some(_) if self.is_31_or_later => {
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
                let message = format!("OpenAPI 3.0 ignores `{key}` next to `$ref`");
                let warning = Diagnostic::warning(Path::Key(path, key).origin(), message);
                let warning = warning.help("move both into `allOf`").repair("ignoring it");
                self.diagnostics.push(warning);
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

/// Whether a member of a schema is a flag that 3.0 allows in place of a schema.
pub(super) fn is_flag(key: &str, value: &Value) -> bool {
    value.is_boolean() && matches!(key, "additionalProperties" | "unevaluatedProperties")
}

/// An array under `items` is the tuple of older drafts.
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

/// `contentEncoding` and `contentMediaType` become the formats of 3.0.
fn content(members: &mut Map<String, Value>) {
    if members.contains_key("format") {
        return;
    }
    let text = |key: &str| member(members, key).and_then(Value::as_str);
    let encoding = text("contentEncoding").map(str::to_ascii_lowercase);
    let format = match (encoding.as_deref(), text("contentMediaType")) {
        (Some("base64"), _) => "byte",
        (Some("base64url"), _) => "base64url",
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
