use std::fmt;

use serde::Serialize;

/// A valid Rust identifier, `r#` included where it needs one.
///
/// Only `names::Scope::claim` makes one, so that no two items of a scope share a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Ident(String);

impl Ident {
    /// Wraps text that `names` has made sure of.
    pub(crate) fn new_checked(text: String) -> Self {
        Self(text)
    }

    /// The identifier as it is written in code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, for file names and text.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a thing is called on the wire and in Rust.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Name {
    /// The name in the document, byte for byte.
    pub wire: String,
    /// The name in the generated code.
    pub ident: Ident,
}
