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
