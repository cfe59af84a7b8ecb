use super::{answer, def, fields, lowered};

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn limits_are_read_at_fields_lists_references_and_allof() {
    let schemas = "    Thing:
      type: object
      additionalProperties: false
      properties:
        name: { type: string, maxLength: 10, pattern: ^a }
        tags: { type: array, maxItems: 3, items: { type: string, minLength: 2 } }
        short: { $ref: '#/components/schemas/Short' }
        both: { allOf: [{ type: string, maxLength: 9 }, { maxLength: 7 }] }
        inner: { type: object, minProperties: 1, properties: { a: { type: string } } }
    Short: { type: string, maxLength: 5, uniqueItems: false }
";
    let (_, api) = answer(schemas);
    let thing = def(&api, "types::thing::Thing");
    assert_eq!(
        json(&thing.constraints),
        r#"{"additionalProperties":false}"#
    );
    let found = fields(&api, "types::thing::Thing").iter();
    let found: Vec<String> = found.map(|field| json(&field.constraints)).collect();
    assert_eq!(
        found,
        [
            r#"{"maxLength":10,"pattern":"^a"}"#,
            r#"{"items/minLength":2,"maxItems":3}"#,
            r#"{"maxLength":5}"#,
            r#"{"maxLength":7}"#,
            "{}",
        ]
    );
    let inner = def(&api, "types::thing::ThingInner");
    assert_eq!(json(&inner.constraints), r#"{"minProperties":1}"#);
}

#[test]
fn operations_that_an_extension_excludes_are_listed_with_it() {
    let document = "openapi: 3.0.3
info: { title: Demo, version: '1' }
paths:
  /a:
    get: { operationId: a, x-internal: true, responses: { '200': { description: OK } } }
    put: { operationId: b, x-internal: false, responses: { '200': { description: OK } } }
";
    let (api, problems) = lowered(document, "exclude_extensions: [x-internal]", false);
    assert!(problems.is_empty(), "{problems:?}");
    let excluded = api.unwrap().excluded;
    assert_eq!(excluded.len(), 1);
    assert_eq!(excluded[0].what, "GET /a");
    assert_eq!(excluded[0].reason, "marked `x-internal`");
}
