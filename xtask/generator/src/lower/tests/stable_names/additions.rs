use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::documents::operation;

/// Something that is added to a document.
#[derive(Debug, Clone)]
pub(super) enum Addition {
    /// A component.
    Schema(String),
    /// A property of some object, before or behind the others.
    Property {
        name: String,
        object: usize,
        first: bool,
    },
    /// An operation.
    Operation { path: String, id: Option<String> },
}

/// Any addition. Its names look much like those of inline types.
pub(super) fn any() -> impl Strategy<Value = Addition> {
    let schemas = vec![
        "SessionItems",
        "SessionStatusType",
        "UserItem",
        "PageValue",
        "ListResponse",
        "Added",
        "session_type",
        "Response",
        "CreateSessionBody",
    ];
    let properties = vec![
        "kind",
        "statusItem",
        "Item",
        "response",
        "zone",
        "body",
        "user",
    ];
    let operations = vec![
        ("/sessions/{id}/status", Some("getSessionStatus")),
        ("/sessions/{id}/extra", None),
        ("/added", Some("added")),
        ("/users/list", None),
        ("/pages", Some("value")),
        ("/response", Some("createSessionBody")),
    ];
    prop_oneof![
        select(schemas).prop_map(|name| Addition::Schema(name.to_owned())),
        (select(properties), 0..1000_usize, prop::bool::ANY).prop_map(|(name, object, first)| {
            Addition::Property {
                name: name.to_owned(),
                object,
                first,
            }
        }),
        select(operations).prop_map(|(path, id)| Addition::Operation {
            path: path.to_owned(),
            id: id.map(str::to_owned),
        }),
    ]
}

/// Additions that would rename much if names depended on neighbors: components called as the
/// inline types of others are, a property of every object, an operation beside the others.
pub(super) fn adversarial(document: &Value) -> Vec<Addition> {
    let names = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let mut additions: Vec<Addition> = names
        .into_iter()
        .flatten()
        .flat_map(|(name, schema)| {
            let properties = schema.get("properties").and_then(Value::as_object);
            let first = properties
                .into_iter()
                .flatten()
                .map(|(name, _)| name.clone())
                .next();
            first.map(|property| format!("{name}_{property}_zz"))
        })
        .take(8)
        .map(Addition::Schema)
        .collect();
    additions.push(Addition::Schema("ZzAdded".to_owned()));
    additions.push(Addition::Operation {
        path: "/zz/added".to_owned(),
        id: None,
    });
    for at in 0..objects(document).len().min(64) {
        additions.push(Addition::Property {
            name: "zz_added".to_owned(),
            object: at,
            first: at % 2 == 0,
        });
    }
    additions
}

impl Addition {
    /// Adds it, unless there is something of its name.
    pub(super) fn apply(&self, document: &mut Value) {
        match self {
            Self::Schema(name) => {
                let inner =
                    json!({ "type": "object", "properties": { "a": { "type": "string" } } });
                let schema = json!({
                    "type": "object",
                    "properties": { "items": inner, "status": { "type": "string", "enum": ["a", "b"] } },
                });
                let schemas = document.pointer_mut("/components/schemas");
                if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
                    schemas.entry(name).or_insert(schema);
                }
            }
            Self::Property {
                name,
                object,
                first,
            } => {
                let objects = objects(document);
                let pointer = objects.get(object % objects.len().max(1));
                let found = pointer.and_then(|pointer| document.pointer_mut(pointer));
                let Some(properties) = found.and_then(Value::as_object_mut) else {
                    return;
                };
                if properties.contains_key(name) {
                    return;
                }
                let schema = json!({ "type": "string" });
                if *first {
                    let others = std::mem::take(properties);
                    properties.insert(name.clone(), schema);
                    properties.extend(others);
                } else {
                    properties.insert(name.clone(), schema);
                }
            }
            Self::Operation { path, id } => {
                let answer = json!({
                    "type": "object", "properties": { "status": { "type": "string", "enum": ["a", "b"] } },
                });
                let operation = operation(path, id.as_deref(), json!({}), answer, false);
                if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
                    let item = paths.entry(path).or_insert_with(|| json!({}));
                    item["get"] = operation;
                }
            }
        }
    }
}

/// Where the `properties` of every object schema stand, but for those of a union's own members:
/// one without title, tag or single value has nothing to be called by but its properties.
fn objects(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((pointer, value)) = open.pop() {
        let below = |key: &str| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
        match value {
            Value::Array(items) => {
                let items = items.iter().enumerate();
                open.extend(items.map(|(at, item)| (below(&at.to_string()), item)));
            }
            Value::Object(members) => {
                if !is_alternative(&pointer)
                    && members.get("type") == Some(&json!("object"))
                    && members.get("properties").is_some_and(Value::is_object)
                {
                    found.push(below("properties"));
                }
                open.extend(members.iter().map(|(key, value)| (below(key), value)));
            }
            _ => {}
        }
    }
    found
}

fn is_alternative(pointer: &str) -> bool {
    let mut tokens = pointer.rsplit('/').skip(1);
    matches!(tokens.next(), Some("oneOf" | "anyOf"))
}
