use std::sync::Arc;

use serde_json::Value;

use super::{
    super::{Aspect, Change, Kind, Rust, Sides, Subject, Wire},
    *,
};

fn change(id: &str, wire: Wire, rust: Rust, target: &str, message: &str) -> Change {
    Change {
        id: id.to_owned(),
        kind: Kind::new(Subject::Field, Aspect::Added),
        api: "pets".to_owned(),
        item: format!("{target} {message}"),
        target: target.to_owned(),
        message: message.to_owned(),
        wire,
        rust,
        visible: true,
        pointer: Sides::default(),
        path: Sides::both(format!("pets::{target}"), format!("pets::{target}")),
        value: Sides::default(),
        signature: Sides::both("u8", "<u16>"),
        files: Vec::new(),
        operations: Arc::from(["GET /pets".to_owned()]),
        cause: None,
    }
}

fn documentation(id: &str) -> Change {
    Change {
        kind: Kind::new(Subject::Field, Aspect::Docs),
        value: Sides::both("Old text.", "New text."),
        ..change(id, Wire::None, Rust::Docs, "Pet", "documentation changed")
    }
}

/// A line for every change.
struct Everywhere;

impl Locations for Everywhere {
    fn in_document(&self, _: &Change) -> Option<FileLine> {
        Some(FileLine {
            path: "specs/pets/openapi.yaml".to_owned(),
            line: 7,
        })
    }

    fn in_code(&self, _: &Change) -> Option<FileLine> {
        Some(FileLine {
            path: "generated/src/pets/types/pet.rs".to_owned(),
            line: 9,
        })
    }
}

fn render(report: &Report, format: Format) -> String {
    let detail = Detail {
        docs: false,
        links: "",
        locations: &Everywhere,
    };
    report.render(format, &detail).unwrap()
}

#[test]
fn the_verdict_has_a_bump_for_the_wire_and_one_for_rust() {
    let report = Report::new(vec![
        change("1", Wire::Breaking, Rust::None, "Pet", "a"),
        change("2", Wire::Additive, Rust::Additive, "Pet", "b"),
    ]);
    assert_eq!(report.verdict.wire.bump, Bump::Major);
    assert_eq!(report.verdict.rust.bump, Bump::Minor);
    assert_eq!(report.verdict.bump, Bump::Major);
    assert!(report.breaks_wire() && !report.breaks_rust());
    let text = render(&report, Format::Text);
    assert!(
        text.starts_with(
            "Wire: major: 1 breaking, 0 behavior, 1 additive\n\
             Rust: minor: 0 breaking, 1 additive, 0 documentation\n\
             Next version: major (before 1.0, minor)\n"
        ),
        "{text}"
    );
    let order = [text.find("`Pet`: a"), text.find("`Pet`: b")];
    assert!(order[0].is_some() && order[0] < order[1], "{text}");
}

#[test]
fn the_same_change_of_several_items_is_one_group() {
    let report = Report::new(vec![
        change("1", Wire::Additive, Rust::Additive, "Cat", "new field"),
        change("2", Wire::Additive, Rust::Additive, "Dog", "new field"),
        change("3", Wire::None, Rust::Additive, "Dog", "new field"),
    ]);
    assert_eq!(report.groups.len(), 2);
    assert_eq!(report.groups[0].targets, ["Cat", "Dog"]);
    assert_eq!(report.groups[0].changes, ["1", "2"]);
    let text = render(&report, Format::Text);
    assert!(
        text.contains("2 items: new field\n      Cat\n      Dog\n"),
        "{text}"
    );
    assert_eq!(
        report.verdict.wire.additive, 2,
        "changes are counted, not groups"
    );
}

#[test]
fn what_follows_from_a_change_is_listed_with_it() {
    let followed = Change {
        cause: Some("1".to_owned()),
        ..change(
            "2",
            Wire::None,
            Rust::Breaking,
            "GET /pets",
            "response changed",
        )
    };
    let report = Report::new(vec![
        change("1", Wire::None, Rust::Breaking, "Pet", "renamed"),
        followed,
    ]);
    assert_eq!(report.groups.len(), 1);
    assert_eq!(report.groups[0].consequences, ["2"]);
    assert_eq!(report.verdict.rust.breaking, 1);
    assert_eq!(report.changes.len(), 2);
}

#[test]
fn documentation_is_one_line_until_it_is_requested() {
    let report = Report::new(vec![documentation("1"), documentation("2")]);
    let text = render(&report, Format::Text);
    assert!(text.contains("\nDocumentation: 2 changed; "), "{text}");
    assert!(!text.contains("Old text."), "{text}");
    let detail = Detail {
        docs: true,
        ..Detail::default()
    };
    for format in [Format::Text, Format::Markdown] {
        let text = report.render(format, &detail).unwrap();
        assert!(
            text.contains("Old text.") && text.contains("New text."),
            "{text}"
        );
    }
    assert!(render(&report, Format::Json).contains("Old text."));
}

#[test]
fn ignored_changes_count_nowhere_and_keep_their_reason() {
    let changes = vec![
        change("1", Wire::Breaking, Rust::None, "Cat", "same"),
        change("2", Wire::Breaking, Rust::None, "Dog", "same"),
        change("3", Wire::Breaking, Rust::None, "Cow", "other"),
    ];
    let report = Report::new(changes);
    let group = report.groups[0].id.clone();
    let text = format!(
        "ignore:\n- {{ id: {group}, reason: The server does not check it. }}\n- {{ id: gone, reason: Old. }}\n"
    );
    let file = ignore::IgnoreFile::parse(&text).unwrap();
    let (report, unused) = report.ignoring(&file);
    assert_eq!(unused, ["gone"]);
    assert_eq!(report.changes.len(), 1);
    assert_eq!(report.ignored.len(), 2);
    assert_eq!(report.verdict.wire.breaking, 1);
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Sarif] {
        let text = render(&report, format);
        assert!(text.contains("The server does not check it."), "{text}");
    }
}

#[test]
fn an_ignore_file_needs_reasons_and_known_keys() {
    for (text, problem) in [
        ("ignore: [{ id: a, reason: ' ' }]", "`a` has no `reason`"),
        ("ignore: [{ id: a }]", "missing field `reason`"),
        ("ignored: []", "unknown field `ignored`"),
    ] {
        let found = ignore::IgnoreFile::parse(text).unwrap_err();
        assert!(found.contains(problem), "{found}");
    }
}

#[test]
fn a_markdown_report_fits_into_a_comment() {
    let additions = (0..2000).map(|n| {
        let id = n.to_string();
        change(
            &id,
            Wire::Additive,
            Rust::Additive,
            "Pet",
            &format!("field `{n}`\nadded"),
        )
    });
    let report = Report::new(additions.collect());
    let text = render(&report, Format::Markdown);
    assert!(text.len() < 61_000, "{}", text.len());
    let listed = text
        .lines()
        .filter(|line| line.starts_with("- pets: "))
        .count();
    assert!(listed > 200, "{listed}");
    assert!(
        text.contains(&format!("{} more changes: ", 2000 - listed)),
        "{listed}"
    );
    assert!(text.contains("- pets: `Pet`: field `0` added (wire: additive) "));
    assert!(text.contains("[document](specs/pets/openapi.yaml#L7)"));
    assert!(text.contains("[code](generated/src/pets/types/pet.rs#L9)"));
}

#[test]
fn annotations_escape_what_github_reads() {
    let report = Report::new(vec![change(
        "1",
        Wire::Breaking,
        Rust::None,
        "Pet",
        "100%\n::error::x",
    )]);
    let text = render(&report, Format::Github);
    assert_eq!(
        text.lines().next(),
        Some(
            "::error file=specs/pets/openapi.yaml,line=7,title=pets field.added::`Pet`: 100%25%0A::error::x \
             (wire: breaking, Rust: none, id: 1)"
        )
    );
    assert_eq!(text.lines().count(), 2);
}

#[test]
fn sarif_has_a_rule_and_a_fingerprint_for_each_result() {
    let report = Report::new(vec![change(
        "1",
        Wire::Behavior,
        Rust::Docs,
        "Pet",
        "default",
    )]);
    let log: Value = serde_json::from_str(&render(&report, Format::Sarif)).unwrap();
    let run = &log["runs"][0];
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "field.added");
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "field.added");
    assert_eq!(result["level"], "warning");
    assert_eq!(result["partialFingerprints"]["change/v1"], "1");
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        location["artifactLocation"]["uri"],
        "specs/pets/openapi.yaml"
    );
    assert_eq!(location["region"]["startLine"], 7);
}

#[test]
fn the_page_is_self_contained_and_escapes_text() {
    let report = Report::new(vec![change(
        "1",
        Wire::Breaking,
        Rust::None,
        "Pet",
        "</script><b>",
    )]);
    let page = render(&report, Format::Html);
    assert!(!page.contains("</script><b>"), "{page}");
    assert!(page.contains("&lt;u16&gt;"), "{page}");
    for outside in ["http:", "https:", " src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert_eq!(page.matches("class=\"change\"").count(), 1);
    assert!(page.contains("data-wire=\"breaking\" data-rust=\"none\""));
    assert!(
        page.contains("data-operations=\"pets: GET &#x2f;pets\""),
        "{page}"
    );
}
