//! Operations: names, GET counterparts, envelopes, selection.

use super::*;

const COUNTERPARTS: &str = "
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
        required: true
        content:
          application/json:
            schema: { type: object, required: [id], properties: { id: { type: string }, timeout: { type: integer } } }
      responses: *responses";

#[test]
fn get_counterparts_groups_and_envelopes() {
    let config = "
naming: { method_suffix: { get: via_get } }
envelope: { key_extension: x-response-key, ignore: [ok] }";
    let api = model(COUNTERPARTS, "  schemas: {}", config);
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
