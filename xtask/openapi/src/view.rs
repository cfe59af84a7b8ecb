//! Makes the flattened view of a schema.
//!
//! A shallow copy of the schema, its sub-schemas left out, is read as openapiv3 reads a schema.
//! So openapiv3 judges the keywords, a complaint belongs to exactly this schema, and the cost is
//! linear in the document's size.

use openapiv3::{Discriminator, SchemaKind, Type};
use serde::Deserialize;
use serde_json::{Map, Number, Value, json};

use super::grammar::Kind;
use super::node::member;
use super::{AdditionalProperties, Node, Schema, SchemaType};
use crate::diagnostics::{Diagnostic, sanitize};

/// The view of one schema of a normalized tree.
pub(super) fn view<'d>(node: &Node<'d>) -> Result<Schema<'d>, Diagnostic> {
    let Value::Object(members) = node.value else {
        return Err(Diagnostic::error(
            &node.origin,
            "a schema must be an object",
        ));
    };
    let mut schema = keywords(node, members);
    if schema.reference.is_some() {
        return Ok(schema);
    }
    let complain = |error: serde_json::Error| {
        let message = format!("this is not a schema: {}", sanitize(&error.to_string()));
        Diagnostic::error(&node.origin, message)
    };
    let kind = SchemaKind::deserialize(shallow(members)).map_err(complain)?;
    constrain(&mut schema, kind);
    if let Some(discriminator) = member(members, "discriminator") {
        schema.discriminator = Some(Discriminator::deserialize(discriminator).map_err(complain)?);
    }
    unwrap_nullable(&mut schema);
    Ok(schema)
}

/// What can be borrowed from the tree.
fn keywords<'d>(node: &Node<'d>, members: &'d Map<String, Value>) -> Schema<'d> {
    let number = |key: &str| -> Option<Number> { member(members, key)?.as_number().cloned() };
    let enumeration: Option<Vec<&Value>> = match (member(members, "const"), member(members, "enum"))
    {
        (Some(value), _) => Some(vec![value]),
        (None, Some(Value::Array(values))) => Some(values.iter().collect()),
        _ => None,
    };
    let null_listed = enumeration.iter().flatten().any(|value| value.is_null());
    let one_of = nodes(node, "oneOf");
    let any_of = nodes(node, "anyOf");
    let null_member = one_of
        .iter()
        .chain(&any_of)
        .any(|member| is_null(member.value));
    let only_null = null_listed && enumeration.iter().flatten().all(|value| value.is_null());
    Schema {
        node: node.clone(),
        reference: node.reference(),
        title: node.text("title"),
        description: node.text("description"),
        types: types(member(members, "type"), only_null),
        nullable: node.flag("nullable") || null_listed || null_member,
        format: node.text("format"),
        enumeration: enumeration
            .map(|values| {
                values
                    .into_iter()
                    .filter(|value| !value.is_null())
                    .collect::<Vec<_>>()
            })
            .filter(|values| !(values.is_empty() && only_null)),
        is_const: member(members, "const").is_some(),
        properties: map(node, "properties"),
        required: required(members),
        additional_properties: additional(node),
        pattern_properties: map(node, "patternProperties"),
        items: node.get("items"),
        prefix_items: nodes(node, "prefixItems"),
        all_of: nodes(node, "allOf"),
        one_of: one_of
            .into_iter()
            .filter(|member| !is_null(member.value))
            .collect(),
        any_of: any_of
            .into_iter()
            .filter(|member| !is_null(member.value))
            .collect(),
        not: node.get("not"),
        discriminator: None,
        read_only: node.flag("readOnly"),
        write_only: node.flag("writeOnly"),
        deprecated: node.flag("deprecated"),
        default: member(members, "default"),
        example: member(members, "example").or_else(|| member(members, "examples")?.get(0)),
        minimum: number("minimum"),
        maximum: number("maximum"),
        exclusive_minimum: node.flag("exclusiveMinimum"),
        exclusive_maximum: node.flag("exclusiveMaximum"),
        min_length: None,
        max_length: None,
        pattern: node.text("pattern"),
        unique_items: node.flag("uniqueItems"),
    }
}

/// A schema whose only value is null, as normalization writes it.
fn is_null(value: &Value) -> bool {
    value.get("type").is_some_and(|ty| ty == "null")
}

/// A union with null of one other member is that member, or null.
fn unwrap_nullable(schema: &mut Schema<'_>) {
    for key in ["oneOf", "anyOf"] {
        let written = schema
            .node
            .value
            .get(key)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        let members = if key == "oneOf" {
            &mut schema.one_of
        } else {
            &mut schema.any_of
        };
        if members.len() == 1 && written > 1 && schema.discriminator.is_none() {
            schema.all_of.append(members);
        }
    }
}

fn nodes<'d>(node: &Node<'d>, key: &str) -> Vec<Node<'d>> {
    node.get(key)
        .map(|list| list.elements().collect())
        .unwrap_or_default()
}

fn map<'d>(node: &Node<'d>, key: &str) -> Vec<(&'d str, Node<'d>)> {
    node.get(key)
        .map(|map| map.members().collect())
        .unwrap_or_default()
}

fn required(members: &Map<String, Value>) -> Vec<&str> {
    let names = member(members, "required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let mut unique: Vec<&str> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    unique.extend(
        names
            .filter_map(Value::as_str)
            .filter(|name| seen.insert(*name)),
    );
    unique
}

fn additional<'d>(node: &Node<'d>) -> AdditionalProperties<'d> {
    let keys = ["additionalProperties", "unevaluatedProperties"];
    let Some(member) = keys.into_iter().find_map(|key| node.get(key)) else {
        return AdditionalProperties::Unspecified;
    };
    match member.value {
        Value::Bool(false) => AdditionalProperties::None,
        Value::Object(schema) if !schema.is_empty() => AdditionalProperties::Schema(member),
        _ => AdditionalProperties::Any,
    }
}

fn types(value: Option<&Value>, only_null: bool) -> Vec<SchemaType> {
    let one = |value: &Value| SchemaType::of_name(value.as_str()?);
    match value {
        _ if only_null => vec![SchemaType::Null],
        Some(Value::Array(values)) => values.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The schema as openapiv3 reads it, without docs, without data, which any value fits, and
/// without what is in its sub-schemas and lists.
fn shallow(members: &Map<String, Value>) -> Value {
    let mut copy = Map::new();
    for (key, value) in members {
        let value = match (key.as_str(), Kind::Schema.child(key), value) {
            // openapiv3 takes one type of those that are not null; the view tells all itself.
            ("type", _, Value::String(ty)) if ty != "null" => value.clone(),
            ("required", ..) => Value::Array(Vec::new()),
            ("nullable" | "format" | "pattern" | "uniqueItems" | "multipleOf", ..) => value.clone(),
            (key, Kind::Data, _)
                if ["min", "max", "exclusive"]
                    .iter()
                    .any(|start| key.starts_with(start)) =>
            {
                value.clone()
            }
            (_, Kind::Schema, Value::Bool(_)) => value.clone(),
            (_, Kind::Schema, _) => json!({"$ref": "#"}),
            (_, Kind::SchemaList, _) => Value::Array(Vec::new()),
            (_, Kind::SchemaMap, _) => Value::Object(Map::new()),
            _ => continue,
        };
        copy.insert(key.clone(), value);
    }
    Value::Object(copy)
}

/// What depends on the kind that openapiv3 sees.
fn constrain(schema: &mut Schema<'_>, kind: SchemaKind) {
    let (least, most) = match kind {
        SchemaKind::Type(Type::String(string)) => (string.min_length, string.max_length),
        SchemaKind::Type(Type::Array(array)) => (array.min_items, array.max_items),
        SchemaKind::Type(Type::Object(object)) => (object.min_properties, object.max_properties),
        SchemaKind::Any(any) => match schema.types.first() {
            Some(SchemaType::Array) => (any.min_items, any.max_items),
            Some(SchemaType::Object) => (any.min_properties, any.max_properties),
            _ => (any.min_length, any.max_length),
        },
        _ => (None, None),
    };
    schema.min_length = least;
    schema.max_length = most;
}
