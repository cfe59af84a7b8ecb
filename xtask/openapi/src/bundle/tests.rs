use std::fs;

use crate::SpecPointer;
use crate::diagnostics::{Diagnostics, Sources};
use crate::{Document, LoadOptions, Source};

const HEAD: &str = "openapi: 3.0.0\ninfo: {title: t, version: '1'}\npaths: {}\n";

fn load(folder: &std::path::Path, sources: &mut Sources) -> (Document, Vec<String>) {
    let mut diagnostics = Diagnostics::new(false);
    let source = Source::read(&folder.join("api/main.yaml")).unwrap();
    let options = LoadOptions::default();
    let document = Document::load(source, &options, sources, &mut diagnostics).unwrap();
    (
        document,
        diagnostics.iter().map(|one| one.message.clone()).collect(),
    )
}

#[test]
fn files_refer_to_one_another() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("api/parts")).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "api/main.yaml",
        &format!(
            "{HEAD}components: {{schemas: {{A: {{$ref: 'parts/pet.yaml'}}, B: {{$ref: 'parts/all.json#/defs/Pet'}}, pet: {{}}}}}}"
        ),
    );
    write(
        "api/parts/pet.yaml",
        "type: object\nproperties:\n  next: {$ref: '#/properties/name'}\n  name: {type: string}\n  owner: {$ref: 'all.json#/defs/Pet'}\n  root: {$ref: '../main.yaml#/components/schemas/A'}\n",
    );
    write(
        "api/parts/all.json",
        r##"{"defs": {"Pet": {"items": {"$ref": "#/defs/Pet"}, "type": "array"}}}"##,
    );

    let mut sources = Sources::new();
    let (document, messages) = load(folder.path(), &mut sources);
    assert_eq!(messages, Vec::<String>::new());
    let schemas = &document.root().value["components"]["schemas"];
    assert_eq!(schemas["A"]["$ref"], "#/components/schemas/parts_pet");
    assert_eq!(schemas["B"]["$ref"], "#/components/schemas/Pet");
    let pet = &schemas["parts_pet"]["properties"];
    assert_eq!(
        pet["next"]["$ref"],
        "#/components/schemas/parts_pet/properties/name"
    );
    assert_eq!(pet["owner"]["$ref"], "#/components/schemas/Pet");
    assert_eq!(pet["root"]["$ref"], "#/components/schemas/A");
    assert_eq!(schemas["Pet"]["items"]["$ref"], "#/components/schemas/Pet");

    let location = sources.locate(&SpecPointer::new(
        "#/components/schemas/parts_pet/properties/name/type",
    ));
    let location = location.unwrap();
    assert!(location.file.ends_with("pet.yaml"), "{location:?}");
    assert_eq!(location.line, 4);
}

/// Two files that declare one name: whichever is referred to first, both are called the same.
#[test]
fn names_do_not_depend_on_the_order_of_references() {
    let names = |targets: [&str; 2]| {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("api/b")).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("api/a.yaml", "Pet: {title: a}\nOwner: {title: owner}\n");
        write("api/b/a.yaml", "Pet: {title: b}\n");
        let [first, second] = targets;
        let schemas = format!(
            "{HEAD}components: {{schemas: {{X: {{$ref: '{first}'}}, Y: {{$ref: '{second}'}}, Z: {{$ref: 'a.yaml#/Owner'}}}}}}"
        );
        write("api/main.yaml", &schemas);
        let (document, messages) = load(folder.path(), &mut Sources::new());
        assert_eq!(messages, Vec::<String>::new());
        let schemas = document.component_schemas().into_iter();
        let mut names: Vec<(String, String)> = schemas
            .filter_map(|(name, node)| Some((name.to_owned(), node.text("title")?.to_owned())))
            .collect();
        names.sort();
        names
    };
    let found = names(["a.yaml#/Pet", "b/a.yaml#/Pet"]);
    let expected = [("Owner", "owner"), ("a_Pet", "a"), ("b_a_Pet", "b")];
    let expected = expected.map(|(name, title)| (name.to_owned(), title.to_owned()));
    assert_eq!(found, expected);
    assert_eq!(names(["b/a.yaml#/Pet", "a.yaml#/Pet"]), expected);
}

#[cfg(unix)]
#[test]
fn nothing_outside_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("api")).unwrap();
    fs::write(folder.path().join("secret.yaml"), "type: string").unwrap();
    std::os::unix::fs::symlink("../secret.yaml", folder.path().join("api/link.yaml")).unwrap();
    let refs = [
        "../secret.yaml",
        "link.yaml",
        "/etc/hostname",
        "gone.yaml",
        "https://e.org/x",
    ];
    let schemas: String = refs
        .iter()
        .enumerate()
        .map(|(index, target)| format!("    S{index}: {{$ref: '{target}'}}\n"))
        .collect();
    let text = format!("{HEAD}components:\n  schemas:\n{schemas}");
    fs::write(folder.path().join("api/main.yaml"), text).unwrap();
    let (_, messages) = load(folder.path(), &mut Sources::new());
    assert_eq!(
        messages,
        [
            "`../secret.yaml` cannot be used: it is outside of the document's folder",
            "`link.yaml` cannot be used: it is outside of the document's folder",
            "`/etc/hostname` cannot be used: only relative files are read",
            "`gone.yaml` cannot be used: there is no such file",
            "`https://e.org/x` cannot be used: nothing is fetched",
        ]
    );
}

fn loaded(files: &[(&str, &str)]) -> (serde_json::Value, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("api")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join("api").join(name), text).unwrap();
    }
    let (document, messages) = load(folder.path(), &mut Sources::new());
    (document.root().value.clone(), messages)
}

const HEAD_31: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n";

#[test]
fn an_anchor_belongs_to_the_nearest_id() {
    let text = format!(
        "{HEAD_31}components:
  schemas:
    Order:
      $id: https://example.com/order
      properties: {{address: {{$ref: '#address'}}}}
      $defs: {{address: {{$anchor: address, type: object}}}}
    Invoice:
      $id: https://example.com/invoice
      properties: {{address: {{$ref: '#address'}}, order: {{$ref: 'order#address'}}}}
      $defs: {{address: {{$anchor: address, type: object}}}}
"
    );
    let (tree, messages) = loaded(&[("main.yaml", &text)]);
    assert_eq!(messages, Vec::<String>::new());
    let schemas = &tree["components"]["schemas"];
    let order = "#/components/schemas/Order/$defs/address";
    assert_eq!(schemas["Order"]["properties"]["address"]["$ref"], order);
    let invoice = &schemas["Invoice"]["properties"];
    let own = "#/components/schemas/Invoice/$defs/address";
    assert_eq!(invoice["address"]["$ref"], own);
    assert_eq!(invoice["order"]["$ref"], order);
}

#[test]
fn references_resolve_against_id_and_self() {
    let text = "openapi: 3.2.0
$self: https://example.com/api/openapi.yaml
info: {title: t, version: '1'}
paths: {}
components:
  schemas:
    Thing: {type: object}
    A: {$ref: 'openapi.yaml#/components/schemas/Thing'}
    B: {$ref: 'https://example.com/api/openapi.yaml#/components/schemas/Thing'}
    Customer:
      $id: https://example.com/schemas/customer
      properties:
        local: {$ref: '#/$defs/local'}
        other: {$ref: address}
        absolute: {$ref: '/schemas/address#/properties/street'}
        inner: {$ref: inner}
        document: {$ref: '#/components/schemas/Thing'}
      $defs:
        local: {type: object}
        inner: {$id: inner, properties: {deep: {$ref: '#/$defs/deep'}}, $defs: {deep: {type: integer}}}
    Address: {$id: https://example.com/schemas/address, properties: {street: {type: string}}}
";
    let (tree, messages) = loaded(&[("main.yaml", text)]);
    assert_eq!(messages, Vec::<String>::new());
    let schemas = &tree["components"]["schemas"];
    let at = |pointer: &str| format!("#/components/schemas/{pointer}");
    assert_eq!(schemas["A"]["$ref"], at("Thing"));
    assert_eq!(schemas["B"]["$ref"], at("Thing"));
    let customer = &schemas["Customer"]["properties"];
    for (name, expected) in [
        ("local", "Customer/$defs/local"),
        ("other", "Address"),
        ("absolute", "Address/properties/street"),
        ("inner", "Customer/$defs/inner"),
        ("document", "Thing"),
    ] {
        assert_eq!(customer[name]["$ref"], at(expected), "{name}");
    }
    let inner = &schemas["Customer"]["$defs"]["inner"];
    let deep = at("Customer/$defs/inner/$defs/deep");
    assert_eq!(inner["properties"]["deep"]["$ref"], deep);
}

#[test]
fn a_path_item_keeps_its_own_operations_beside_its_ref() {
    let main = "openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /b:
    $ref: shared.yaml
    post: {operationId: postB, responses: {'204': {description: ok}}}
    put: {operationId: own, responses: {'204': {description: ok}}}
    parameters: [{name: q, in: query, schema: {type: string}}]
";
    let shared = "get: {operationId: sharedGet, responses: {'204': {description: ok}}}
put: {operationId: theirs, responses: {'204': {description: ok}}}
parameters: [{name: p, in: query, schema: {$ref: 'types.yaml#/P'}}]
";
    let types = "P: {type: integer}\n";
    let (tree, messages) = loaded(&[
        ("main.yaml", main),
        ("shared.yaml", shared),
        ("types.yaml", types),
    ]);
    assert_eq!(
        messages,
        ["`put` is next to `$ref` and in its target `shared.yaml`"]
    );
    let item = &tree["paths"]["/b"];
    assert_eq!(item["get"]["operationId"], "sharedGet");
    assert_eq!(item["post"]["operationId"], "postB");
    assert_eq!(item["put"]["operationId"], "own");
    let names = [
        &item["parameters"][0]["name"],
        &item["parameters"][1]["name"],
    ];
    assert_eq!(names, ["q", "p"]);
    let schema = &item["parameters"][1]["schema"]["$ref"];
    assert_eq!(*schema, "#/components/schemas/P");
}

#[test]
fn a_misplaced_ref_is_replaced_by_its_target_or_left_out() {
    let main = "openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    get: {$ref: operation.yaml}
    put: {$ref: gone.yaml}
components:
  schemas: {$ref: schemas.yaml}
";
    let operation = "operationId: getA
responses:
  '200':
    description: ok
    content: {$ref: '#/x-content'}
x-content: {application/json: {schema: {$ref: 'schemas.yaml#/Pet'}}}
";
    let schemas = "Pet: {type: object, properties: {mate: {$ref: '#/Pet'}}}\n";
    let (tree, messages) = loaded(&[
        ("main.yaml", main),
        ("operation.yaml", operation),
        ("schemas.yaml", schemas),
    ]);
    let item = &tree["paths"]["/a"];
    assert_eq!(item["get"]["operationId"], "getA");
    assert_eq!(item.get("put"), None);
    let pet = "#/components/schemas/Pet";
    let content = &item["get"]["responses"]["200"]["content"];
    assert_eq!(content["application/json"]["schema"]["$ref"], pet);
    let schemas = &tree["components"]["schemas"];
    assert_eq!(schemas["Pet"]["properties"]["mate"]["$ref"], pet);
    let missing = "`gone.yaml` cannot be used: there is no such file".to_owned();
    assert!(messages.contains(&missing), "{messages:?}");
    assert_eq!(messages.len(), 4, "{messages:?}");
}

#[test]
fn a_mapping_may_name_a_file() {
    let main = format!(
        "{HEAD_31}components:
  schemas:
    Pet:
      oneOf: [{{$ref: cat.yaml}}]
      discriminator: {{propertyName: kind, mapping: {{cat: cat.yaml, dog: Dog}}}}
    Dog: {{type: object}}
"
    );
    let (tree, messages) = loaded(&[("main.yaml", &main), ("cat.yaml", "type: object\n")]);
    assert_eq!(messages, Vec::<String>::new());
    let mapping = &tree["components"]["schemas"]["Pet"]["discriminator"]["mapping"];
    assert_eq!(mapping["cat"], "#/components/schemas/cat");
    assert_eq!(mapping["dog"], "#/components/schemas/Dog");
}

#[test]
fn a_dynamic_reference_is_resolved_per_use() {
    let text = format!(
        "{HEAD_31}components:
  schemas:
    Page:
      type: object
      properties: {{items: {{type: array, items: {{$dynamicRef: '#item'}}}}, next: {{$ref: '#/components/schemas/Page'}}}}
      $defs: {{item: {{$dynamicAnchor: item, not: {{}}}}}}
    Users:
      $ref: '#/components/schemas/Page'
      $defs: {{item: {{$dynamicAnchor: item, $ref: '#/components/schemas/User'}}}}
    User: {{type: object}}
    Filter:
      $recursiveAnchor: true
      properties: {{filters: {{items: {{$recursiveRef: '#'}}}}}}
    Holder: {{$ref: '#/components/schemas/User', $defs: {{inner: {{type: integer}}}}}}
    Inner: {{$ref: '#/components/schemas/Holder/$defs/inner'}}
"
    );
    let (tree, messages) = loaded(&[("main.yaml", &text)]);
    assert_eq!(messages, Vec::<String>::new());
    let schemas = &tree["components"]["schemas"];
    let at = |pointer: &str| format!("#/components/schemas/{pointer}");
    let users = &schemas["Users"]["properties"];
    assert_eq!(users["items"]["items"]["$ref"], at("Users/$defs/item"));
    assert_eq!(users["next"]["$ref"], at("Users"));
    let page = &schemas["Page"]["properties"];
    assert_eq!(page["items"]["items"]["$ref"], at("Page/$defs/item"));
    let filters = &schemas["Filter"]["properties"]["filters"];
    assert_eq!(filters["items"]["$ref"], at("Filter"));
    assert_eq!(schemas["Holder"]["$defs"]["inner"]["type"], "integer");
}
