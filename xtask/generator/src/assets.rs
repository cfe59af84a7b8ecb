//! What every generated crate is made with: templates, and the runtime.

use std::{error::Error, fmt};

use crate::{
    files::{FileSet, PathError},
    render::{Manifest, ManifestError, Templates},
};

/// The templates and the runtime.
#[derive(Debug, Clone)]
pub struct Assets {
    pub templates: Templates,
    pub manifest: Manifest,
    changelog: String,
    /// The runtime's sources, by their paths in the generated crate.
    runtime: Vec<(String, String)>,
}

/// Why assets cannot be used.
#[derive(Debug)]
pub enum AssetError {
    Missing(&'static str),
    Manifest(ManifestError),
}

impl fmt::Display for AssetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "the asset `{path}` is missing"),
            Self::Manifest(error) => error.fmt(f),
        }
    }
}

impl Error for AssetError {}

impl From<ManifestError> for AssetError {
    fn from(error: ManifestError) -> Self {
        Self::Manifest(error)
    }
}

const RUNTIME: &str = "templates/runtime/";

/// rustfmt leaves generated files as they were printed.
const RUSTFMT: &str = "disable_all_formatting = true\n";

impl Assets {
    /// Takes files by their paths in this repository.
    ///
    /// # Errors
    ///
    /// Where one is missing, or a manifest cannot be read.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, AssetError> {
        let text = |path: &'static str| {
            let found = files.iter().find(|(name, _)| *name == path);
            found
                .map(|(_, text)| *text)
                .ok_or(AssetError::Missing(path))
        };
        let sources = files.iter().filter_map(|(path, text)| {
            let path = path.strip_prefix(RUNTIME)?;
            let is_source = path.starts_with("src/runtime/") && path.ends_with(".rs");
            is_source.then(|| (path.to_owned(), without_tests(text)))
        });
        Ok(Self {
            templates: Templates {
                manifest: text("templates/Cargo.toml.j2")?.to_owned(),
                readme: text("templates/README.md.j2")?.to_owned(),
                surface: text("templates/API.md.j2")?.to_owned(),
            },
            manifest: Manifest::read(text("templates/runtime/Cargo.toml")?, text("Cargo.toml")?)?,
            changelog: text("templates/CHANGELOG.md.j2")?.to_owned(),
            runtime: sources.collect(),
        })
    }

    pub(crate) fn changelog_template(&self) -> &str {
        &self.changelog
    }

    pub(crate) fn add_formatting(files: &mut FileSet) -> Result<(), PathError> {
        files.add("rustfmt.toml", RUSTFMT)
    }

    /// Adds the runtime to a crate that is called `library` in code.
    pub(crate) fn add_runtime(&self, library: &str, files: &mut FileSet) -> Result<(), PathError> {
        for (path, text) in &self.runtime {
            let text = text.replace("session_sdk::", &format!("{library}::"));
            files.add(path.as_str(), text)?;
        }
        Ok(())
    }
}

/// The tests of the runtime are its own crate's.
fn without_tests(text: &str) -> String {
    text.replace("\n#[cfg(test)]\nmod tests;\n", "")
}
