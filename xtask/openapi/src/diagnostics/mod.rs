//! Problems found in documents: collected, then rendered once with a source snippet.
//!
//! A stage pushes what it finds into one [`Diagnostics`] and goes on; at the end the caller
//! renders everything against the [`Sources`] that reading filled. Looking up lines and columns
//! costs a second parse, which is why it happens only for what is reported.

mod hints;
mod json;
mod kind;
mod render;
mod report;
mod sources;
mod spans;

use std::collections::BTreeSet;
use std::path::Path;

pub use crate::pointer::SpecPointer;
pub(crate) use hints::begin as begin_hints;
pub use hints::{nearest, sanitize};
pub use json::json_text;
pub use kind::ErrorKind;
pub use render::escape_control;
pub use report::Report;
pub use sources::{Position, Sources};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The document deserves a correction; generating goes on.
    Warning,
}

/// The location of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// None in particular.
    None,
    /// A whole file.
    File(String),
    /// A JSON pointer into the document.
    Pointer(SpecPointer),
    /// A known position in a file.
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
    /// The kind of a recoverable error.
    pub kind: Option<ErrorKind>,
    /// Its location.
    pub location: Location,
    /// What is wrong, in the standard's terms, without a full stop.
    pub message: String,
    /// What to do about it, beginning with a verb.
    pub help: Option<Box<str>>,
    /// How generating goes on where it is accepted.
    pub repair: Option<Box<str>>,
    /// What the SDK lacks after the repair.
    pub omits: Option<Box<str>>,
}

impl Diagnostic {
    /// An error.
    pub fn error(location: impl Into<Location>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            kind: None,
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

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into().into_boxed_str());
        self
    }

    /// Adds how generating goes on, as a participle clause: `ignoring the parameter`.
    #[must_use]
    pub fn repair(mut self, repair: impl Into<String>) -> Self {
        self.repair = Some(repair.into().into_boxed_str());
        self
    }

    /// Adds what the SDK lacks after the repair: such things are listed in its documentation.
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
    allowed: BTreeSet<ErrorKind>,
}

impl Diagnostics {
    /// No problems yet. With `lenient`, every [recoverable error](Self::recoverable) is a warning.
    pub fn new(lenient: bool) -> Self {
        Self {
            lenient,
            ..Self::default()
        }
    }

    /// Makes warnings of the recoverable errors of some kinds.
    pub fn allow(&mut self, kinds: impl IntoIterator<Item = ErrorKind>) {
        self.allowed.extend(kinds);
    }

    /// Adds a problem as it is.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds a problem that the caller has repaired: an error, or a warning where its kind is
    /// accepted.
    pub fn recoverable(&mut self, kind: ErrorKind, diagnostic: Diagnostic) {
        let accepted = self.lenient || self.allowed.contains(&kind);
        self.items.push(Diagnostic {
            kind: Some(kind),
            severity: match accepted {
                true => Severity::Warning,
                false => kind.severity(),
            },
            ..diagnostic
        });
    }

    /// Adds a problem of a kind that is usually an error, but here costs no caller anything.
    pub fn tolerated(&mut self, kind: ErrorKind, diagnostic: Diagnostic) {
        self.items.push(Diagnostic {
            kind: Some(kind),
            severity: Severity::Warning,
            ..diagnostic
        });
    }

    /// Adds all problems of another collection as they are.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.items.extend(diagnostics);
    }

    /// Whether there are no problems.
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

    /// Everything as text for a terminal or a log: sorted by location, each problem once, with
    /// `file:line:column` and the source, and a summary by kind. Text from documents cannot send
    /// escape sequences.
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
