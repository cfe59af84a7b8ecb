//! Each extension that the generator reads is declared once and documented.

use std::{fs, path::Path};

use sdk_generator::extensions;

use crate::support::root;

#[test]
fn every_extension_is_documented_and_every_documented_one_is_read() {
    let page = fs::read_to_string(root().join("docs/extensions.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| `x-"));
    let documented: Vec<&str> = rows
        .flat_map(|row| row.split('|').nth(1).unwrap_or_default().split(','))
        .map(|name| name.trim().trim_matches('`'))
        .collect();
    for name in extensions::all() {
        assert!(documented.contains(&name), "{name} has no row");
    }
    for name in &documented {
        assert!(
            extensions::all().any(|it| it == *name),
            "nothing reads {name}"
        );
    }
}

/// The sources that read documents name an extension only where it is declared.
#[test]
fn extensions_are_named_where_they_are_declared() {
    let mut found = Vec::new();
    for folder in ["xtask/generator/src", "xtask/openapi/src"] {
        search(&root().join(folder), &mut found);
    }
    found.sort();
    let in_other_files: Vec<_> = found
        .iter()
        .filter(|(file, _)| file != "extensions.rs")
        .collect();
    let named: Vec<&str> = in_other_files
        .iter()
        .map(|(_, name)| name.as_str())
        .collect();
    assert_eq!(named, ["x-webhooks", "x-sensitive"], "{in_other_files:?}");
    assert!(found.len() >= extensions::all().count(), "{found:?}");
}

fn search(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() && name != "tests" {
            search(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") && !name.contains("tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default();
            let quoted = code.split('"').skip(1).step_by(2);
            // Subtypes of media types begin like extensions.
            let names = quoted.filter(|it| is_extension(it) && name != "media_type.rs");
            found.extend(names.map(|it| (name.clone(), it.to_owned())));
        }
    }
}

/// Whether a literal is the name of an extension, not `x-` alone or a subtype of a media type.
fn is_extension(text: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.len() > 2
        && text.starts_with("x-")
        && text.chars().all(is_name)
        && text != "x-www-form-urlencoded"
}
