use std::fmt;

use super::Node;
use crate::runtime::redact;

/// The error of decoding JSON.
///
/// The message contains the expected and the actual type, but not the value: bodies may contain
/// secrets.
pub struct Error(Box<Inner>);

struct Inner {
    message: String,
    /// The path, innermost step first; `None` if the text is not JSON.
    path: Option<Vec<PathStep>>,
    /// Whether the response itself reports that the call failed.
    is_failure: bool,
}

enum PathStep {
    Item(usize),
    Member(String),
}

impl Error {
    /// The error of text that is not JSON.
    pub(super) fn syntax(message: String) -> Self {
        Self(Box::new(Inner { message, path: None, is_failure: false }))
    }

    /// The error of a value of another type than expected: `a list`.
    pub fn expected(what: &str, actual: Node<'_>) -> Self {
        Self::custom(format!("expected {what}, got {}", actual.kind()))
    }

    /// The error of a value of the right type that is not valid: `a date`.
    pub fn invalid_value(what: &str, actual: Node<'_>) -> Self {
        let kind = actual.kind();
        let bare = kind.split_once(' ').map_or(kind, |(_, bare)| bare);
        Self::custom(format!("expected {what}, got another {bare}"))
    }

    /// The error of a response that reports a failure, whatever its status.
    pub(crate) fn failure() -> Self {
        let mut error = Self::custom(String::new());
        error.0.is_failure = true;
        error
    }

    /// Whether the response itself reports that the call failed.
    pub(crate) fn is_failure(&self) -> bool {
        self.0.is_failure
    }

    /// The error of a missing property.
    pub fn missing(name: &str) -> Self {
        Self::custom(format!("missing field `{name}`"))
    }

    /// The JSON path of the error: `$.data[3].created_at`; `None` if the text is not JSON.
    pub fn path(&self) -> Option<String> {
        let steps = self.0.path.as_ref()?;
        let mut path = String::from("$");
        for step in steps.iter().rev() {
            step.push_onto(&mut path);
        }
        Some(path)
    }

    /// The message, without the path.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Whether the text is not JSON, as opposed to JSON of another type.
    pub fn is_syntax(&self) -> bool {
        self.0.path.is_none()
    }

    /// Adds the property that contains the value to the path.
    #[must_use]
    pub fn in_member(self, name: impl Into<String>) -> Self {
        self.prepend(PathStep::Member(name.into()))
    }

    /// Adds the index of the item to the path.
    #[must_use]
    pub fn in_item(self, index: usize) -> Self {
        self.prepend(PathStep::Item(index))
    }

    fn prepend(mut self, step: PathStep) -> Self {
        self.0.path.get_or_insert_default().push(step);
        self
    }

    /// An error with a message of its own.
    pub fn custom(message: impl Into<String>) -> Self {
        let (message, path) = (message.into(), Some(Vec::new()));
        Self(Box::new(Inner { message, path, is_failure: false }))
    }
}

impl PathStep {
    fn push_onto(&self, path: &mut String) {
        match self {
            Self::Item(index) => path.push_str(&format!("[{index}]")),
            Self::Member(name) if is_plain(name) => {
                path.push('.');
                path.push_str(name);
            }
            Self::Member(name) => path.push_str(&format!("[{name:?}]")),
        }
    }
}

/// Whether a property name needs no quotes in a path.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        match self.path() {
            Some(path) => write!(f, " at {}", redact::one_line(&path)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("message", &self.0.message)
            .field("path", &self.path().map(|path| redact::one_line(&path)))
            .finish()
    }
}

impl std::error::Error for Error {}
