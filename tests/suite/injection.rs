//! Documents whose own words carry code: what comes out has the shape of what a plain counterpart
//! makes, or nothing comes out.

mod compiled;
mod links;
mod shape;
mod terminal;

use std::sync::LazyLock;

use sdk_generator::config::Config;
use sdk_generator::files::FileSet;
use sdk_model::Api;
use sdk_openapi::Source;
use sdk_openapi::diagnostics::Report;
use sdk_properties::{Given, Outcome, generate};
use serde_json::{Map, Value};

use crate::support::fixture;
use shape::Shape;

/// Where the fixture has a payload.
const MARK: char = '§';

/// The same position in the plain counterpart.
const INNOCENT: &str = "Word";

/// Each ends the context that it may stand in, begins one, or leads out of a folder.
const PAYLOADS: [&str; 22] = [
    "\"; fn evil() {} //",
    "*/ pub fn evil() {} /*",
    "\n#[no_mangle]\npub extern \"C\" fn evil() {}\n//",
    "\r\nmacro_rules! evil { () => {} }",
    "]\n#![feature(evil)]\n//! ",
    "}\nmod evil { include!(\"/etc/passwd\"); }\nstruct X {",
    "r#\"evil\"#",
    "{0:?} {evil} {}",
    "{{ evil }}{% raw %}{# evil #}",
    "\"\n[dependencies]\nevil = \"1\"\n[x]\ny = \"",
    "\"\"\"\n'''\n\\u0022",
    "```\n```rust\nevil!();\n```",
    "<script>alert(1)</script><!--",
    "](javascript:alert(1)) ![x](https://evil.test/x.png",
    "# Evil\n\n- evil\n\n| a | b |\n|---|---|",
    "\u{1b}[31m\u{1b}]0;evil\u{7}\u{9b}2J",
    "\u{202e}live\u{2066}\u{200b}\u{feff}",
    "../../../../etc/evil",
    "/etc/evil",
    "C:\\evil\\..\\CON",
    "\0evil\u{85}\u{2028}",
    "_ self crate r#fn Self super 0",
];

static TEMPLATE: LazyLock<Value> =
    LazyLock::new(|| serde_yaml::from_str(&fixture("injection/openapi.yaml")).unwrap());

/// The fixture, its marks replaced: those that are chosen, by number and by what stands around
/// them, by the payload, the others by the innocent word.
fn document(payload: &str, is_chosen: impl Fn(usize, &str) -> bool) -> Value {
    let mut marks = 0;
    let mut own = |text: &str, reference: bool| {
        let word = if is_chosen(marks, text) {
            payload
        } else {
            INNOCENT
        };
        marks += 1;
        let word = if reference {
            pointer(word)
        } else {
            word.to_owned()
        };
        text.replace(MARK, &word)
    };
    replaced(&TEMPLATE, &mut own)
}

/// The plain counterpart.
fn innocent() -> Value {
    document(INNOCENT, |_, _| true)
}

/// The payload everywhere.
fn hostile(payload: &str) -> Value {
    document(payload, |_, _| true)
}

/// The payload everywhere but in paths, where a slash or a brace would make another path.
fn hostile_but_for_paths(payload: &str) -> Value {
    document(payload, |_, text| !text.starts_with('/') && text != "§id")
}

/// A word as it stands in a `$ref`.
fn pointer(word: &str) -> String {
    let escaped = word.replace('~', "~0").replace('/', "~1");
    let bytes = escaped.bytes();
    bytes
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn replaced(value: &Value, own: &mut dyn FnMut(&str, bool) -> String) -> Value {
    match value {
        Value::String(text) if text.contains(MARK) => {
            own(text, text.starts_with("#/components/")).into()
        }
        Value::Array(elements) => {
            let elements = elements.iter();
            elements.map(|one| replaced(one, own)).collect()
        }
        Value::Object(members) => {
            let mut all = Map::new();
            for (key, value) in members {
                let name = if key.contains(MARK) {
                    own(key, false)
                } else {
                    key.clone()
                };
                all.insert(name, replaced(value, own));
            }
            Value::Object(all)
        }
        other => other.clone(),
    }
}

fn marks() -> usize {
    let mut count = 0;
    replaced(&TEMPLATE, &mut |text, _| {
        count += 1;
        text.to_owned()
    });
    count
}

/// The model of a document, its recoverable errors repaired; none where it is refused.
fn model(name: &str, document: &Value) -> Option<Api> {
    let mut report = Report::new(true);
    let source = Source::from_bytes("openapi.json", document.to_string().as_bytes());
    let api = sdk_generator::model(name, source, &[], &Config::default(), &mut report);
    api.filter(|_| !report.has_errors())
}

/// The crate of a document; none where it is refused.
fn generated(document: &Value) -> Option<FileSet> {
    let text = document.to_string();
    [false, true].into_iter().find_map(|lenient| {
        let given = Given {
            document: text.as_bytes(),
            lenient,
            ..Given::default()
        };
        match generate(&given).unwrap_or_else(|problem| panic!("{problem}\n{document:#}")) {
            Outcome::Generated(files) => Some(files),
            Outcome::Refused(_) => None,
        }
    })
}

fn shape(document: &Value) -> Option<Shape> {
    generated(document).map(|files| Shape::of(&files))
}

#[test]
fn every_word_at_once() {
    let innocent = shape(&innocent()).unwrap();
    let mut different = Vec::new();
    for payload in PAYLOADS {
        if let Some(shape) = shape(&hostile(payload)) {
            shape.assert_of_parts_of(&innocent, payload);
            // Braces, slashes, queries and fragments make another path, and URLs have neither
            // control characters nor backslashes; all else has each part as often.
            let is_plain = !payload.contains(['{', '}', '/', '?', '#', '\\'])
                && !payload.contains(char::is_control);
            if is_plain && !shape.is_like(&innocent) {
                different.push(payload);
            }
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}

#[test]
fn every_word_alone() {
    let innocent = shape(&innocent()).unwrap();
    let (mut alike, mut less, mut refused) = (0, 0, 0);
    for mark in 0..marks() {
        // Another payload at each word; over all of them, each payload is tried in many positions.
        for at in [mark, mark * 7 + 3] {
            let payload = PAYLOADS[at % PAYLOADS.len()];
            match shape(&document(payload, |at, _| at == mark)) {
                Some(shape) => {
                    shape.assert_of_parts_of(&innocent, payload);
                    *if shape.is_like(&innocent) {
                        &mut alike
                    } else {
                        &mut less
                    } += 1;
                }
                None => refused += 1,
            }
        }
    }
    assert!(
        alike > less + refused,
        "{alike} alike, {less} less, {refused} refused"
    );
}

#[test]
fn names_lead_nowhere() {
    for payload in PAYLOADS {
        let files = generated(&hostile(payload));
        for (path, _) in files.iter().flat_map(FileSet::iter) {
            let plain = path
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'_'));
            assert!(plain && !path.contains(".."), "{path:?}");
        }
    }
}
