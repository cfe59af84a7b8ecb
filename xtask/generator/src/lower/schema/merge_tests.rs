use crate::lower::tests::lowered;

/// Two members of an `allOf` declare the property, one of them with a type that contains the merged
/// type: merging level by level would not terminate.
#[test]
fn merging_a_type_into_itself_ends() {
    let document = r##"{
        "openapi": "3.0.3",
        "info": { "title": "Demo", "version": "1" },
        "paths": { "/nodes": { "get": { "responses": { "200": {
            "description": "",
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Node" } } }
        } } } } },
        "components": { "schemas": {
            "Node": { "allOf": [
                { "$ref": "#/components/schemas/Base" },
                { "type": "object", "properties": { "part": { "$ref": "#/components/schemas/Node" } } }
            ] },
            "Base": { "type": "object", "properties": { "part": {
                "type": "object",
                "properties": { "part": { "$ref": "#/components/schemas/Node" }, "id": { "type": "string" } }
            } } }
        } }
    }"##;
    let (api, problems) = lowered(document, "", false);
    assert_eq!(problems, [""; 0]);
    let types = api.map_or(0, |api| api.types.len());
    assert!((2..12).contains(&types), "{types} types");
}

/// Only one alternative applies, so two of them may declare a property differently.
#[test]
fn alternatives_beside_others_do_not_contradict_each_other() {
    let document = r##"{
        "openapi": "3.0.3",
        "info": { "title": "Demo", "version": "1" },
        "paths": { "/a": { "get": { "responses": { "200": {
            "description": "",
            "content": { "application/json": { "schema": {
                "type": "object",
                "properties": { "own": { "type": "string" } },
                "oneOf": [
                    { "type": "object", "properties": { "a": { "type": "string" } } },
                    { "type": "object", "properties": { "b": { "type": "string" } } }
                ],
                "anyOf": [
                    { "type": "object", "minProperties": 3, "properties": { "x": { "type": "string" } } },
                    { "type": "object", "maxProperties": 1, "properties": { "x": { "type": "integer" }, "own": {} } }
                ]
            } } }
        } } } } }
    }"##;
    let (api, problems) = lowered(document, "", false);
    assert_eq!(problems, [""; 0]);
    let listed: Vec<String> = api
        .into_iter()
        .flat_map(|api| api.omissions)
        .map(|omission| omission.what)
        .collect();
    assert_eq!(listed, ["the types of `x`"]);
}
