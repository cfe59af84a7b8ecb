//! Problems found in documents: collected, then rendered once with a source snippet.
//!
//! A stage pushes what it finds into one [`Diagnostics`] and goes on; at the end the caller
//! renders everything against the [`Sources`] that `spec` filled while it read. Looking up lines
//! and columns costs a second parse, which is why it happens only for what is reported.

mod hints;
mod json;
mod marks;
mod render;
mod report;
mod sources;

use std::path::Path;

pub use crate::SpecPointer;
pub(crate) use hints::begin as begin_hints;
pub use hints::{nearest, sanitize};
pub use json::json_text;
pub use marks::tokens;
pub use render::escape_control;
pub use report::Report;
pub use sources::{Position, Sources};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Worth a look; the work goes on.
    Warning,
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// Nowhere in particular.
    None,
    /// In a whole file.
    File(String),
    /// At a JSON pointer of the document.
    Pointer(SpecPointer),
    /// At a known position of a file.
    At(Box<Position>),
}

impl From<SpecPointer> for Location {
    fn from(origin: SpecPointer) -> Self {
        Self::Pointer(origin)
    }
}

impl From<&SpecPointer> for Location {
    fn from(origin: &SpecPointer) -> Self {
        Self::Pointer(origin.clone())
    }
}

impl From<Position> for Location {
    fn from(position: Position) -> Self {
        Self::At(Box::new(position))
    }
}

impl From<&Path> for Location {
    fn from(path: &Path) -> Self {
        Self::File(path.display().to_string())
    }
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub location: Location,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<Box<str>>,
    /// What a lenient run makes of it.
    pub repair: Option<Box<str>>,
    /// What the caller will look for in vain once it is repaired.
    pub omits: Option<Box<str>>,
}

impl Diagnostic {
    /// An error.
    pub fn error(location: impl Into<Location>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            location: location.into(),
            message: message.into(),
            help: None,
            repair: None,
            omits: None,
        }
    }

    /// A warning.
    pub fn warning(location: impl Into<Location>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(location, message)
        }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into().into_boxed_str());
        self
    }

    /// Says what a lenient run makes of it, as a clause: `it is left out`.
    #[must_use]
    pub fn repair(mut self, repair: impl Into<String>) -> Self {
        self.repair = Some(repair.into().into_boxed_str());
        self
    }

    /// Says what is missing from the SDK once it is repaired: such things are listed.
    #[must_use]
    pub fn omits(mut self, what: impl Into<String>) -> Self {
        self.omits = Some(what.into().into_boxed_str());
        self
    }
}

/// All problems of a run.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    lenient: bool,
}

impl Diagnostics {
    /// No problems yet. With `lenient`, a [`recoverable error`](Diagnostics::recoverable) is a warning.
    pub fn new(lenient: bool) -> Self {
        Self {
            items: Vec::new(),
            lenient,
        }
    }

    /// Whether a [`recoverable error`](Diagnostics::recoverable) is a warning.
    pub fn is_lenient(&self) -> bool {
        self.lenient
    }

    /// Adds a problem as it is.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds a breach of the standard that has one obvious meaning, and that the caller has
    /// repaired: an error, or a warning when lenient.
    pub fn recoverable(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.severity = if self.lenient {
            Severity::Warning
        } else {
            Severity::Error
        };
        self.items.push(diagnostic);
    }

    /// Adds all problems of another collection as they are.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.items.extend(diagnostics);
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.items
            .iter()
            .any(|item| item.severity == Severity::Error)
    }

    /// How many errors and warnings there are, each problem counted once.
    pub fn counts(&self) -> (usize, usize) {
        render::counts(&self.items)
    }

    /// The problems in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// Everything as text for a terminal or a log: sorted by place, each problem once, with
    /// `file:line:column` and the source. What comes from documents cannot send escape sequences.
    pub fn render(&self, sources: &Sources, colors: bool) -> String {
        render::render(&self.items, sources, colors)
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}
