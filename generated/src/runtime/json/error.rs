use std::fmt;

use super::Node;

/// Why JSON text or a JSON value could not be decoded.
///
/// The message says what was expected and what kind of thing came, never its content: bodies
/// hold secrets.
pub struct Error(Box<Inner>);

struct Inner {
    message: String,
    /// From the failure outwards; `None` where the text is not JSON at all.
    steps: Option<Vec<Step>>,
}

enum Step {
    Item(usize),
    Member(String),
}

impl Error {
    /// The text is not JSON.
    pub(super) fn syntax(message: String) -> Self {
        Self(Box::new(Inner { message, steps: None }))
    }

    /// Something was expected, `a list`, and something of another kind came.
    pub fn expected(what: &str, came: Node<'_>) -> Self {
        Self::custom(format!("expected {what}, got {}", came.kind()))
    }

    /// Something was expected, `a date`, and a value of the right kind came that is not that.
    pub fn expected_other(what: &str, came: Node<'_>) -> Self {
        let kind = came.kind();
        let bare = kind.split_once(' ').map_or(kind, |(_, bare)| bare);
        Self::custom(format!("expected {what}, got another {bare}"))
    }

    /// A member is missing.
    pub fn missing(name: &str) -> Self {
        Self::custom(format!("missing field `{name}`"))
    }

    /// The failure's place, `$.data[3].created_at`; none where the text is not JSON at all.
    pub fn path(&self) -> Option<String> {
        let steps = self.0.steps.as_ref()?;
        let mut path = String::from("$");
        for step in steps.iter().rev() {
            step.push_onto(&mut path);
        }
        Some(path)
    }

    /// What went wrong, without the place.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Whether the text was not JSON at all, as opposed to JSON of another shape.
    pub fn is_syntax(&self) -> bool {
        self.0.steps.is_none()
    }

    /// The same failure, seen from the object that holds it as `name`.
    #[must_use]
    pub fn in_member(self, name: impl Into<String>) -> Self {
        self.inside(Step::Member(name.into()))
    }

    /// The same failure, seen from the list that holds it at `index`.
    #[must_use]
    pub fn in_item(self, index: usize) -> Self {
        self.inside(Step::Item(index))
    }

    fn inside(mut self, step: Step) -> Self {
        self.0.steps.get_or_insert_default().push(step);
        self
    }

    /// A value is not what it should be.
    pub fn custom(message: impl Into<String>) -> Self {
        Self(Box::new(Inner { message: message.into(), steps: Some(Vec::new()) }))
    }
}

impl Step {
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

/// Whether a member's name can stand in a path without quotes.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        match self.path() {
            Some(path) => write!(f, " at {path}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("message", &self.0.message)
            .field("path", &self.path())
            .finish()
    }
}

impl std::error::Error for Error {}
