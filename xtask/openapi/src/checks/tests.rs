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
        .map(|one| format!("{}: {}", place(one), one.message))
        .collect();
    messages.sort();
    (document, messages)
}

fn place(diagnostic: &crate::diagnostics::Diagnostic) -> String {
    match &diagnostic.location {
        crate::diagnostics::Location::Pointer(origin) => origin.to_string(),
        _ => String::new(),
    }
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";

#[test]
fn every_problem_of_the_paths_is_told_at_once() {
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
            "#/paths/~1a~1{id}~1{other}/parameters/1: the path parameter `id` stands twice",
            "#/paths/~1a~1{id}~1{other}/post/operationId: the operation id `x` is taken",
            "#/paths/~1a~1{id}~1{other}/post/parameters/0: the path parameter `othr` does not stand in `/a/{id}/{other}`",
            "#/paths/~1a~1{id}~1{other}/post/responses/200/$ref: `$ref` leads nowhere: there is no `#/components/responses/Gone`",
            "#/paths/~1a~1{id}~1{other}/post/security/0/nokey: there is no security scheme `nokey`",
            "#/paths/~1a~1{id}~1{other}/post: the path's `{other}` has no parameter",
        ]
    );
    // What was told is repaired, so that the next stage has something to go on with.
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
fn circles_and_wrong_kinds_are_told() {
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
            "#/components/schemas/A/$ref: `$ref` goes in a circle: `#/components/schemas/B`",
            "#/components/schemas/B/$ref: `$ref` goes in a circle: `#/components/schemas/A`",
            "#/components/schemas/D/allOf/1: this schema contains itself by `allOf`",
            "#/components/schemas/E/$ref: `$ref` must lead to a schema, but `#/components/responses/R` is a response",
            "#/components/schemas/F/default: the default is not of the schema's type",
        ]
    );
}

#[test]
fn what_is_missing_or_too_old_is_told() {
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
        ["#: this is not an OpenAPI document: not an object"]
    );
}

#[test]
fn alternatives_in_a_circle_are_told_but_heirs_are_not() {
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
        ["#/components/schemas/B/anyOf/1/oneOf/0: this schema contains itself by `oneOf`"]
    );
}

#[test]
fn values_that_cannot_be_are_told() {
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
            "#/components/schemas/D/required/1: `a` stands twice in `required`",
            "#/components/schemas/E/multipleOf: `multipleOf` must be greater than 0",
            "#/components/schemas/F/enum/1: `\"a\"` stands twice in `enum`",
        ]
    );
}

#[test]
fn what_does_not_fit_is_repaired() {
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

/// JSON Schema only recommends that a default is one of the values; of the type it must be.
#[test]
fn since_3_1_a_default_may_be_out_of_reach() {
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
    assert_eq!(diagnostics.counts(), (1, 1));
}

#[test]
fn an_unusable_security_scheme_is_told_once_and_left_out() {
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
            "#/components/securitySchemes/a/in: a security scheme cannot be in `body`",
            "#/components/securitySchemes/b: `scheme` is missing in this security scheme",
            "#/components/securitySchemes/c: a security scheme must be an object",
            "#/components/securitySchemes/d: `flows` is missing in this security scheme",
        ]
    );
    let schemes = document.map(|document| document.security_schemes().len());
    assert_eq!(schemes, Some(1));
}

/// Each of these took minutes or longer, or all memory, when problems were looked for one by one.
#[test]
fn very_many_problems_of_one_kind_come_to_an_end() {
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
fn templates_that_differ_in_names_only_are_the_same_path() {
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
        messages[0].ends_with("this path is the same as `/a/{b}/c`"),
        "{messages:?}"
    );
    let (_, messages) = load(&format!("{HEAD}paths:\n{}", path("/a/{b/c}", "b")), true);
    assert!(
        messages.iter().any(|told| told.contains("braces")),
        "{messages:?}"
    );
}
