//! Pairs of documents that differ in one thing: which changes are reported, with which effect.

use std::collections::BTreeSet;

use sdk_changes::{Report, report::Bump};
use serde_json::{Value, json};

use super::model;
use crate::support::fixture;

fn document(name: &str) -> Value {
    serde_json::from_str(&fixture(&format!("changes/pairs/{name}.json"))).expect("the fixture")
}

fn compare(before: &Value, after: &Value) -> Report {
    sdk_changes::compare(&model("pets", before), &model("pets", after))
}

fn pair(name: &str) -> Report {
    let base = match name.strip_prefix("duplicate-") {
        Some(_) => "duplicate-base",
        None => "base",
    };
    compare(&document(base), &document(name))
}

/// `wire/Rust sentence (targets)` of each group.
fn groups(report: &Report) -> Vec<String> {
    let groups = report.groups.iter().map(|group| {
        let targets = match group.targets.as_slice() {
            [_] => String::new(),
            targets => format!(" ({})", targets.join(", ")),
        };
        format!(
            "{}/{} {}{targets}",
            group.wire.as_str(),
            group.rust.as_str(),
            group.sentence()
        )
    });
    groups.collect()
}

fn assert_groups(name: &str, bumps: [Bump; 2], expected: &[&str]) {
    let report = pair(name);
    let verdict = &report.verdict;
    assert_eq!(groups(&report), expected, "{name}");
    assert_eq!([verdict.wire.bump, verdict.rust.bump], bumps, "{name}");
    assert_eq!(verdict.bump, bumps[0].max(bumps[1]), "{name}");
}

#[test]
fn a_tightened_limit_of_a_request_breaks_on_the_wire() {
    let field = "`types::new_pet::NewPet`: field `name`:";
    for (name, limit) in [
        (
            "req-maxLength-100-to-10",
            "`maxLength` tightened from `100` to `10`",
        ),
        ("req-pattern-added", "`pattern` `\"^[a-z]+$\"` added"),
        ("req-format-uuid", "`format` `\"uuid\"` added"),
    ] {
        let expected = format!("breaking/none {field} {limit}");
        assert_groups(name, [Bump::Major, Bump::None], &[&expected]);
    }
}

#[test]
fn a_loosened_limit_is_additive() {
    let report = compare(&document("req-maxLength-100-to-10"), &document("base"));
    assert_eq!(
        groups(&report),
        [
            "additive/none `types::new_pet::NewPet`: field `name`: `maxLength` loosened from `10` to `100`"
        ]
    );
    assert_eq!(report.verdict.bump, Bump::Patch);
}

#[test]
fn each_keyword_of_a_parameter_is_compared() {
    let limits = [
        ("minimum", json!(1)),
        ("exclusiveMaximum", json!(true)),
        ("multipleOf", json!(5)),
        ("maximum", json!(50)),
    ];
    for (keyword, value) in limits {
        let mut after = document("base");
        after["paths"]["/pets"]["get"]["parameters"][0]["schema"][keyword] = value;
        let report = compare(&document("base"), &after);
        let groups = groups(&report);
        assert_eq!(groups.len(), 1, "{groups:?}");
        assert!(
            groups[0].starts_with(&format!(
                "breaking/none `GET /pets`: query parameter `limit`: `{keyword}` "
            )),
            "{groups:?}"
        );
    }
}

#[test]
fn lists_and_closed_objects_are_limits_too() {
    let limits = [
        ("/labels/maxItems", json!(3)),
        ("/labels/minItems", json!(1)),
        ("/labels/uniqueItems", json!(true)),
        ("/labels/items/minLength", json!(1)),
        ("/additionalProperties", json!(false)),
    ];
    for (keyword, value) in limits {
        let mut after = document("base");
        let pet = &mut after["components"]["schemas"]["NewPet"];
        let (parent, name) = keyword.rsplit_once('/').expect("a pointer");
        let parent = match parent {
            "" => pet,
            parent => pet["properties"].pointer_mut(parent).expect("a property"),
        };
        parent[name] = value;
        let report = compare(&document("base"), &after);
        assert!(report.breaks_wire() && !report.breaks_rust(), "{keyword}");
        assert_eq!(report.changes.len(), 1, "{keyword}");
        assert_eq!(report.changes[0].operations.to_vec(), ["POST /pets"]);
    }
}

#[test]
fn a_tightened_limit_of_a_response_breaks_nothing() {
    let mut after = document("base");
    after["components"]["schemas"]["Pet"]["properties"]["name"]["maxLength"] = json!(5);
    let report = compare(&document("base"), &after);
    assert_eq!(
        groups(&report),
        ["none/none `types::pet::Pet`: field `name`: `maxLength` `5` added"]
    );
}

#[test]
fn a_changed_default_changes_behavior() {
    assert_groups(
        "param-default-changed",
        [Bump::Minor, Bump::Patch],
        &["behavior/docs `GET /pets`: query parameter `limit`: default changed from `10` to `20`"],
    );
}

#[test]
fn a_required_parameter_says_so() {
    assert_groups(
        "param-new-required",
        [Bump::Major, Bump::Major],
        &["breaking/breaking `GET /pets`: new required query parameter `q` of type `String`"],
    );
}

#[test]
fn a_parameter_that_moves_breaks_on_the_wire_alone() {
    assert_groups(
        "param-query-to-header",
        [Bump::Major, Bump::Patch],
        &[
            "breaking/none `GET /pets`: header parameter `tag`: location changed from `query` to `header`",
        ],
    );
}

#[test]
fn a_property_of_another_name_is_removed_and_added() {
    assert_groups(
        "prop-renamed",
        [Bump::Major, Bump::Major],
        &[
            "breaking/breaking `types::pet::Pet`: removed field `name`",
            "additive/additive `types::pet::Pet`: new required field `title` of type `String`",
        ],
    );
}

#[test]
fn security_on_all_operations_is_one_line() {
    assert_groups(
        "global-security-added",
        [Bump::Major, Bump::Minor],
        &[
            "breaking/none 3 items: security changed from `none` to `k` (GET /pets, GET /pets/{id}, POST /pets)",
            "additive/additive `security scheme k`: new security scheme",
        ],
    );
}

#[test]
fn another_media_type_of_a_response_breaks() {
    assert_groups(
        "resp-media-json-to-xml",
        [Bump::Major, Bump::Major],
        &[
            "breaking/breaking `GET /pets`: response changed from `JSON` to `text`",
            "none/none `GET /pets`: `Accept` header changed from `application/json` to `application/xml`",
        ],
    );
}

#[test]
fn a_response_that_becomes_a_superset_is_additive_on_the_wire() {
    assert_groups(
        "resp-superset-named",
        [Bump::Patch, Bump::Major],
        &[
            "additive/breaking `POST /pets`: response changed from `Pet` to `PetCreated`",
            "none/additive `types::pet_created::PetCreated`: new type",
        ],
    );
}

#[test]
fn an_error_that_is_no_longer_declared_breaks_rust_alone() {
    assert_groups(
        "error-404-removed",
        [Bump::None, Bump::Major],
        &[
            "none/breaking `error responses`: body changed from `ErrType` to `Value`",
            "none/breaking `types::err::ErrType`: type removed",
            "none/docs `GET /pets`: error `404` no longer declared",
        ],
    );
}

#[test]
fn another_server_breaks_on_the_wire() {
    assert_groups(
        "server-changed",
        [Bump::Major, Bump::Patch],
        &[
            "breaking/none `servers`: base URL changed from `https://a.example/v1` to `https://b.example/v2`",
        ],
    );
}

#[test]
fn a_renamed_type_is_one_line_with_the_signatures_that_name_it() {
    assert_groups(
        "schema-renamed",
        [Bump::None, Bump::Major],
        &[
            "none/breaking `types::animal::Animal`: renamed from `types::pet::Pet`; the shape is the same",
        ],
    );
    let report = pair("schema-renamed");
    assert_eq!(report.groups[0].consequences.len(), 3);
    assert_eq!(report.verdict.rust.breaking, 1);
    let named: BTreeSet<&str> = report
        .changes
        .iter()
        .filter(|change| change.cause.is_some())
        .map(|change| change.target.as_str())
        .collect();
    assert_eq!(
        named,
        BTreeSet::from(["GET /pets", "GET /pets/{id}", "POST /pets"])
    );
}

#[test]
fn another_description_makes_no_other_type() {
    let report = pair("duplicate-one-description");
    assert!(
        !report.breaks_rust() && !report.breaks_wire(),
        "{:?}",
        groups(&report)
    );
    assert!(report.verdict.bump <= Bump::Patch);
    let others = report
        .changes
        .iter()
        .filter(|change| !change.is_documentation());
    assert_eq!(others.count(), 0, "{:?}", groups(&report));
}

#[test]
fn duplicate_types_part_where_one_gains_a_field() {
    assert_groups(
        "duplicate-one-gains-a-field",
        [Bump::Patch, Bump::Major],
        &[
            "additive/additive `types::a::ALeft`: new optional field `y` of type `String`",
            "none/breaking `types::a::ARight`: was another name for `types::a::ALeft`, is a type of its own",
        ],
    );
}

#[test]
fn a_removed_operation_says_why() {
    let base = document("base");
    let mut before = base.clone();
    before["paths"]["/pets/{id}"]["get"]["deprecated"] = json!(true);
    let mut after = base;
    after["paths"]["/pets/{id}"]
        .as_object_mut()
        .expect("a path item")
        .remove("get");
    let report = compare(&before, &after);
    assert_eq!(
        groups(&report)[0],
        "breaking/breaking `GET /pets/{id}`: operation removed: was deprecated"
    );
}

#[test]
fn changes_are_summed_up_by_operation() {
    let report = pair("param-new-required");
    let summaries: Vec<String> = report
        .operations
        .iter()
        .map(|summary| format!("{}: {}", summary.operation, summary.counts()))
        .collect();
    assert_eq!(
        summaries,
        ["GET /pets: 1 breaking on the wire, 1 breaking in Rust"]
    );
    let report = pair("prop-renamed");
    let operations = report.changes[0].operations.to_vec();
    assert_eq!(operations, ["GET /pets", "GET /pets/{id}", "POST /pets"]);
}
