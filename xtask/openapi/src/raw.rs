use serde_json::Value;

use super::{Source, bundle, load};
use crate::diagnostics::{Diagnostics, Sources};

/// A document as it is written, in one piece: nothing normalized, nothing checked.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// Its tree; what was in other files is under `components`.
    pub tree: Value,
    /// `openapi`, as written.
    pub version: String,
}

impl RawDocument {
    /// Reads a document and the files that it refers to. None where it cannot be read, which is
    /// told.
    pub fn read(
        source: Source,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let (mut tree, _) = load::read(&source, sources, diagnostics)?;
        let version = load::version(&tree, diagnostics)?;
        bundle::bundle(&mut tree, &source, None, sources, diagnostics);
        Some(Self { tree, version })
    }
}
