use super::*;

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
    let config: Config = serde_yaml::from_str(config).unwrap();
    let mut diagnostics = Diagnostics::new(false);
    let source = Source::from_bytes("upstream.yaml", UPSTREAM);
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
  responses:
    Problem:
      description: ''
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
fn files_are_written_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let specs = folder.path().join("specs");
    std::fs::create_dir_all(specs.join("pets")).unwrap();
    std::fs::write(
        specs.join("pets/source.yaml"),
        "repository: a/b\nlicence: MIT\n",
    )
    .unwrap();
    let file = folder.path().join("up.yaml");
    std::fs::write(&file, UPSTREAM).unwrap();
    let args = Args {
        api: "pets".to_owned(),
        file,
        repository: None,
        source_file: None,
        revision: Some("abc".to_owned()),
        url: None,
        licence: None,
        sha256: None,
    };
    let mut diagnostics = Diagnostics::new(false);
    assert!(run(&args, &specs, &mut Sources::new(), &mut diagnostics).is_some());
    let record = SourceRecord::read(&specs.join("pets/source.yaml"), &mut diagnostics).unwrap();
    assert_eq!(record.repository.as_deref(), Some("a/b"));
    assert_eq!(record.revision.as_deref(), Some("abc"));
    assert_eq!(record.sha256.len(), 64);

    let wrong = Args {
        sha256: Some("00".to_owned()),
        revision: Some("d".to_owned()),
        ..args
    };
    assert!(run(&wrong, &specs, &mut Sources::new(), &mut diagnostics).is_none());
    let unchanged = SourceRecord::read(&specs.join("pets/source.yaml"), &mut diagnostics).unwrap();
    assert_eq!(unchanged, record);
}
