//! Where the document of `--spec` comes from.

use std::{
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use sdk_openapi::{
    Source,
    diagnostics::{Diagnostic, Location},
};

use crate::vendor::fetch::{self, Rules};

/// A file, an address, or the standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentSource {
    File(PathBuf),
    /// An http(s) address, or `npm:` and a package.
    Address(String),
    StandardInput,
}

impl From<&str> for DocumentSource {
    fn from(text: &str) -> Self {
        match text {
            "-" => Self::StandardInput,
            _ if text.contains("://") || text.starts_with("npm:") => Self::Address(text.to_owned()),
            _ => Self::File(PathBuf::from(text)),
        }
    }
}

impl DocumentSource {
    /// The name of the API, if nothing else names it.
    pub fn api_name(&self) -> String {
        let path = match self {
            Self::File(path) => path.as_path(),
            Self::Address(address) => {
                let end = address.find(['?', '#']).unwrap_or(address.len());
                Path::new(address.get(..end).unwrap_or_default())
            }
            Self::StandardInput => Path::new(""),
        };
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        stem.unwrap_or("api").to_owned()
    }

    /// The document, if it is not a file, which is read with the files that it refers to.
    ///
    /// # Errors
    ///
    /// Where it cannot be read or fetched, or is too large.
    pub fn read(&self) -> Result<Option<Source>, Diagnostic> {
        let rules = Rules::default();
        match self {
            Self::File(_) => Ok(None),
            Self::Address(address) => fetch::document(address, &rules).map(Some),
            Self::StandardInput => {
                let mut bytes = Vec::new();
                let limit = rules.most_bytes.saturating_add(1);
                io::stdin()
                    .take(limit)
                    .read_to_end(&mut bytes)
                    .map_err(|error| problem(format!("cannot be read: {error}")))?;
                if bytes.len() as u64 > rules.most_bytes {
                    let limit = rules.most_bytes >> 20;
                    return Err(problem(format!("the document is larger than {limit} MiB")));
                }
                Ok(Some(Source::from_bytes(STANDARD_INPUT, bytes)))
            }
        }
    }
}

const STANDARD_INPUT: &str = "standard input";

fn problem(message: String) -> Diagnostic {
    Diagnostic::error(Location::File(STANDARD_INPUT.to_owned()), message)
}
