//! Unions, and what only looks like one.

use super::*;

#[test]
fn unions_with_and_without_discriminator() {
    let (_, api) = answer(
        "
    Thing:
      type: object
      required: [pet, shape]
      properties:
        pet:
          oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
          discriminator: { propertyName: kind, mapping: { feline: '#/components/schemas/Cat' } }
        shape:
          oneOf:
            - { type: object, required: [type], properties: { type: { type: string, enum: [round] } } }
            - { type: object, required: [edges], properties: { edges: { type: integer } } }
            - { type: array, items: { type: string } }
    Cat: { type: object, properties: { kind: { type: string } } }
    Dog: { type: object, properties: { kind: { type: string } } }",
    );
    let pets = [
        (
            "Feline".to_owned(),
            boxed("types::cat::Cat"),
            vec!["feline".to_owned()],
        ),
        (
            "Dog".to_owned(),
            boxed("types::dog::Dog"),
            vec!["Dog".to_owned()],
        ),
    ];
    assert_eq!(variants(&api, "types::thing::ThingPet"), pets);
    let names: Vec<String> = variants(&api, "types::thing::ThingShape")
        .into_iter()
        .map(|it| it.0)
        .collect();
    assert_eq!(names, ["Round", "Edges", "StringList"]);
}

#[test]
fn subtypes_of_a_base_that_lists_them_are_structs() {
    let (_, api) = answer(
        "
    Thing:
      type: object
      properties: { id: { type: string } }
      oneOf:
        - { $ref: '#/components/schemas/Cat' }
        - { $ref: '#/components/schemas/Dog' }
    Cat:
      allOf: [{ $ref: '#/components/schemas/Thing' }]
      properties: { lives: { type: integer } }
    Dog:
      allOf: [{ $ref: '#/components/schemas/Thing' }]
      properties: { tricks: { type: integer } }",
    );
    let variants = variants(&api, "types::thing::Thing");
    for ((name, ty, _), own) in variants.iter().zip(["lives", "tricks"]) {
        let inner = match ty {
            Type::Boxed(inner) => inner,
            other => other,
        };
        let Type::Named(id) = inner else {
            panic!("{name} is {ty:?}")
        };
        field(&api, &id.0, "id");
        field(&api, &id.0, own);
    }
}

#[test]
fn unions_that_are_none() {
    let (_, api) = answer(
        "
    Thing:
      type: object
      properties:
        open: { anyOf: [{ type: string, enum: [a, b] }, { type: string }] }
        number: { oneOf: [{ type: integer }, { type: number }] }
        one: { oneOf: [{ $ref: '#/components/schemas/Other' }] }
        null_or: { nullable: true, allOf: [{ $ref: '#/components/schemas/Other' }] }
        either:
          type: object
          properties: { a: { type: string }, b: { type: string } }
          oneOf: [{ required: [a] }, { required: [b] }]
    Other: { type: object, properties: { a: { type: string } } }",
    );
    let id = "types::thing::Thing";
    assert_eq!(values(&api, "types::thing::ThingOpen"), ["A", "B"]);
    assert_eq!(field(&api, id, "number").ty, Type::F64);
    assert_eq!(field(&api, id, "one").ty, named("types::other::Other"));
    assert_eq!(field(&api, id, "null_or").ty, named("types::other::Other"));
    assert_eq!(
        field(&api, id, "null_or").presence,
        Presence::OptionalNullable
    );
    assert_eq!(fields(&api, "types::thing::ThingEither").len(), 2);
}

#[test]
fn a_discriminator_without_its_property_is_reported() {
    let text = "
openapi: 3.0.3
info: { title: Demo, version: '1' }
paths:
  /pets:
    get:
      operationId: get_pet
      responses:
        '200':
          description: Fine
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
components:
  schemas:
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: species }
    Cat: { type: object, properties: { lives: { type: integer } } }
    Dog: { type: object, properties: { tricks: { type: integer } } }
";
    let (_, problems) = lowered(text.trim_start(), "", false);
    assert_eq!(
        problems,
        ["no alternative has the discriminator's property `species`"]
    );
    let declared = text.replace("lives: { type: integer }", "species: { type: string }");
    let (_, problems) = lowered(declared.trim_start(), "", false);
    assert_eq!(problems, [""; 0]);
}
