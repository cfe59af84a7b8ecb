use serde_json::Value;

use crate::bundle::bundle;
use crate::diagnostics::{Diagnostics, Sources};
use crate::document::version;
use crate::source::{Source, parse};

/// A document as it is written, in one piece: neither normalized nor validated.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// Its tree. What other files hold is under `components`.
    pub tree: Value,
    /// `openapi`
    pub version: String,
}

impl RawDocument {
    /// Reads a document and the files that it refers to. None where it cannot be read, which is
    /// reported.
    pub fn read(
        source: Source,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let (mut tree, _) = parse(&source, sources, diagnostics)?;
        let version = version(&tree, diagnostics)?;
        bundle(&mut tree, &source, None, sources, diagnostics);
        Some(Self { tree, version })
    }
}
