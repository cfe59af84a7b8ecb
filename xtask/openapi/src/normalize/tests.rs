use std::collections::HashSet;

use serde_json::{Value, json};

use super::normalize;
use crate::diagnostics::Diagnostics;

fn schema(version: &str, schema: Value) -> (Value, Vec<String>) {
    let mut tree = json!({
        "openapi": version, "info": {"title": "", "version": ""}, "paths": {},
        "components": {"schemas": {"S": schema, "T": {}}}
    });
    let mut diagnostics = Diagnostics::new(false);
    normalize(&mut tree, version, HashSet::new(), &mut diagnostics);
    let messages = diagnostics.iter().map(|one| one.message.clone()).collect();
    (tree["components"]["schemas"]["S"].take(), messages)
}

fn normalized_31(given: Value) -> Value {
    let (schema, messages) = schema("3.1.0", given);
    assert_eq!(messages, Vec::<String>::new());
    schema
}

#[test]
fn null_in_a_list_of_types_becomes_nullable() {
    assert_eq!(
        normalized_31(json!({"type": ["string", "null"]})),
        json!({"type": "string", "nullable": true})
    );
    assert_eq!(
        normalized_31(json!({"type": ["string", "integer", "null"]})),
        json!({"type": ["string", "integer"], "nullable": true})
    );
    assert_eq!(
        normalized_31(json!({"type": ["null"]})),
        json!({"type": "null"})
    );
}

#[test]
fn exclusive_bounds_become_flags() {
    assert_eq!(
        normalized_31(json!({"exclusiveMinimum": 1, "maximum": 5, "exclusiveMaximum": 9})),
        json!({"exclusiveMinimum": true, "maximum": 5, "exclusiveMaximum": false, "minimum": 1})
    );
}

#[test]
fn boolean_schemas_become_objects() {
    assert_eq!(
        normalized_31(
            json!({"properties": {"a": true, "b": false}, "additionalProperties": false})
        ),
        json!({"properties": {"a": {}, "b": {"not": {}}}, "additionalProperties": false})
    );
}

#[test]
fn boolean_schemas_are_reported_in_3_0_except_for_the_flag() {
    let given = json!({
        "properties": {"additionalProperties": false, "properties": {"additionalProperties": true}}
    });
    let (read, messages) = schema("3.0.3", given);
    let expected = json!({
        "properties": {
            "additionalProperties": {"not": {}},
            "properties": {"additionalProperties": true}
        }
    });
    assert_eq!(read, expected);
    assert_eq!(
        messages,
        ["a schema cannot be true or false in OpenAPI 3.0"]
    );
}

#[test]
fn siblings_that_change_the_shape_move_the_reference_to_all_of() {
    let reference = "#/components/schemas/T";
    assert_eq!(
        normalized_31(json!({"$ref": reference, "required": ["a"], "description": "d"})),
        json!({"required": ["a"], "description": "d", "allOf": [{"$ref": reference}]})
    );
    assert_eq!(
        normalized_31(json!({"$ref": reference, "type": "object", "description": "d"})),
        json!({"$ref": reference, "description": "d"})
    );
    let (old, messages) = schema("3.0.3", json!({"$ref": reference, "required": ["a"]}));
    assert_eq!(old, json!({"$ref": reference}));
    assert_eq!(messages, ["OpenAPI 3.0 ignores `required` next to `$ref`"]);
}

#[test]
fn references_are_decoded() {
    assert_eq!(
        normalized_31(json!({"items": {"$ref": "#/components/schemas/a%20b"}})),
        json!({"items": {"$ref": "#/components/schemas/a b"}})
    );
}

#[test]
fn content_keywords_become_formats() {
    assert_eq!(
        normalized_31(json!({"contentEncoding": "base64"}))["format"],
        "byte"
    );
    assert_eq!(
        normalized_31(json!({"contentMediaType": "image/png"}))["format"],
        "binary"
    );
    assert_eq!(
        normalized_31(json!({"contentMediaType": "application/json"})).get("format"),
        None
    );
}

#[test]
fn keywords_of_another_type_are_reported_and_repaired() {
    let given = json!({"minLength": "3", "maxLength": 5.0, "nullable": "true", "properties": [],
        "type": "int", "description": null});
    let (schema, messages) = schema("3.0.0", given);
    assert_eq!(
        schema,
        json!({"minLength": 3, "maxLength": 5, "nullable": true, "type": "integer"})
    );
    assert_eq!(messages.len(), 5, "{messages:?}");
}

#[test]
fn a_property_may_be_called_like_a_keyword() {
    let given = json!({"properties": {"type": {"type": "string"}, "required": {}, "$ref": {}}});
    assert_eq!(normalized_31(given.clone()), given);
}

#[test]
fn conditional_properties_become_optional_ones_and_are_reported() {
    let given = json!({
        "type": "object",
        "properties": {"t": {"type": "string"}},
        "if": {"properties": {"t": {"const": "a"}}},
        "then": {"required": ["u"], "properties": {"u": {"type": "string"}, "t": {}}},
        "else": {"properties": {"u": {"type": "integer"}}},
        "dependentSchemas": {"t": {"properties": {"b": {"type": "integer"}}}}
    });
    let (schema, messages) = schema("3.1.0", given);
    let at = |pointer: &str| json!({"$ref": format!("#/components/schemas/S/{pointer}")});
    let either = json!([at("then/properties/u"), at("else/properties/u")]);
    assert_eq!(schema["properties"]["u"], json!({ "anyOf": either }));
    assert_eq!(
        schema["properties"]["b"],
        at("dependentSchemas/t/properties/b")
    );
    assert_eq!(schema.get("required"), None);
    assert_eq!(messages, ["properties that apply under a condition only"]);
}
