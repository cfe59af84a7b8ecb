use super::*;
use sdk_openapi::Source;

const UPSTREAM: &str = "
openapi: 3.0.0
info: {title: Pets, version: '1', description: All about pets., contact: {name: n}}
x-logo: {url: u}
tags: [{name: pets, description: Pets are nice.}, {name: toys}]
paths:
  /pets/{id}:
    get:
      operationId: GetPet
      summary: Get a pet
      tags: [pets]
      x-speakeasy-group: Pets
      x-undocumented: Not yet meant for anyone.
      security: [{key: []}]
      parameters: [{name: id, in: path, required: true, example: p1, schema: {type: string}}]
      responses:
        '200':
          description: It is here.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {}}}
        default: {$ref: '#/components/responses/Problem'}
    delete:
      operationId: DeletePet
      responses: {'204': {description: Gone.}}
  /toys:
    get: {tags: [toys], responses: {'200': {description: ok}}}
components:
  schemas:
    Toy: {type: object}
    Owner: {type: object, properties: {pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    Pet:
      title: A pet
      description: A pet is an animal.
      required: [description, title]
      properties:
        description: {type: string, description: What it is., example: x}
        title: {type: string, enum: [a title, the best of all titles], default: a title}
        example: {$ref: '#/components/schemas/Owner'}
  responses:
    Problem: {description: Something went wrong.}
  securitySchemes:
    key: {type: apiKey, in: header, name: k, description: The key.}
    other: {type: http, scheme: bearer}
";

fn vendored(config: &str) -> (Option<Vendored>, Vec<String>) {
    vendored_from(UPSTREAM, config)
}

fn vendored_from(upstream: &str, config: &str) -> (Option<Vendored>, Vec<String>) {
    let config: Config = serde_yaml::from_str(config).unwrap();
    let mut diagnostics = Diagnostics::new(false);
    let source = Source::from_bytes("upstream.yaml", upstream);
    let record = SourceRecord::default();
    let made = vendor(
        "pets",
        source,
        &config,
        record,
        &mut Sources::new(),
        &mut diagnostics,
    );
    (
        made,
        diagnostics.iter().map(|one| one.message.clone()).collect(),
    )
}

#[test]
fn facts_stay_and_prose_goes() {
    let (made, messages) = vendored("include: {operations: [GetPet]}\nvendor: {facts_only: true}");
    assert_eq!(messages, Vec::<String>::new());
    let made = made.unwrap();
    assert_eq!(made.operations, 1);
    assert_eq!(
        made.openapi,
        "# Written by `cargo xtask vendor pets`; what we change is in overlay.yaml.
openapi: 3.0.0
info:
  title: Pets
  version: '1'
tags:
- name: pets
paths:
  /pets/{id}:
    get:
      operationId: GetPet
      tags:
      - pets
      x-speakeasy-group: Pets
      x-undocumented: true
      security:
      - key: []
      parameters:
      - name: id
        in: path
        required: true
        schema:
          type: string
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Pet'
        default:
          $ref: '#/components/responses/Problem'
components:
  responses:
    Problem:
      description: ''
  schemas:
    Owner:
      type: object
      properties:
        pets:
          type: array
          items:
            $ref: '#/components/schemas/Pet'
    Pet:
      required:
      - description
      - title
      properties:
        description:
          type: string
        title:
          type: string
          enum:
          - a title
          - the best of all titles
          default: a title
        example:
          $ref: '#/components/schemas/Owner'
  securitySchemes:
    key:
      type: apiKey
      in: header
      name: k
"
    );
}

#[test]
fn prose_stays_where_it_may() {
    let (made, _) = vendored("include: {paths: ['/pets/*']}\nexclude_extensions: [x-undocumented]");
    let made = made.unwrap();
    assert_eq!(made.operations, 1);
    assert!(
        made.openapi.contains("description: Gone."),
        "{}",
        made.openapi
    );
    assert!(!made.openapi.contains("GetPet"), "{}", made.openapi);
    assert!(made.source.contains("version: '1'"), "{}", made.source);
}

#[test]
fn a_selection_that_matches_nothing_is_an_error() {
    let (made, messages) = vendored("include: {paths: [/pet], operations: [GetPets]}");
    assert_eq!(made, None);
    assert_eq!(
        messages,
        [
            "the document has no path `/pet`",
            "the document has no operation `GetPets`"
        ]
    );
}

#[test]
fn operations_are_selected_by_method_and_path_as_in_codegen() {
    let (made, messages) = vendored("include: {operations: [GET /toys]}");
    assert_eq!(messages, Vec::<String>::new());
    let made = made.unwrap();
    assert_eq!(made.operations, 1);
    assert!(made.openapi.contains("/toys"), "{}", made.openapi);
    assert!(!made.openapi.contains("/pets"), "{}", made.openapi);
}

#[test]
fn additional_operations_are_selected_and_keep_the_tags_above_theirs() {
    let upstream = "
openapi: 3.2.0
info: {title: Files, version: '1'}
tags: [{name: store}, {name: files, parent: store}, {name: other}]
paths:
  /files:
    get: {operationId: list, tags: [other], responses: {'204': {description: ok}}}
    additionalOperations:
      COPY: {operationId: copy, tags: [files], responses: {'204': {description: ok}}}
      PURGE: {operationId: purge, responses: {'204': {description: ok}}}
";
    let (made, messages) = vendored_from(upstream, "include: {operations: [COPY /files]}");
    assert_eq!(messages, Vec::<String>::new());
    let made = made.unwrap();
    assert_eq!(made.operations, 1);
    let kept = ["COPY", "name: store", "name: files"];
    assert!(
        kept.iter().all(|text| made.openapi.contains(text)),
        "{}",
        made.openapi
    );
    let dropped = ["PURGE", "operationId: list", "name: other"];
    assert!(
        !dropped.iter().any(|text| made.openapi.contains(text)),
        "{}",
        made.openapi
    );
}

fn record_after(args: &Args, previous: &SourceRecord, fetched: &Fetched) -> SourceRecord {
    record(args, previous.clone(), fetched, "new".to_owned())
}

#[test]
fn a_revision_belongs_to_its_document() {
    let previous = SourceRecord {
        repository: Some("a/b".to_owned()),
        revision: Some("old".to_owned()),
        url: Some("https://docs.example/a.yml".to_owned()),
        license: Some("MIT".to_owned()),
        sha256: "old".to_owned(),
        ..SourceRecord::default()
    };
    let fetched = Fetched {
        revision: Some("seen".to_owned()),
        ..Fetched::default()
    };
    let args = Args::default();
    let same = record(&args, previous.clone(), &fetched, "old".to_owned());
    assert_eq!(same, previous);

    let seen = record_after(&args, &previous, &fetched);
    assert_eq!(seen.revision.as_deref(), Some("seen"));
    assert_eq!(seen.url, previous.url);
    assert_eq!(seen.license, previous.license);

    let unknown = record_after(&args, &previous, &Fetched::default());
    assert_eq!(unknown.revision, None);

    let args = Args {
        revision: Some("given".to_owned()),
        url: Some("npm:pets".to_owned()),
        ..Args::default()
    };
    let updated = record_after(&args, &previous, &fetched);
    assert_eq!(updated.revision.as_deref(), Some("given"));
    assert_eq!(updated.url.as_deref(), Some("npm:pets"));
}

#[test]
fn a_module_is_taken_for_its_data() {
    let made = |text: &str| {
        let fetched = Fetched {
            name: "@a/b/openapi.js".to_owned(),
            bytes: text.as_bytes().to_vec(),
            ..Fetched::default()
        };
        let mut report = Report::new(false);
        let source = document::source(fetched, &mut report.sources, &mut report.diagnostics);
        (source.map(|source| source.bytes), report.render(false))
    };
    let (bytes, messages) = made("export default { openapi: '3.0.0', }");
    assert_eq!(bytes.as_deref(), Some(&br#"{"openapi":"3.0.0"}"#[..]));
    assert_eq!(messages, "");
    let (bytes, messages) = made("export default {\n  paths: load(),\n}");
    assert_eq!(bytes, None);
    assert!(messages.contains("@a/b/openapi.js:2:10"), "{messages}");
    assert!(messages.contains("`load` is not a literal"), "{messages}");
}
