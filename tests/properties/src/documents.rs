//! Documents: any bytes, and good documents that were changed.

use std::{fs, path::PathBuf, sync::LazyLock};

use arbitrary::{Arbitrary as _, Unstructured};
use sdk_openapi::diagnostics::{Diagnostics, Sources};
use sdk_openapi::{RawDocument, Source};
use serde_json::Value;

use crate::{Given, Outcome, change::Change, generate, root};

/// How many changes a document gets at most.
const CHANGES: usize = 6;

/// Generates from a document, strictly, or else leniently.
///
/// # Errors
///
/// Where the generator has a bug.
pub fn any_bytes(document: &[u8]) -> Result<(), String> {
    let given = Given {
        document,
        ..Given::default()
    };
    if let Outcome::Generated(_) = generate(&given)? {
        return Ok(());
    }
    let given = Given {
        lenient: true,
        ..given
    };
    generate(&given).map(drop)
}

/// The same for one of the repository's small documents, changed as the bytes say.
///
/// # Errors
///
/// Where the generator has a bug.
pub fn changed(bytes: &[u8]) -> Result<(), String> {
    any_bytes(change(bytes).to_string().as_bytes())
}

/// A document of [`originals`], changed as the bytes say.
pub fn change(bytes: &[u8]) -> Value {
    let mut choices = Unstructured::new(bytes);
    let mut document = choices.choose(originals()).cloned().unwrap_or_default();
    for _ in 0..CHANGES {
        // Without bytes there is no choice.
        let Ok(change) = Change::arbitrary(&mut choices) else {
            break;
        };
        change.apply(&mut document);
        if choices.is_empty() {
            break;
        }
    }
    document
}

/// The documents that are changed: good ones, and those that are bad already.
pub fn originals() -> &'static [Value] {
    static ORIGINALS: LazyLock<Vec<Value>> = LazyLock::new(|| {
        let paths = paths();
        let documents = paths.iter().filter_map(|path| {
            let source = Source::read(path).ok()?;
            let (mut sources, mut problems) = (Sources::new(), Diagnostics::new(true));
            RawDocument::read(source, &mut sources, &mut problems)
        });
        documents.map(|document| document.tree).collect()
    });
    &ORIGINALS
}

fn paths() -> Vec<PathBuf> {
    let folders = ["tests/golden/specs", "tests/fixtures/bad", "specs"];
    let specs = folders.map(|folder| fs::read_dir(root().join(folder)));
    let mut paths: Vec<PathBuf> = specs
        .into_iter()
        .flatten()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("openapi.yaml"))
        .collect();
    paths.sort();
    paths
}
