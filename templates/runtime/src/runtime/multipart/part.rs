use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::{InvalidPart, file_type};
use crate::runtime::Body;

/// A part of a multipart body: content and headers.
///
/// ```
/// use session_sdk::runtime::multipart::Part;
///
/// let photo = Part::file("me.png", vec![0x89, 0x50]).media_type("image/png");
/// let title = Part::from("A title");
/// # let _ = (photo, title);
/// ```
#[derive(Clone)]
pub struct Part {
    content: Result<Arc<Body>, String>,
    file_name: Option<String>,
    media_type: Option<String>,
    headers: Vec<(String, String)>,
    /// Whether it is a value that was serialized, not a file.
    is_value: bool,
}

impl Part {
    /// Creates a part without a file name or a media type.
    pub fn new(content: impl Into<Body>) -> Self {
        Self {
            content: Ok(Arc::new(content.into())),
            file_name: None,
            media_type: None,
            headers: Vec::new(),
            is_value: false,
        }
    }

    /// Creates a part with a file name. [`media_type`](Self::media_type) sets its media type; the
    /// default is one that the document allows, or `application/octet-stream`.
    pub fn file(name: impl Into<String>, content: impl Into<Body>) -> Self {
        Self::new(content).file_name(name)
    }

    /// Creates a part from a value: strings, numbers and booleans as text, objects and lists as
    /// JSON.
    ///
    /// ```
    /// use session_sdk::runtime::multipart::Part;
    ///
    /// let limit = Part::value(&5);
    /// let tags = Part::value(&["a", "b"]);    // ["a","b"], application/json
    /// # let _ = (limit, tags);
    /// ```
    pub fn value(value: &impl Serialize) -> Self {
        serde_json::to_value(value).map_or_else(Self::invalid, Self::from_json)
    }

    /// Creates one part per item of a list; one part for any other value, and none for null.
    pub fn values(value: &impl Serialize) -> Vec<Self> {
        match serde_json::to_value(value) {
            Ok(Value::Array(items)) => items.into_iter().map(Self::from_json).collect(),
            Ok(Value::Null) => Vec::new(),
            Ok(value) => vec![Self::from_json(value)],
            Err(error) => vec![Self::invalid(error)],
        }
    }

    /// Creates a part from a value as JSON.
    pub fn json(value: &impl Serialize) -> Self {
        match serde_json::to_string(value) {
            Ok(text) => Self::of_value(text).media_type("application/json"),
            Err(error) => Self::invalid(error),
        }
    }

    /// The items of a list as JSON, one part each.
    pub fn json_values<T: Serialize>(values: impl IntoIterator<Item = T>) -> Vec<Self> {
        values.into_iter().map(|value| Self::json(&value)).collect()
    }

    /// Sets the file name.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Sets the media type, unless one is set.
    #[must_use]
    pub fn or_media_type(mut self, media_type: &str) -> Self {
        self.media_type.get_or_insert_with(|| media_type.to_owned());
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The part as a file, with a name and with one of the media types that the document allows.
    /// What was made from a value stays one.
    #[must_use]
    pub(crate) fn into_file(mut self, part: &str, allowed: &[&str]) -> Self {
        if self.is_value {
            return self;
        }
        let chosen = || file_type::choose(allowed, self.file_name.as_deref());
        let media_type = self.media_type.take().unwrap_or_else(chosen);
        self.file_name.get_or_insert_with(|| file_type::file_name(part, &media_type));
        self.media_type = Some(media_type);
        self
    }

    fn of_value(text: impl Into<Body>) -> Self {
        Self { is_value: true, ..Self::new(text) }
    }

    fn from_json(value: Value) -> Self {
        match value {
            Value::String(text) => Self::of_value(text),
            Value::Null => Self::of_value(Bytes::new()),
            Value::Bool(_) | Value::Number(_) => Self::of_value(value.to_string()),
            Value::Array(_) | Value::Object(_) => {
                Self::of_value(value.to_string()).media_type("application/json")
            }
        }
    }

    fn invalid(error: serde_json::Error) -> Self {
        Self { content: Err(error.to_string()), ..Self::new(Bytes::new()) }
    }

    /// The content, for another attempt.
    pub(super) fn content(&self, name: &str) -> Result<Body, InvalidPart> {
        let content =
            self.content.as_ref().map_err(|error| InvalidPart::new(name, error))?;
        let used = || InvalidPart::new(name, "its stream has already been consumed");
        content.try_clone().ok_or_else(used)
    }

    /// The part's headers, up to the empty line. A part without a name is one of a list.
    pub(super) fn head(&self, name: Option<&str>) -> Result<String, InvalidPart> {
        let mut disposition = match name {
            Some(name) => format!("form-data; name=\"{}\"", quoted(name)),
            None if self.file_name.is_some() => "attachment".to_owned(),
            None => String::new(),
        };
        if let Some(file_name) = &self.file_name {
            disposition.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        let mut head = String::new();
        if !disposition.is_empty() {
            head = format!("Content-Disposition: {disposition}\r\n");
        }
        let name = name.unwrap_or_default();
        let fallback = self.file_name.as_ref().map(|_| file_type::UNKNOWN);
        let media_type = self.media_type.as_deref().or(fallback);
        let media_type = media_type.map(|media_type| ("Content-Type", media_type));
        let others = self.headers.iter().map(|(name, value)| (&**name, &**value));
        for (header, value) in media_type.into_iter().chain(others) {
            if http::HeaderName::from_bytes(header.as_bytes()).is_err()
                || http::HeaderValue::from_str(value).is_err()
            {
                return Err(InvalidPart::new(name, "one of its headers is not valid"));
            }
            head.push_str(&format!("{header}: {value}\r\n"));
        }
        head.push_str("\r\n");
        Ok(head)
    }
}

/// A name for use in quotes.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Omits the content.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("content", &self.content)
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

impl From<Body> for Part {
    fn from(content: Body) -> Self {
        Self::new(content)
    }
}

impl From<Bytes> for Part {
    fn from(content: Bytes) -> Self {
        Self::new(content)
    }
}

impl From<Vec<u8>> for Part {
    fn from(content: Vec<u8>) -> Self {
        Self::new(content)
    }
}

impl From<&[u8]> for Part {
    fn from(content: &[u8]) -> Self {
        Self::new(content.to_vec())
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}
