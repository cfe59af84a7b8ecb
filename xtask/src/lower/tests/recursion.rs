//! Types that hold themselves, and long chains.

use super::*;

#[test]
fn recursion_of_every_kind() {
    let (_, api) = answer(
        "
    Thing:
      type: object
      properties:
        parent: { $ref: '#/components/schemas/Thing' }
        children: { type: array, items: { $ref: '#/components/schemas/Thing' } }
        any: { $ref: '#/components/schemas/Json' }
        nest: { $ref: '#/components/schemas/Nest' }
    Nest: { type: array, items: { $ref: '#/components/schemas/Nest' } }
    Json:
      oneOf:
        - { type: string }
        - { type: array, items: { $ref: '#/components/schemas/Json' } }
        - { type: object, additionalProperties: { $ref: '#/components/schemas/Json' } }",
    );
    let id = "types::thing::Thing";
    assert_eq!(field(&api, id, "parent").ty, boxed(id));
    assert_eq!(
        field(&api, id, "children").ty,
        Type::List(Box::new(named(id)))
    );
    let json = named("types::json::Json");
    let expected = [
        Type::String,
        Type::List(Box::new(json.clone())),
        Type::Map(Box::new(json)),
    ];
    let found: Vec<Type> = variants(&api, "types::json::Json")
        .into_iter()
        .map(|it| it.1)
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_chain_of_schemas_is_no_deep_recursion() {
    use std::fmt::Write as _;
    let mut schemas = String::new();
    for at in 0..5000 {
        let _ = write!(
            schemas,
            "\n    T{at}: {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/T{}' }} }} }}",
            (at + 1) % 5000
        );
    }
    schemas.push_str("\n    Thing: { $ref: '#/components/schemas/T0' }");
    let (_, api) = answer(&schemas);
    assert_eq!(api.types.len(), 5000);
}

/// A chain of components, each made from the next by `link`.
fn chain(link: &str) -> (Option<Api>, Vec<String>) {
    let mut text = String::from(
        "openapi: 3.0.3
info: { title: Demo, version: '1' }
paths:
  /thing:
    get:
      responses:
        '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/T0' } } } }
components:
  schemas:
    T1000: { type: object, properties: { kind: { type: string }, a: { type: string } } }",
    );
    for at in 0..1000 {
        let next = format!("$ref: '#/components/schemas/T{}'", at + 1);
        text.push_str(&format!("\n    T{at}: {}", link.replace("NEXT", &next)));
    }
    text.push('\n');
    lowered(&text, "", false)
}

#[test]
fn chains_of_every_kind_end() {
    for link in [
        "{ NEXT }",
        "{ allOf: [{ NEXT }] }",
        "{ allOf: [{ NEXT }, { type: object, properties: { b: { type: string } } }] }",
        "{ type: array, items: { NEXT } }",
        "{ type: object, additionalProperties: { NEXT } }",
        "{ oneOf: [{ NEXT }, { type: string }] }",
        "{ oneOf: [{ NEXT }, { type: object }], discriminator: { propertyName: kind } }",
        "{ oneOf: [{ NEXT }] }",
    ] {
        let (api, _) = chain(link);
        assert!(api.is_some(), "{link}");
    }
}
