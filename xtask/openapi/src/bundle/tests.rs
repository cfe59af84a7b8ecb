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

    let place = sources.locate(&SpecPointer::new(
        "#/components/schemas/parts_pet/properties/name/type",
    ));
    let place = place.unwrap();
    assert!(place.file.ends_with("pet.yaml"), "{place:?}");
    assert_eq!(place.line, 4);
}

/// Two files that bring one name: whichever is referred to first, both are called the same.
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
