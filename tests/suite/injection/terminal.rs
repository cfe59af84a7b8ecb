//! Diagnostics of hostile documents contain no control sequences.

use std::slice::from_ref;

use clap::ValueEnum as _;
use sdk_changes::{self, Format, report::Detail};
use sdk_generator::config::Config;
use sdk_openapi::Source;
use sdk_openapi::diagnostics::{Report, json_text};

use super::{INNOCENT, PAYLOADS, hostile_but_for_paths, innocent, model};

fn assert_harmless(text: &str, payload: &str) {
    let turns = |c| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let bad = text
        .chars()
        .find(|c| c.is_control() && *c != '\n' || turns(*c));
    assert_eq!(bad, None, "{payload:?}: {text}");
}

#[test]
fn changes_and_models() {
    let before = model("demo", &innocent()).unwrap();
    for payload in PAYLOADS {
        let after = model("demo", &hostile_but_for_paths(payload)).unwrap();
        let report = sdk_changes::compare(from_ref(&before), from_ref(&after));
        assert!(report.changes.len() > 20, "{payload:?}");
        for format in Format::value_variants() {
            let detail = Detail {
                docs: true,
                ..Detail::default()
            };
            assert_harmless(&report.render(*format, &detail).unwrap(), payload);
        }
        assert_harmless(&json_text(&after).unwrap(), payload);
    }
}

/// The name of a file is the caller's, or the document's where that refers to one.
#[test]
fn names_of_files() {
    for payload in PAYLOADS {
        for text in ["openapi: 3.0.3\ninfo: 7", "{\"openapi\": \u{1b}[31m"] {
            let mut report = Report::new(false);
            let source = Source::from_bytes(payload, text.as_bytes());
            let api = sdk_generator::model(INNOCENT, source, &[], &Config::default(), &mut report);
            assert!(api.is_none() || report.has_errors());
            let text = report.render(false);
            assert!(!text.is_empty());
            assert_harmless(&text, payload);
        }
    }
}
