use std::fmt::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use sdk_openapi::diagnostics::{Diagnostic, Diagnostics};

/// The name of the file with a [`SourceRecord`].
pub(super) const RECORD: &str = "source.yaml";

/// `source.yaml`: where a vendored document comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourceRecord {
    /// The repository that publishes it: `owner/name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// Its path in the repository or the package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The commit, or the package's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// Where the newest one is: an http(s) address, or `npm:` and a package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// `info.version` of the document.
    pub version: String,
    /// The checksum of the upstream file.
    pub sha256: String,
    /// The SPDX identifier of its license.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
}

impl SourceRecord {
    /// Reads a record; a missing one is empty. Returns none, and reports why, if it is malformed.
    pub fn read(path: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Some(Self::default());
            }
            Err(error) => {
                diagnostics.push(Diagnostic::error(path, format!("cannot be read: {error}")));
                return None;
            }
        };
        serde_yaml::from_str(&text)
            .map_err(|error| diagnostics.push(Diagnostic::error(path, error.to_string())))
            .ok()
    }
}

/// A checksum in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
