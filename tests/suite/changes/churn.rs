//! A small change of a document is a few listed changes and a few lines of code.
//!
//! The small changes stand in `tests/fixtures/changes/cases.yaml`; what they come to stands in
//! `expected.txt` beside it, which `UPDATE_EXPECT=1` writes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use expect_test::expect_file;
use sdk_changes::{self, Report};
use serde_json::{Value, json};
use xtask_tasks::semver::cases::{self, Case};

use super::{
    explained::{self, Side},
    files, lines, model, try_model, units,
};
use crate::support::{fixture, root};

/// The most lines that one small change may cost, documentation included.
const MOST: usize = 15;

/// What a case comes to.
struct Outcome {
    there: Report,
    back: Report,
    lines: Vec<String>,
}

fn outcome(case: &Case) -> Outcome {
    let folder = tempfile::tempdir().expect("a folder of our own");
    let overlaid = case.after(folder.path()).expect("a folder of our own");
    let [before, after] = [case.before(), overlaid].map(|input| {
        try_model(&input).unwrap_or_else(|problems| panic!("{}: {problems}", case.name))
    });
    let units = [&before, &after].map(|apis| units(apis));
    let sides = [
        Side {
            apis: &before,
            units: &units[0],
        },
        Side {
            apis: &after,
            units: &units[1],
        },
    ];
    let there = sdk_changes::compare(&before, &after);
    let back = sdk_changes::compare(&after, &before);
    for (report, [old, new]) in [(&there, [0, 1]), (&back, [1, 0])] {
        let problems = explained::problems(report, &sides[old], &sides[new]);
        assert!(problems.is_empty(), "{}: {problems:#?}", case.name);
    }
    Outcome {
        there,
        back,
        lines: lines(&files(&before), &files(&after)),
    }
}

/// `field.added additive/additive`: the kind, on the wire and in Rust; several of one kind once.
fn summary(report: &Report) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for change in report.visible() {
        let effect = format!("{:?}/{:?}", change.wire, change.rust).to_lowercase();
        *counts
            .entry(format!("{} {effect}", change.kind))
            .or_default() += 1;
    }
    let summary = counts.into_iter().map(|(kind, count)| match count {
        1 => kind,
        count => format!("{count} x {kind}"),
    });
    let summary: Vec<String> = summary.collect();
    format!("{:?}: {}", report.verdict.bump, summary.join(", ")).to_lowercase()
}

#[test]
fn small_changes_are_what_they_are_said_to_be() {
    let path = root().join("tests/fixtures/changes/cases.yaml");
    let cases = cases::read(&path).expect("the fixture");
    let mut table = String::new();
    // The kinds that cost too many lines somewhere.
    let mut over: BTreeSet<&str> = BTreeSet::new();
    for case in &cases {
        let Outcome { there, back, lines } = outcome(case);
        if lines.len() > MOST {
            over.insert(&case.kind);
        }
        if case.words {
            let comment = |line: &String| line.starts_with("///") || line.starts_with("//!");
            assert!(lines.iter().all(comment), "{}: {lines:#?}", case.name);
        }
        assert_eq!(
            lines.is_empty(),
            there.visible().next().is_none(),
            "{}",
            case.name
        );
        writeln!(
            table,
            "{}: {} lines\n    there {}\n    back  {}",
            case.name,
            lines.len(),
            summary(&there),
            summary(&back)
        )
        .expect("text");
    }
    let known = cases.iter().filter(|case| case.over.is_some());
    let known: BTreeSet<&str> = known.map(|case| case.kind.as_str()).collect();
    assert_eq!(over, known, "more than {MOST} lines");
    expect_file![path.with_file_name("expected.txt")].assert_eq(&table);
}

fn pets() -> Value {
    serde_yaml::from_str(&fixture("changes/pets.yaml")).expect("the fixture")
}

/// The document with another property.
fn with(document: &Value, object: &str, name: &str, schema: Value) -> Value {
    let mut document = document.clone();
    document["components"]["schemas"][object]["properties"][name] = schema;
    document
}

#[test]
fn an_alternative_in_front_renames_none() {
    let of = |titles: &[&str]| {
        let one = |title: &&str| {
            let size = json!({"type": "object", "properties": {"of": {"type": "string"}}});
            json!({"title": title, "type": "object", "required": [title], "properties": {*title: size}})
        };
        let alternatives: Vec<Value> = titles.iter().map(one).collect();
        let alternatives = json!({"oneOf": alternatives});
        model("pets", &with(&pets(), "Answered", "fresh", alternatives))
    };
    let report = sdk_changes::compare(&of(&["circle", "square"]), &of(&["triangle", "square"]));
    let renamed: Vec<String> = report
        .changes
        .iter()
        .filter(|change| change.kind.to_string() == "type.renamed")
        .map(|change| change.sentence())
        .collect();
    assert_eq!(renamed, Vec::<String>::new(), "{}", summary(&report));
}

#[test]
fn ids_do_not_depend_on_the_rest() {
    let text = || json!({"type": "string"});
    let added = |before: &Value| {
        let old = model("pets", &pets());
        let new = model("pets", &with(before, "Sent", "fresh", text()));
        sdk_changes::compare(&old, &new)
    };
    let alone = added(&pets());
    let beside = added(&with(&pets(), "Sent", "earlier", text()));
    let id = &alone.changes.first().expect("a change").id;
    assert!(beside.changes.iter().any(|change| change.id == *id));
}

#[test]
fn a_report_that_lacks_a_change_or_has_one_too_many_is_noticed() {
    let (old, new) = (
        pets(),
        with(&pets(), "Both", "fresh", json!({"type": "string"})),
    );
    let (old, new) = (model("pets", &old), model("pets", &new));
    let (old_units, new_units) = (units(&old), units(&new));
    let (before, after) = (
        Side {
            apis: &old,
            units: &old_units,
        },
        Side {
            apis: &new,
            units: &new_units,
        },
    );
    let report = sdk_changes::compare(&old, &new);
    assert!(explained::problems(&report, &before, &after).is_empty());
    let silent = Report {
        changes: Vec::new(),
        ..report.clone()
    };
    // The field, its form on the wire, its setter, what `new` gives it.
    assert_eq!(explained::problems(&silent, &before, &after).len(), 4);
    assert_eq!(explained::problems(&report, &before, &before).len(), 1);
    let mut elsewhere = report;
    for change in &mut elsewhere.changes {
        change.path.after = Some("pets::types::Both::size".to_owned());
    }
    // `new` gives a value to each field; the others have names.
    assert_eq!(explained::problems(&elsewhere, &before, &after).len(), 3);
}
