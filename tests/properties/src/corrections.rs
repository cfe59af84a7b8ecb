//! What stands beside a document: overlays, the JSONPaths in them, and `codegen.yaml`.

use std::{fs, sync::LazyLock};

use serde_json::json;

use crate::{Given, generate, root};

/// A golden's document.
fn golden(name: &str) -> Vec<u8> {
    let path = root().join("tests/golden/specs").join(name);
    fs::read(path.join("openapi.yaml")).unwrap_or_default()
}

/// Applies an overlay, or, where the text begins as a JSONPath does, one that updates and removes
/// what that selects.
///
/// # Errors
///
/// Where the generator has a bug.
pub fn overlay(text: &[u8]) -> Result<(), String> {
    static DOCUMENT: LazyLock<Vec<u8>> = LazyLock::new(|| golden("references"));
    let by_path = text.starts_with(b"$").then(|| {
        let path = String::from_utf8_lossy(text);
        let actions = [
            json!({ "target": path, "update": { "description": "D" } }),
            json!({ "target": path, "remove": true }),
        ];
        let info = json!({ "title": "O", "version": "1" });
        json!({ "overlay": "1.0.0", "info": info, "actions": actions }).to_string()
    });
    generate(&Given {
        document: &DOCUMENT,
        overlay: Some(by_path.as_deref().map_or(text, str::as_bytes)),
        lenient: true,
        ..Given::default()
    })
    .map(drop)
}

/// Generates with a configuration.
///
/// # Errors
///
/// Where the generator has a bug.
pub fn configuration(text: &[u8]) -> Result<(), String> {
    static DOCUMENT: LazyLock<Vec<u8>> = LazyLock::new(|| golden("pagination"));
    let Ok(config) = std::str::from_utf8(text) else {
        return Ok(());
    };
    generate(&Given {
        document: &DOCUMENT,
        config,
        lenient: true,
        ..Given::default()
    })
    .map(drop)
}
