use crate::diagnostics::{Diagnostics, Sources};
use crate::{Document, LoadOptions, Source};

/// The messages that a document gets, `--lenient` or not, and the document.
fn load(text: &str, lenient: bool) -> (Option<Document>, Vec<String>) {
    let mut diagnostics = Diagnostics::new(lenient);
    let source = Source::from_bytes("api.yaml", text);
    let options = LoadOptions::default();
    let document = Document::load(source, &options, &mut Sources::new(), &mut diagnostics);
    let mut messages: Vec<_> = diagnostics
        .iter()
        .map(|one| format!("{}: {}", location(one), one.message))
        .collect();
    messages.sort();
    (document, messages)
}

fn location(diagnostic: &crate::diagnostics::Diagnostic) -> String {
    match &diagnostic.location {
        crate::diagnostics::Location::Pointer(origin) => origin.to_string(),
        _ => String::new(),
    }
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";

#[test]
fn every_problem_of_the_paths_is_reported_at_once() {
    let paths = "
paths:
  /a/{id}/{other}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: id, in: path, required: true, schema: {type: string}}
    get: {operationId: x, responses: {'200': {description: ''}}}
    post:
      operationId: x
      parameters: [{name: othr, in: path, required: true, schema: {type: string}}]
      responses: {'200': {$ref: '#/components/responses/Gone'}}
      security: [{nokey: []}]
";
    let (document, messages) = load(&format!("{HEAD}{paths}"), false);
    assert_eq!(
        messages,
        [
            "#/paths/~1a~1{id}~1{other}/get: the path's `{other}` has no parameter",
            "#/paths/~1a~1{id}~1{other}/parameters/1: duplicate path parameter `id`",
            "#/paths/~1a~1{id}~1{other}/post/operationId: duplicate operation id `x`",
            "#/paths/~1a~1{id}~1{other}/post/parameters/0: the path parameter `othr` is not a variable of `/a/{id}/{other}`",
            "#/paths/~1a~1{id}~1{other}/post/responses/200/$ref: `$ref` target `#/components/responses/Gone` does not exist",
            "#/paths/~1a~1{id}~1{other}/post/security/0/nokey: undeclared security scheme `nokey`",
            "#/paths/~1a~1{id}~1{other}/post: the path's `{other}` has no parameter",
        ]
    );
    // What is reported is repaired, so that the next stage can go on.
    let document = document.unwrap();
    let operations = document.operations(&mut Diagnostics::new(false));
    let names: Vec<_> = operations[1]
        .parameters
        .iter()
        .map(|parameter| parameter.name)
        .collect();
    assert_eq!(names, ["id", "other"]);
    assert_eq!(operations[1].id, None);
}

#[test]
fn cycles_and_targets_of_another_kind_are_reported() {
    let schemas = "
paths: {}
components:
  schemas:
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/A'}
    C: {allOf: [{$ref: '#/components/schemas/D'}]}
    D: {allOf: [{properties: {c: {$ref: '#/components/schemas/C'}}}, {$ref: '#/components/schemas/C'}]}
    E: {$ref: '#/components/responses/R'}
    Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}
    F: {type: integer, default: x}
  responses:
    R: {description: ''}
";
    let (_, messages) = load(&format!("{HEAD}{schemas}"), true);
    assert_eq!(
        messages,
        [
            "#/components/schemas/A/$ref: cycle of `$ref`s: `#/components/schemas/B`",
            "#/components/schemas/B/$ref: cycle of `$ref`s: `#/components/schemas/A`",
            "#/components/schemas/D/allOf/1: this schema is part of itself by `allOf`",
            "#/components/schemas/E/$ref: `$ref` must refer to a schema, but `#/components/responses/R` is a response",
            "#/components/schemas/F/default: the default is not of the schema's type",
        ]
    );
}

#[test]
fn missing_fields_and_unsupported_versions_are_reported() {
    assert_eq!(
        load("openapi: 3.0.0", false).1,
        ["#: `info` is missing", "#: `paths` is missing"]
    );
    assert_eq!(
        load("swagger: '2.0'", false).1,
        ["#/swagger: Swagger 2.0 is not supported"]
    );
    assert_eq!(
        load("openapi: 4.0.0", false).1,
        ["#/openapi: OpenAPI version `4.0.0` is not supported"]
    );
    assert_eq!(load("openapi: [", false).1.len(), 1);
    assert_eq!(
        load("", false).1,
        ["#: not an OpenAPI document: the root must be an object"]
    );
}

#[test]
fn cycles_of_alternatives_are_reported_but_subtypes_are_not() {
    let schemas = "
paths: {}
components:
  schemas:
    A: {oneOf: [{$ref: '#/components/schemas/B'}]}
    B: {anyOf: [{type: string}, {oneOf: [{$ref: '#/components/schemas/A'}]}]}
    Tree: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Tree'}}]}
    Pet: {type: object, oneOf: [{$ref: '#/components/schemas/Cat'}]}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}
";
    assert_eq!(
        load(&format!("{HEAD}{schemas}"), true).1,
        ["#/components/schemas/B/anyOf/1/oneOf/0: this schema is part of itself by `oneOf`"]
    );
}

#[test]
fn contradicting_schemas_are_reported() {
    let schemas = "
paths: {}
components:
  schemas:
    A: {type: integer, default: null}
    B: {type: integer, nullable: true, default: null}
    C: {type: integer, enum: [one, two]}
    D: {type: object, required: [a, a]}
    E: {type: number, multipleOf: 0}
    F: {type: string, enum: [a, a]}
";
    assert_eq!(
        load(&format!("{HEAD}{schemas}"), false).1,
        [
            "#/components/schemas/A/default: the default is not of the schema's type",
            "#/components/schemas/C/enum: no value of the `enum` is of the schema's type",
            "#/components/schemas/D/required/1: duplicate `a` in `required`",
            "#/components/schemas/E/multipleOf: `multipleOf` must be greater than 0",
            "#/components/schemas/F/enum/1: duplicate `\"a\"` in `enum`",
        ]
    );
}

#[test]
fn contradictions_are_repaired() {
    let schemas = "
servers: [{url: 'https://{at}', variables: {at: {enum: [eu], default: us}}}]
paths: {}
components:
  schemas:
    A: {type: string, enum: [1, two, {}], default: 1}
    B: {type: integer, const: '5', minimum: 6, maximum: 4}
    C: {type: array, items: {$ref: '#/components/schemas/A'}, default: [two, 3]}
    D: {allOf: [{type: boolean}, {default: 1}]}
    E: {type: string, readOnly: true, writeOnly: true, enum: []}
";
    let (document, messages) = load(&format!("{HEAD}{schemas}"), true);
    assert_eq!(messages.len(), 10, "{messages:#?}");
    let document = document.unwrap();
    let root = document.root();
    let expected = serde_json::json!({
        "A": {"type": "string", "enum": ["1", "two"], "default": "1"},
        "B": {"type": "integer", "const": 5},
        "C": {"type": "array", "items": {"$ref": "#/components/schemas/A"}},
        "D": {"allOf": [{"type": "boolean"}, {}]},
        "E": {"type": "string"},
    });
    assert_eq!(root.value["components"]["schemas"], expected);
    let variable = &document.servers()[0].variables.as_ref().unwrap()["at"];
    assert_eq!(variable.enumeration, ["eu", "us"]);
}

/// JSON Schema only recommends that a default conforms, and 3.0's callers lose nothing by its repair.
#[test]
fn a_default_that_does_not_conform_is_a_warning() {
    let text = "openapi: 3.1.0
info: {title: t, version: '1'}
components:
  schemas:
    A: {type: string, enum: [a], default: b}
    B: {type: string, default: 1}
";
    let mut diagnostics = Diagnostics::new(false);
    let source = Source::from_bytes("api.yaml", text);
    let options = LoadOptions::default();
    Document::load(source, &options, &mut Sources::new(), &mut diagnostics);
    assert_eq!(diagnostics.counts(), (0, 2));
}

#[test]
fn an_unusable_security_scheme_is_reported_once_and_ignored() {
    let text = "
paths: {}
components:
  securitySchemes:
    a: {type: apiKey, in: body, name: key}
    b: {type: http}
    c: text
    d: {type: oauth2}
";
    let (document, messages) = load(&format!("{HEAD}{text}"), true);
    assert_eq!(
        messages,
        [
            "#/components/securitySchemes/a/in: `body` is not a valid `in` of a security scheme",
            "#/components/securitySchemes/b: `scheme` is missing in this security scheme",
            "#/components/securitySchemes/c: a security scheme must be an object",
            "#/components/securitySchemes/d: `flows` is missing in this security scheme",
        ]
    );
    let schemes = document.map(|document| document.security_schemes().len());
    assert_eq!(schemes, Some(1));
}

/// Each of these took minutes or longer, or all memory, when problems were searched one by one.
#[test]
fn very_many_problems_of_one_kind_take_linear_time() {
    let many = |each: &dyn Fn(usize) -> String| -> String {
        (0..5_000).map(each).collect::<Vec<_>>().join(", ")
    };
    let responses = "responses: {'200': {description: d}}";
    let documents = [
        (
            "statuses",
            format!(
                "paths: {{/p: {{get: {{responses: {{{}}}}}}}}}",
                many(&|at| format!("k{at}: {{description: d}}"))
            ),
        ),
        (
            "schemes",
            format!(
                "paths: {{/p: {{get: {{{responses}, security: [{}]}}}}}}
components: {{securitySchemes: {{{}}}}}",
                many(&|at| format!("{{wrongname{at}: []}}")),
                many(&|at| format!("schemename{at}: {{type: http, scheme: bearer}}")),
            ),
        ),
        (
            "references",
            format!(
                "paths: {{}}
components: {{schemas: {{A: {{properties: {{{}}}}}, {}}}}}",
                many(&|at| format!("p{at}: {{$ref: '#/components/schemas/wrongname{at}'}}")),
                many(&|at| format!("schemaname{at}: {{type: string}}")),
            ),
        ),
        (
            "braces",
            format!(
                "paths: {{{}}}",
                many(&|at| format!("'/p{at}/{{a': {{get: {{{responses}}}}}"))
            ),
        ),
        (
            "variables",
            format!(
                "paths:\n  ? '{}'\n  : {{get: {{{responses}}}}}",
                (0..5_000)
                    .map(|at| format!("/{{v{at}}}"))
                    .collect::<String>()
            ),
        ),
    ];
    for (name, text) in documents {
        let (document, messages) = load(&format!("{HEAD}{text}"), true);
        assert!(document.is_some(), "{name}");
        assert!(!messages.is_empty(), "{name}");
    }
}

#[test]
fn paths_that_differ_in_variable_names_only_are_equivalent() {
    let operation = "{get: {responses: {'200': {description: d}}, parameters: [PARAMETER]}}";
    let path = |path: &str, name: &str| {
        let parameter = format!("{{name: {name}, in: path, required: true, schema: {{}}}}");
        format!(
            "  '{path}': {}\n",
            operation.replace("PARAMETER", &parameter)
        )
    };
    let text = format!(
        "{HEAD}paths:\n{}{}",
        path("/a/{b}/c", "b"),
        path("/a/{x}/c", "x")
    );
    let (_, messages) = load(&text, true);
    assert_eq!(messages.len(), 1);
    assert!(
        messages[0].ends_with("this path is equivalent to `/a/{b}/c`"),
        "{messages:?}"
    );
    let (_, messages) = load(&format!("{HEAD}paths:\n{}", path("/a/{b/c}", "b")), true);
    assert!(
        messages.iter().any(|message| message.contains("braces")),
        "{messages:?}"
    );
}
