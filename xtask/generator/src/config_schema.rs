//! What `codegen.yaml` may contain, derived from the configuration's own types: a JSON schema for
//! editors and a page for readers.

use std::fmt::Write as _;

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};

use crate::config::Config;

/// The JSON schema of `codegen.yaml` (draft 07, which YAML editors read).
pub fn json_schema() -> Schema {
    let mut settings = SchemaSettings::draft07();
    settings.meta_schema = Some("http://json-schema.org/draft-07/schema#".into());
    SchemaGenerator::new(settings).into_root_schema_for::<Config>()
}

/// The reference page of `codegen.yaml`: each key with its type, default and meaning.
pub fn reference() -> String {
    let schema = json_schema();
    let mut page = String::from(INTRODUCTION);
    let root = schema.as_value();
    write_keys(root, root, &mut page);
    let definitions = root.get("definitions").and_then(Value::as_object);
    for (name, definition) in definitions.into_iter().flatten() {
        if definition.get("properties").is_none() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## {name}\n\n{}\n\n", description(definition));
        write_keys(root, definition, &mut page);
    }
    page
}

const INTRODUCTION: &str = "\
# codegen.yaml

Generated from the configuration's types by the test suite (`UPDATE_EXPECT=1`). Every key has a default, so the file may
be empty or absent. `docs/codegen.schema.json` is the same as a JSON schema; `--print-schema` prints it.

";

fn write_keys(root: &Value, schema: &Value, page: &mut String) {
    page.push_str("| key | type | default | means |\n|---|---|---|---|\n");
    let required = schema.get("required").and_then(Value::as_array);
    let properties = schema.get("properties").and_then(Value::as_object);
    for (key, property) in properties.into_iter().flatten() {
        let is_required = required.is_some_and(|names| names.iter().any(|name| name == key));
        let default = match default_of(property) {
            _ if is_required => "required".to_owned(),
            Some(value) => format!("`{value}`"),
            None => String::new(),
        };
        let type_name = type_name(root, property).replace('|', "\\|");
        let text = description(property).replace('|', "\\|");
        let _ = writeln!(page, "| `{key}` | {type_name} | {default} | {text} |");
    }
}

/// The default, unless it only means that the key is absent.
fn default_of(property: &Value) -> Option<&Value> {
    let default = property.get("default")?;
    let is_empty = match default {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(_) => true,
        Value::String(_) | Value::Bool(_) | Value::Number(_) => false,
    };
    (!is_empty).then_some(default)
}

fn description(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str);
    text.unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn type_name(root: &Value, schema: &Value) -> String {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return definition_name(root, reference);
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let Some(parts) = schema.get(keyword).and_then(Value::as_array) else {
            continue;
        };
        let parts = parts
            .iter()
            .filter(|part| part.get("type") != Some(&"null".into()));
        return parts
            .map(|part| type_name(root, part))
            .collect::<Vec<_>>()
            .join(" or ");
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let values = values.iter().map(|value| format!("`{value}`"));
        return values.collect::<Vec<_>>().join(", ");
    }
    if let Some(value) = schema.get("const") {
        return format!("`{value}`");
    }
    let names: Vec<&str> = match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    match names.first() {
        Some(&"array") => {
            let items = schema.get("items").map(|items| type_name(root, items));
            format!("list of {}", items.unwrap_or_default())
        }
        Some(&"object") => {
            let values = schema.get("additionalProperties");
            let values = values.map(|values| type_name(root, values));
            format!("map of {}", values.unwrap_or_default())
        }
        Some(name) => (*name).to_owned(),
        None => String::new(),
    }
}

/// An object is a section of the page; anything else is spelled out.
fn definition_name(root: &Value, reference: &str) -> String {
    let name = reference.rsplit('/').next().unwrap_or_default();
    let definitions = root.get("definitions").and_then(Value::as_object);
    match definitions.and_then(|all: &Map<String, Value>| all.get(name)) {
        Some(definition) if definition.get("properties").is_none() => type_name(root, definition),
        _ => format!("[{name}](#{})", name.to_lowercase()),
    }
}
