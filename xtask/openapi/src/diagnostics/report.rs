use super::{Diagnostics, Sources};

/// The problems of one document, and the texts that they are shown in.
///
/// Documents do not share one: a JSON pointer does not name its document.
#[derive(Debug)]
pub struct Report {
    /// The texts.
    pub sources: Sources,
    /// The problems.
    pub diagnostics: Diagnostics,
}

impl Report {
    /// A report without problems. With `lenient`, every recoverable error is a warning.
    pub fn new(lenient: bool) -> Self {
        Self {
            sources: Sources::new(),
            diagnostics: Diagnostics::new(lenient),
        }
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.has_errors()
    }

    /// Everything as text; empty where there are no problems.
    pub fn render(&self, colors: bool) -> String {
        if self.diagnostics.is_empty() {
            return String::new();
        }
        self.diagnostics.render(&self.sources, colors)
    }
}
