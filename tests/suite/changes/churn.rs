//! A small change of a document is one listed change and a few lines of code.

use serde_json::{Value, json};
use xtask::changes::{self, Report, Rust};

use super::{files, lines, model};

/// Three objects: one that is answered, one that is sent, one that is both.
fn document() -> Value {
    let object = json!({
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "description": "The id."},
            "size": {"type": "integer", "description": "How large it is."},
            "kind": {"type": "string", "enum": ["cat", "dog"]},
        },
    });
    let of = |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "paths": {
            "/pets": {
                "get": {
                    "operationId": "listPets",
                    "tags": ["pets"],
                    "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
                    "responses": {"200": {"description": "ok", "content": of("Answered")}},
                },
                "post": {
                    "operationId": "createPet",
                    "tags": ["pets"],
                    "requestBody": {"required": true, "content": of("Sent")},
                    "responses": {"200": {"description": "ok", "content": of("Both")}},
                },
                "put": {
                    "operationId": "putPet",
                    "tags": ["pets"],
                    "requestBody": {"required": true, "content": of("Both")},
                    "responses": {"204": {"description": "ok"}},
                },
            },
        },
        "components": {"schemas": {"Answered": object, "Sent": object, "Both": object}},
    })
}

const OBJECTS: [&str; 3] = ["Answered", "Sent", "Both"];

/// What `mutate` does to the document, in both directions.
fn mutated(mutate: impl Fn(&mut Value)) -> (Report, Report, Vec<String>) {
    let old = document();
    let mut new = old.clone();
    mutate(&mut new);
    let (before, after) = (model("pets", &old), model("pets", &new));
    (
        changes::compare(&before, &after),
        changes::compare(&after, &before),
        lines(&files(&before), &files(&after)),
    )
}

fn kinds(report: &Report) -> Vec<(String, Rust)> {
    let told = report
        .changes
        .iter()
        .map(|change| (change.kind.to_string(), change.rust));
    told.collect()
}

fn one(kind: &str, rust: Rust) -> Vec<(String, Rust)> {
    vec![(kind.to_owned(), rust)]
}

fn at(object: &str, rest: &str) -> String {
    format!("/components/schemas/{object}/{rest}")
}

fn set(document: &mut Value, pointer: &str, key: &str, value: Value) {
    let found = document
        .pointer_mut(pointer)
        .expect("a place of the document");
    found[key] = value;
}

#[test]
fn a_new_property_is_one_addition_and_few_lines() {
    let schemas = [
        json!({"type": "string"}),
        json!({"type": "integer", "format": "int32"}),
        json!({"type": "boolean"}),
        json!({"type": "number"}),
        json!({"type": "string", "format": "date"}),
        json!({"type": "string", "description": "Said in words."}),
        json!({"$ref": "#/components/schemas/Answered/properties/size"}),
    ];
    for object in OBJECTS {
        for schema in &schemas {
            let (forth, back, lines) =
                mutated(|new| set(new, &at(object, "properties"), "fresh", schema.clone()));
            assert_eq!(
                kinds(&forth),
                one("field.added", Rust::Additive),
                "{object} {schema}"
            );
            assert_eq!(
                kinds(&back),
                one("field.removed", Rust::Breaking),
                "{object} {schema}"
            );
            assert!(lines.len() <= 15, "{object} {schema}: {lines:#?}");
        }
    }
}

#[test]
fn a_description_is_its_comment() {
    for object in OBJECTS {
        let place = at(object, "properties/size");
        let (forth, back, lines) =
            mutated(|new| set(new, &place, "description", json!("Its size.")));
        assert_eq!(kinds(&forth), one("field.docs", Rust::Docs), "{object}");
        assert_eq!(kinds(&back), one("field.docs", Rust::Docs), "{object}");
        assert!(
            lines.iter().all(|line| line.starts_with("///")),
            "{object}: {lines:#?}"
        );
    }
}

#[test]
fn a_value_is_one_variant() {
    for object in OBJECTS {
        let place = at(object, "properties/kind");
        let (forth, back, lines) =
            mutated(|new| set(new, &place, "enum", json!(["cat", "dog", "eel"])));
        assert_eq!(
            kinds(&forth),
            one("enum_value.added", Rust::Additive),
            "{object}"
        );
        assert_eq!(
            kinds(&back),
            one("enum_value.removed", Rust::Breaking),
            "{object}"
        );
        assert!(lines.len() <= 15, "{object}: {lines:#?}");
    }
}

#[test]
fn another_type_breaks() {
    for object in OBJECTS {
        let place = at(object, "properties/size");
        let (forth, _, lines) = mutated(|new| set(new, &place, "type", json!("string")));
        assert_eq!(kinds(&forth), one("field.type", Rust::Breaking), "{object}");
        assert!(lines.len() <= 15, "{object}: {lines:#?}");
    }
}

#[test]
fn what_is_required_breaks() {
    for object in OBJECTS {
        let place = at(object, "");
        let place = place.trim_end_matches('/');
        let (forth, _, lines) = mutated(|new| set(new, place, "required", json!(["id", "size"])));
        assert_eq!(
            kinds(&forth),
            one("field.presence", Rust::Breaking),
            "{object}"
        );
        assert!(lines.len() <= 15, "{object}: {lines:#?}");
    }
}

#[test]
fn a_parameter_is_a_setter_or_an_argument() {
    for (required, rust) in [(false, Rust::Additive), (true, Rust::Breaking)] {
        let (forth, back, lines) = mutated(|new| {
            let parameter = json!({"name": "color", "in": "query", "required": required, "schema": {"type": "string"}});
            set(new, "/paths/~1pets/put", "parameters", json!([parameter]));
        });
        assert_eq!(kinds(&forth), one("parameter.added", rust));
        assert_eq!(kinds(&back), one("parameter.removed", Rust::Breaking));
        assert!(lines.len() <= 15, "{lines:#?}");
    }
}

#[test]
fn an_alternative_in_front_renames_none() {
    let of = |titles: &[&str]| {
        let mut new = document();
        let one = |title: &&str| {
            let size = json!({"type": "object", "properties": {"of": {"type": "string"}}});
            json!({"title": title, "type": "object", "required": [title], "properties": {*title: size}})
        };
        let alternatives: Vec<Value> = titles.iter().map(one).collect();
        let place = at("Answered", "properties");
        set(&mut new, &place, "fresh", json!({"oneOf": alternatives}));
        model("pets", &new)
    };
    let report = changes::compare(&of(&["circle", "square"]), &of(&["triangle", "square"]));
    let renamed = report
        .changes
        .iter()
        .any(|change| change.kind.to_string() == "type.renamed");
    assert!(!renamed, "{:#?}", kinds(&report));
}

#[test]
fn ids_do_not_depend_on_the_rest() {
    let add = |new: &mut Value| {
        set(
            new,
            &at("Sent", "properties"),
            "fresh",
            json!({"type": "string"}),
        )
    };
    let (alone, ..) = mutated(add);
    let (beside, ..) = mutated(|new| {
        set(
            new,
            &at("Sent", "properties"),
            "earlier",
            json!({"type": "string"}),
        );
        add(new);
    });
    let id = &alone.changes.first().expect("a change").id;
    assert!(beside.changes.iter().any(|change| change.id == *id));
}
