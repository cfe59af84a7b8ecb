//! Documents of any size that are alike in every part: does the cost of an operation grow?

use serde_json::{Map, Value, json};

/// How many operations a resource has.
const EACH: usize = 5;

/// A document of so many operations.
pub(super) fn document(operations: usize) -> Value {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for group in 0..operations.div_ceil(EACH) {
        add_resource(group, &mut paths, &mut schemas);
    }
    // The last resource may have too many.
    for _ in 0..(EACH - operations % EACH) % EACH {
        drop_operation(&mut paths);
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Synthetic", "version": "1.0.0"},
        "servers": [{"url": "https://example.com/v1"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// A document whose `allOf`s contradict each other, with unions of hundreds of alternatives.
pub(super) fn contradictions() -> Value {
    const OPERATIONS: usize = 2_500;
    const CHAIN: usize = 4;
    const UNIONS: usize = 20;
    const ALTERNATIVES: usize = 300;
    let types = ["string", "integer", "boolean", "number"];
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for union in 0..UNIONS {
        let alternatives = (0..ALTERNATIVES).map(|at| {
            json!({"type": "object", "required": ["kind"], "properties": {
                "kind": {"type": "string", "enum": [format!("kind_{at}")]},
                "value": {"type": types[(at + union) % types.len()]},
            }})
        });
        let one_of: Vec<Value> = alternatives.collect();
        schemas.insert(format!("Union{union}"), json!({"oneOf": one_of}));
    }
    for at in 0..OPERATIONS {
        for link in 0..CHAIN {
            let own = json!({"type": "object", "properties": {
                "result": {"type": types[link % types.len()]},
                "part": reference(&format!("Union{}", at % UNIONS)),
            }});
            let schema = match link.checked_sub(1) {
                Some(before) => json!({"allOf": [reference(&format!("Link{at}x{before}")), own]}),
                None => own,
            };
            schemas.insert(format!("Link{at}x{link}"), schema);
        }
        let schema = reference(&format!("Link{at}x{}", CHAIN - 1));
        let content = json!({"application/json": {"schema": schema}});
        let get = json!({
            "operationId": format!("get{at}"),
            "tags": [format!("group {}", at / EACH)],
            "responses": {"200": {"description": "Done.", "content": content}},
        });
        paths.insert(format!("/links/{at}"), json!({"get": get}));
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Contradictions", "version": "1.0.0"},
        "servers": [{"url": "https://example.com/v1"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn add_resource(group: usize, paths: &mut Map<String, Value>, schemas: &mut Map<String, Value>) {
    let (thing, part) = (format!("Thing{group}"), format!("Part{group}"));
    let reference = json!({"$ref": format!("#/components/schemas/{thing}")});
    let answer = |schema: &Value| json!({"200": {"description": "Done.", "content": {"application/json": {"schema": schema}}}});
    let operation = |id: &str, parameters: Value, answer: Value| {
        json!({
            "operationId": format!("{id}{thing}"),
            "tags": [format!("things {group}")],
            "summary": "Does what its name says.",
            "description": "A sentence or two, *marked up*, as documents have them: with `code` in it.",
            "parameters": parameters,
            "responses": answer,
        })
    };
    let with_body = |mut operation: Value| {
        operation["requestBody"] =
            json!({"content": {"application/json": {"schema": fields(&part)}}});
        operation
    };
    let list = json!({"type": "array", "items": reference});
    let filters = json!([
        {"name": "limit", "in": "query", "schema": {"type": "integer"}},
        {"name": "status", "in": "query", "schema": {"type": "string", "enum": ["new", "old"]}},
    ]);
    let id = json!([
        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
    ]);
    paths.insert(
        format!("/things-{group}"),
        json!({
            "get": operation("List", filters, answer(&list)),
            "post": with_body(operation("Create", json!([]), answer(&reference))),
        }),
    );
    paths.insert(
        format!("/things-{group}/{{id}}"),
        json!({
            "get": operation("Get", id.clone(), answer(&reference)),
            "patch": with_body(operation("Update", id.clone(), answer(&reference))),
            "delete": operation("Delete", id, answer(&reference)),
        }),
    );
    schemas.insert(thing, fields(&part));
    schemas.insert(
        part,
        json!({"type": "object", "properties": {"size": {"type": "integer"}}}),
    );
}

/// An object with a property of each kind.
fn fields(part: &str) -> Value {
    json!({
        "type": "object",
        "required": ["id", "status", "created_at"],
        "properties": {
            "id": {"type": "string", "description": "Which one it is."},
            "status": {"type": "string", "enum": ["new", "old", "gone"]},
            "created_at": {"type": "string", "format": "date-time"},
            "count": {"type": "integer", "format": "int64"},
            "ratio": {"type": "number", "nullable": true},
            "labels": {"type": "array", "items": {"type": "string"}},
            "parts": {"type": "array", "items": {"$ref": format!("#/components/schemas/{part}")}},
            "owner": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "active": {"type": "boolean"}},
            },
            "extra": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    })
}

fn drop_operation(paths: &mut Map<String, Value>) {
    let Some((path, mut methods)) = paths
        .iter()
        .next_back()
        .map(|(k, v)| (k.clone(), v.clone()))
    else {
        return;
    };
    let last = methods
        .as_object()
        .and_then(|methods| methods.keys().next_back().cloned());
    if let (Some(methods), Some(last)) = (methods.as_object_mut(), last) {
        methods.shift_remove(&last);
    }
    paths.shift_remove(&path);
    if methods
        .as_object()
        .is_some_and(|methods| !methods.is_empty())
    {
        paths.insert(path, methods);
    }
}

#[cfg(test)]
mod tests {
    use sdk_generator::lower::lower;
    use sdk_openapi::diagnostics::{Diagnostics, Report, Sources};
    use sdk_openapi::{Document, LoadOptions, Source};

    #[test]
    fn it_has_as_many_operations_as_asked_for() {
        for operations in [1, 4, 7, 10] {
            let text = super::document(operations).to_string();
            let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new(false));
            let source = Source::from_bytes("synthetic.json", text);
            let options = LoadOptions::default();
            let document =
                Document::load(source, &options, &mut sources, &mut diagnostics).unwrap();
            let api = lower(
                &document,
                &Default::default(),
                "synthetic",
                &mut diagnostics,
            );
            let report = Report {
                sources,
                diagnostics,
            };
            assert_eq!(report.render(false), "");
            let count: usize = api.resources.iter().map(|one| one.operations.len()).sum();
            assert_eq!(count, operations);
        }
    }
}
