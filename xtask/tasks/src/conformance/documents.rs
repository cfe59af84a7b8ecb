//! The documents that Prism checks requests against: the vendored facts with our overlay, just
//! what the SDK is generated from.

use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use sdk_openapi::diagnostics::{Diagnostics, Sources};
use sdk_openapi::{Document, LoadOptions, Source};

/// Where the documents are.
#[derive(Debug)]
pub(super) struct Documents {
    pub(super) clerk: PathBuf,
    pub(super) seam: PathBuf,
}

/// Writes the documents of `specs` into `directory`.
pub(super) fn write(specs: &Path, directory: &Path) -> Result<Documents, Failure> {
    Ok(Documents {
        clerk: write_one(specs, "clerk", directory)?,
        seam: write_one(specs, "seam", directory)?,
    })
}

fn write_one(specs: &Path, api: &str, directory: &Path) -> Result<PathBuf, Failure> {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new(false);
    let read = |file: &str| {
        let path = specs.join(api).join(file);
        Source::read(&path).map_err(|problem| Failure::new(problem.message))
    };
    let overlays = [read("overlay.yaml")?];
    let options = LoadOptions {
        overlays: &overlays,
        ..LoadOptions::default()
    };
    let document = Document::load(
        read("openapi.yaml")?,
        &options,
        &mut sources,
        &mut diagnostics,
    );
    let Some(document) = document.filter(|_| !diagnostics.has_errors()) else {
        return Err(Failure::new(diagnostics.render(&sources, false)));
    };
    let path = directory.join(format!("{api}.json"));
    fs::write(&path, document.root().value.to_string())
        .map_err(|e| Failure::io(path.display(), &e))?;
    Ok(path)
}
