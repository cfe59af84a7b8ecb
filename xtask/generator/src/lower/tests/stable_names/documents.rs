use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

/// Components that every document has; what is added has other names.
const COMPONENTS: [&str; 5] = ["Session", "SessionStatus", "User", "Page", "list"];

/// Properties; what is added has other names.
const PROPERTIES: [&str; 8] = [
    "id",
    "status",
    "type",
    "items",
    "user name",
    "createdAt",
    "part",
    "value",
];

/// Operations, by path and method, with their ids where they have one.
const OPERATIONS: [(&str, &str, Option<&str>); 6] = [
    ("/sessions", "get", Some("listSessions")),
    ("/sessions", "post", Some("createSession")),
    ("/sessions/{id}", "get", None),
    ("/users", "get", Some("list")),
    ("/users/{id}/items", "put", None),
    ("/v1/pages", "post", Some("pages.add")),
];

/// A document with a few schemas and operations.
pub(super) fn document() -> impl Strategy<Value = Value> {
    let components = prop::collection::vec(object(schema()), COMPONENTS.len());
    let operations = subsequence(OPERATIONS.to_vec(), 1..=OPERATIONS.len());
    let bodies = prop::collection::vec(object(schema()), OPERATIONS.len());
    let answers = prop::collection::vec(schema(), OPERATIONS.len());
    (components, operations, bodies, answers).prop_map(
        |(components, operations, bodies, answers)| {
            let schemas: Map<String, Value> = COMPONENTS
                .iter()
                .map(|name| (*name).to_owned())
                .zip(components)
                .collect();
            let mut paths = Map::new();
            for ((path, method, id), (body, answer)) in
                operations.into_iter().zip(bodies.into_iter().zip(answers))
            {
                let item = paths.entry(path).or_insert_with(|| json!({}));
                item[method] = operation(path, id, body, answer, method != "get");
            }
            json!({
                "openapi": "3.0.3",
                "info": { "title": "T", "version": "1" },
                "paths": paths,
                "components": { "schemas": schemas },
            })
        },
    )
}

/// An operation.
pub(super) fn operation(
    path: &str,
    id: Option<&str>,
    body: Value,
    answer: Value,
    sends: bool,
) -> Value {
    let text = json!({ "type": "string" });
    let mut parameters = vec![json!({ "name": "status", "in": "query", "schema": text })];
    if path.contains("{id}") {
        let id = json!({ "name": "id", "in": "path", "required": true, "schema": text });
        parameters.push(id);
    }
    let mut operation = json!({
        "parameters": parameters,
        "responses": { "200": {
            "description": "", "content": { "application/json": { "schema": answer } },
        } },
    });
    if let Some(id) = id {
        operation["operationId"] = id.into();
    }
    if sends {
        operation["requestBody"] = json!({ "content": { "application/json": { "schema": body } } });
    }
    operation
}

fn schema() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(json!({ "type": "string" })),
        Just(json!({ "type": "integer" })),
        subsequence(vec!["a", "b", "some value", "="], 2..4)
            .prop_map(|values| json!({ "type": "string", "enum": values })),
        select(COMPONENTS.to_vec())
            .prop_map(|name| json!({ "$ref": format!("#/components/schemas/{name}") })),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            3 => object(inner.clone()),
            1 => inner.clone().prop_map(|item| json!({ "type": "array", "items": item })),
            1 => inner.clone().prop_map(|value| json!({
                "type": "object", "additionalProperties": value,
            })),
            1 => prop::collection::vec(object(inner.clone()), 2..4)
                .prop_map(|members| json!({ "oneOf": members })),
            1 => object(inner).prop_map(|more| json!({
                "allOf": [{ "$ref": "#/components/schemas/Page" }, more],
            })),
        ]
    })
    .boxed()
}

/// An object; what all of a union's members have would not tell them apart.
pub(super) fn object(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let names = subsequence(PROPERTIES.to_vec(), 1..4);
    let schemas = prop::collection::vec(inner, 4);
    (names, schemas, any::<bool>()).prop_map(|(names, schemas, required)| {
        let properties: Map<String, Value> = names
            .iter()
            .map(|name| (*name).to_owned())
            .zip(schemas)
            .collect();
        let required = if required { names } else { Vec::new() };
        json!({ "type": "object", "properties": properties, "required": required })
    })
}
