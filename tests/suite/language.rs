//! The project's own words stay out of the sources: docs/glossary.md has the field's.

use std::{fs, path::Path};

use crate::support::root;

/// Words that once had a private meaning here, each with the term to use.
const DENIED: [(&str, &str); 22] = [
    ("faces", "public API"),
    ("heir", "subtype"),
    ("heirs", "subtypes"),
    ("homes", "module layout, component names"),
    ("lapse", "recoverable error"),
    ("lapses", "recoverable errors"),
    ("mend", "fix, repair"),
    ("mended", "fixed, repaired"),
    ("mends", "fixes, repairs"),
    ("place", "location, target, position"),
    ("placed", "assigned"),
    ("places", "locations, targets, positions"),
    ("spoilt", "malformed"),
    ("telling", "significant, reporting"),
    ("told", "reported, declared"),
    ("twin", "duplicate type, GET counterpart"),
    ("twins", "duplicate types, GET counterparts"),
    ("behaviour", "behavior"),
    ("colour", "color"),
    ("neighbour", "neighbor"),
    ("normalise", "normalize"),
    ("evening", "state what holds, not when it was seen"),
];

/// Ordinary English that contains a denied word.
const INNOCENT: [&str; 7] = [
    "in place",
    "in its place",
    "takes the place of",
    "take place",
    "takes place",
    "in_place",
    "place holder",
];

/// The files that are searched; this one is not.
const ENDINGS: [&str; 7] = [".rs", ".md", ".j2", ".toml", ".yaml", ".json", ".txt"];

#[test]
fn sources_use_the_terms_of_the_glossary() {
    let mut found = Vec::new();
    for folder in ["xtask", "templates", "docs", "tests"] {
        visit(&root().join(folder), &mut found);
    }
    for file in [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
    ] {
        check(&root().join(file), &mut found);
    }
    assert!(
        found.is_empty(),
        "{} words:\n{}",
        found.len(),
        found.join("\n")
    );
}

fn visit(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if name != "target" && name != "node_modules" {
                visit(&path, found);
            }
        } else if name != "language.rs" && ENDINGS.iter().any(|end| name.ends_with(end)) {
            check(&path, found);
        }
    }
}

fn check(path: &Path, found: &mut Vec<String>) {
    // Some fixtures are not UTF-8.
    let text = fs::read(path).unwrap();
    let text = String::from_utf8_lossy(&text);
    for (number, line) in text.lines().enumerate() {
        let mut line = line.to_lowercase();
        for phrase in INNOCENT {
            line = line.replace(phrase, "");
        }
        let words = line.split(|c: char| !c.is_ascii_alphanumeric());
        for (word, term) in words.filter_map(|word| DENIED.iter().find(|it| it.0 == word)) {
            let path = path.strip_prefix(root()).unwrap_or(path).display();
            found.push(format!("{path}:{}: `{word}`: use {term}", number + 1));
        }
    }
}

#[test]
fn a_denied_word_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    fs::write(&file, "It is put in place.\nProblems are told.\n").unwrap();
    let mut found = Vec::new();
    check(&file, &mut found);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("a.md:2: `told`"), "{found:?}");
}
