//! Objects, their inline types, and what refers to them.

use super::*;

#[test]
fn a_struct_and_its_inline_types() {
    let (ty, api) = answer(
        "
    Thing:
      type: object
      required: [object, status, token]
      properties:
        object: { type: string, enum: [thing] }
        status: { type: string, enum: [active, '', '*', '='] }
        token: { type: string, x-sensitive: true }
        actor: { type: object, nullable: true }
        inner: { type: object, properties: { kind: { type: string, enum: [a, b] } } }
        list: { type: array, items: { type: object, properties: { n: { type: integer } } } }",
    );
    assert_eq!(ty, named("types::thing::Thing"));
    let id = "types::thing::Thing";
    let constant = Type::Constant(Constant("thing".into()));
    assert_eq!(field(&api, id, "object").ty, constant);
    assert_eq!(field(&api, id, "token").ty, Type::Secret);
    assert_eq!(
        field(&api, id, "actor").presence,
        Presence::OptionalNullable
    );
    assert_eq!(field(&api, id, "actor").ty, Type::Map(Box::new(Type::Json)));
    let status = values(&api, "types::thing::ThingStatus");
    assert_eq!(status, ["Active", "Empty", "Asterisk", "EqualTo"]);
    assert_eq!(
        values(&api, "types::thing::inner::ThingInnerKind"),
        ["A", "B"]
    );
    assert_eq!(fields(&api, "types::thing::ThingListItem").len(), 1);
}

#[test]
fn members_of_all_of_are_one_struct() {
    let (_, api) = answer(
        "
    Thing:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required: [id]
          properties: { kind: { type: string, enum: [a, b] }, more: { type: boolean } }
    Base: { type: object, properties: { id: { type: string }, kind: { type: string } } }",
    );
    let id = "types::thing::Thing";
    let wires: Vec<&str> = fields(&api, id)
        .iter()
        .map(|field| field.name.wire.as_str())
        .collect();
    assert_eq!(wires, ["id", "kind", "more"]);
    assert_eq!(field(&api, id, "id").presence, Presence::Required);
    assert_eq!(field(&api, id, "kind").ty, named("types::thing::ThingKind"));
}

#[test]
fn a_reference_into_another_type() {
    let (_, api) = answer(
        "
    Thing:
      type: object
      properties: { state: { $ref: '#/components/schemas/Other/properties/state' } }
    Other: { type: object, properties: { state: { type: string, enum: [a, b] } } }",
    );
    let state = named("types::other::OtherState");
    assert_eq!(field(&api, "types::thing::Thing", "state").ty, state);
}
