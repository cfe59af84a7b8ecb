use std::path::{Path, PathBuf};

use crate::diagnostics::Diagnostic;

/// The bytes of a document and where they come from.
#[derive(Debug, Clone)]
pub struct Source {
    /// What diagnostics call it.
    pub name: String,
    /// YAML or JSON.
    pub bytes: Vec<u8>,
    /// The file, where there is one: relative `$ref`s start here.
    pub path: Option<PathBuf>,
}

impl Source {
    /// A document in memory. It cannot refer to other files.
    pub fn from_bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
            path: None,
        }
    }

    /// Reads a file, unless it is too large.
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        let bytes = std::fs::read(path)
            .map_err(|error| Diagnostic::error(path, format!("cannot be read: {error}")))?;
        Ok(Self {
            name: path.display().to_string(),
            bytes,
            path: Some(path.to_owned()),
        })
    }
}
