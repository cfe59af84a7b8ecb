use crate::config::Config;
use crate::diagnostics::{Diagnostics, Sources};
use crate::model::{
    Api, BodyContent, Constant, Envelope, Field, Operation, Presence, ResponseContent, Safety,
    Shape, Type, TypeDef, TypeId,
};
use crate::spec::{Document, LoadOptions, Source};

/// Lowers a document and tells what was wrong with it.
pub(super) fn lowered(document: &str, config: &str, lenient: bool) -> (Option<Api>, Vec<String>) {
    let mut diagnostics = Diagnostics::new(lenient);
    let mut sources = Sources::new();
    let source = Source::from_bytes("openapi.yaml", document.as_bytes());
    let options = LoadOptions::default();
    let document = Document::load(source, &options, &mut sources, &mut diagnostics);
    let config = Config::parse(config, "codegen.yaml").unwrap_or_default();
    let api = document.map(|document| {
        let mut api = super::lower(&document, &config, "demo", &mut diagnostics);
        crate::passes::run(&mut api);
        api
    });
    (
        api,
        diagnostics
            .iter()
            .map(|problem| problem.message.clone())
            .collect(),
    )
}

/// The model of a good document.
fn model(paths: &str, components: &str, config: &str) -> Api {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: Demo, version: '1' }}\npaths:\n{paths}\ncomponents:\n{components}\n"
    );
    let (api, problems) = lowered(&text, config, false);
    assert!(problems.is_empty(), "{problems:#?}\n{text}");
    let Some(api) = api else {
        panic!("no document:\n{text}")
    };
    api
}

/// The type that `GET /thing` answers, `schemas` given.
fn answer(schemas: &str) -> (Type, Api) {
    let paths = "
  /thing:
    get:
      operationId: getThing
      tags: [things]
      responses:
        '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }";
    let api = model(paths, &format!("  schemas:\n{schemas}"), "");
    let ResponseContent::Json { ty, .. } = only(&api).success.content.clone() else {
        panic!("no JSON")
    };
    (ty, api)
}

fn only(api: &Api) -> &Operation {
    let operations = super::resources::operations(&api.resources);
    assert_eq!(operations.len(), 1);
    operations[0]
}

fn def<'a>(api: &'a Api, id: &str) -> &'a TypeDef {
    let known: Vec<_> = api.types.keys().map(ToString::to_string).collect();
    let found = api.types.get(&TypeId(id.to_owned()));
    found.unwrap_or_else(|| panic!("no {id} in {known:#?}"))
}

fn fields<'a>(api: &'a Api, id: &str) -> &'a [Field] {
    match &def(api, id).shape {
        Shape::Struct { fields, .. } => fields,
        other => panic!("{id} is {other:?}"),
    }
}

fn field<'a>(api: &'a Api, id: &str, wire: &str) -> &'a Field {
    let found = fields(api, id).iter().find(|field| field.name.wire == wire);
    found.unwrap_or_else(|| panic!("no {wire} in {id}"))
}

fn variants(api: &Api, id: &str) -> Vec<(String, Type, Vec<String>)> {
    match &def(api, id).shape {
        Shape::Union { variants, .. } => variants
            .iter()
            .map(|it| (it.name.ident.to_string(), it.ty.clone(), it.tags.clone()))
            .collect(),
        other => panic!("{id} is {other:?}"),
    }
}

fn values(api: &Api, id: &str) -> Vec<String> {
    match &def(api, id).shape {
        Shape::StringEnum { values } | Shape::IntegerEnum { values } => values
            .iter()
            .map(|value| value.name.ident.to_string())
            .collect(),
        other => panic!("{id} is {other:?}"),
    }
}

fn named(id: &str) -> Type {
    Type::Named(TypeId(id.to_owned()))
}

fn boxed(id: &str) -> Type {
    Type::Boxed(Box::new(named(id)))
}

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
fn a_contradiction_is_told_or_omitted() {
    let text = "
openapi: 3.0.3
info: { title: Demo, version: '1' }
paths:
  /thing:
    get:
      responses:
        '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
components:
  schemas:
    Thing: { allOf: [{ type: string }, { type: integer }] }
";
    let (_, problems) = lowered(text, "", false);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].contains("allOf/0") && problems[0].contains("allOf/1"),
        "{problems:?}"
    );
    let (api, _) = lowered(text, "", true);
    assert_eq!(api.map(|api| api.omissions.len()), Some(1));
}

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
fn heirs_of_a_base_that_lists_them_are_structs() {
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

const TWINS: &str = "
  /things/get:
    get:
      operationId: getGet
      x-fern-sdk-group-name: [things, inner]
      x-fern-sdk-method-name: get
      x-response-key: thing
      parameters: [{ name: id, in: query, schema: { type: string } }]
      responses: &responses
        '200':
          description: Fine
          content:
            application/json:
              schema: { type: object, properties: { ok: { type: boolean }, thing: { type: string } } }
    post:
      operationId: getPost
      x-fern-sdk-group-name: [things, inner]
      x-fern-sdk-method-name: get
      x-response-key: thing
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [id], properties: { id: { type: string }, timeout: { type: integer } } }
      responses: *responses";

#[test]
fn twins_groups_and_envelopes() {
    let config = "
naming: { method_suffix: { get: via_get } }
envelope: { key_extension: x-response-key, ignore: [ok] }";
    let api = model(TWINS, "  schemas: {}", config);
    let inner = &api.resources[0].children[0];
    assert_eq!(inner.type_name.as_str(), "Inner");
    let names: Vec<&str> = inner
        .operations
        .iter()
        .map(|it| it.name.ident.as_str())
        .collect();
    assert_eq!(names, ["get", "get_via_get"]);
    let post = &inner.operations[0];
    assert_eq!(post.builder.as_str(), "GetRequest");
    assert_eq!(post.safety, Safety::Safe);
    let expected = ResponseContent::Json {
        ty: Type::String,
        envelope: Some(Envelope {
            key: "thing".to_owned(),
            optional: false,
        }),
    };
    assert_eq!(post.success.content, expected);
    let Some(BodyContent::JsonFields(fields)) = post.body.as_ref().map(|body| &body.content) else {
        panic!("{:?}", post.body)
    };
    let setters: Vec<&str> = fields
        .iter()
        .map(|field| field.name.ident.as_str())
        .collect();
    assert_eq!(setters, ["id", "timeout_param"]);
}

#[test]
fn a_selection_renames_nothing() {
    let paths = "
  /a: { get: { operationId: listA, tags: [a], responses: { '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/user_thing' } } } } } } }
  /b: { get: { operationId: listB, tags: [a], responses: { '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/UserThing' } } } } } } }";
    let schemas = "  schemas:
    user_thing: { type: object, properties: { a: { type: string } } }
    UserThing: { type: object, properties: { a: { type: string } } }";
    let whole = model(paths, schemas, "");
    let part = model(paths, schemas, "include: { paths: [/a] }");
    assert_eq!(part.types.len(), 1);
    assert!(part.types.keys().all(|id| whole.types.contains_key(id)));
}

#[test]
fn what_codegen_yaml_names_must_be_there() {
    let text = "openapi: 3.0.3\ninfo: { title: Demo, version: '1' }\npaths: {}\n";
    let config = "include: { paths: [/nowhere] }\nskip: [{ operation: nothing, reason: none }]";
    let (_, problems) = lowered(text, config, false);
    assert_eq!(problems.len(), 2, "{problems:?}");
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

#[test]
fn what_a_repair_leaves_out_is_listed() {
    let text = "
openapi: 3.0.3
info: { title: Demo, version: '1' }
paths:
  /open/{id: { get: { operationId: open, responses: { '200': { description: Fine } } } }
  /things:
    get:
      operationId: list_things
      parameters: [{ name: filter, in: body, schema: { type: string } }]
      responses:
        '200': { description: Fine }
        '2000': { description: Never }
";
    let (api, problems) = lowered(text.trim_start(), "", true);
    assert_eq!(problems.len(), 3, "{problems:#?}");
    let listed: Vec<_> = api
        .iter()
        .flat_map(|api| &api.omissions)
        .map(|omission| omission.what.as_str())
        .collect();
    assert_eq!(
        listed,
        [
            "the parameter `filter`",
            "the response `2000`",
            "the operations of `/open/{id`"
        ]
    );
}

#[test]
fn a_discriminator_without_its_property_is_told() {
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
