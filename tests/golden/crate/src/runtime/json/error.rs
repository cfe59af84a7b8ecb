use std::fmt;

use serde::{Deserialize, Serialize, de};

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

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Step {
    Item(usize),
    Member(String),
}

/// What an error's alternate `Display` begins with. A union's `Deserialize` must hand its
/// error through `serde::de::Error::custom`, which takes text only: this text carries the
/// path, and [`Error::custom`] takes it apart again.
const MACHINE_READABLE: char = '\0';

impl Error {
    /// The text is not JSON.
    pub(super) fn syntax(message: String) -> Self {
        Self(Box::new(Inner { message, steps: None }))
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
    pub fn in_member(self, name: String) -> Self {
        self.inside(Step::Member(name))
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

    fn at_root(message: String) -> Self {
        Self(Box::new(Inner { message, steps: Some(Vec::new()) }))
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
        if f.alternate()
            && let Ok(text) = serde_json::to_string(&(&self.0.steps, &self.0.message))
        {
            return write!(f, "{MACHINE_READABLE}{text}");
        }
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

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        read_back(format!("{message:#}"))
    }

    fn invalid_type(came: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::at_root(format!("expected {expected}, got {}", kind(came)))
    }

    fn invalid_value(came: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::at_root(format!("expected {expected}, got another {}", bare_kind(came)))
    }

    fn unknown_variant(_came: &str, expected: &'static [&'static str]) -> Self {
        Self::at_root(format!("expected one of {}", expected.join(", ")))
    }
}

/// The error that `text` carries, or an error that says `text`.
fn read_back(text: String) -> Error {
    let carried = text.strip_prefix(MACHINE_READABLE).map(serde_json::from_str);
    match carried {
        Some(Ok((steps, message))) => Error(Box::new(Inner { message, steps })),
        _ => Error::at_root(without_quotes(text)),
    }
}

/// A message without what it quotes: other crates quote what came.
fn without_quotes(mut text: String) -> String {
    if let (Some(start), Some(end)) = (text.find('"'), text.rfind('"')) {
        text.replace_range(start..=end, "\"…\"");
    }
    text
}

/// What came, without its content.
fn kind(came: de::Unexpected<'_>) -> &'static str {
    match came {
        de::Unexpected::Unit => "null",
        de::Unexpected::Bool(_) => "a boolean",
        de::Unexpected::Unsigned(_) | de::Unexpected::Signed(_) => "an integer",
        de::Unexpected::Float(_) => "a number with a fraction",
        de::Unexpected::Char(_) | de::Unexpected::Str(_) => "a string",
        de::Unexpected::Bytes(_) => "bytes",
        de::Unexpected::Seq => "a list",
        de::Unexpected::Map => "an object",
        _ => "something else",
    }
}

fn bare_kind(came: de::Unexpected<'_>) -> &'static str {
    let kind = kind(came);
    kind.trim_start_matches("an ").trim_start_matches("a ")
}
