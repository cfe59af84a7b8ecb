use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::Part;
use crate::runtime::{Body, BoxError};

/// A multipart body: parts in order.
///
/// ```
/// use session_sdk::runtime::multipart::{Form, Part};
///
/// let mut form = Form::new();
/// form.part("title", "A title");
/// form.part("photo", Part::file("me.png", vec![0x89, 0x50]).media_type("image/png"));
/// let encoded = form.encode("multipart/form-data")?;
/// assert!(encoded.content_type.starts_with("multipart/form-data; boundary="));
/// # Ok::<(), session_sdk::runtime::multipart::InvalidPart>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Form {
    parts: Vec<(Option<String>, Part)>,
}

/// An encoded multipart body.
#[derive(Debug)]
pub struct Encoded {
    /// The `Content-Type` header, boundary included.
    pub content_type: String,
    /// The body, buffered unless a part is a stream.
    pub body: Body,
}

/// The error of an invalid part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPart {
    part: String,
    message: String,
}

impl InvalidPart {
    pub(super) fn new(part: &str, message: impl Into<String>) -> Self {
        Self { part: part.to_owned(), message: message.into() }
    }
}

impl fmt::Display for InvalidPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the part {:?} cannot be sent: {}", self.part, self.message)
    }
}

impl std::error::Error for InvalidPart {}

impl Form {
    /// Creates a form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part; several parts may have the same name.
    pub fn part(&mut self, name: impl Into<String>, part: impl Into<Part>) -> &mut Self {
        self.parts.push((Some(name.into()), part.into()));
        self
    }

    /// Adds a part without a name, as the parts of `multipart/mixed` are.
    pub fn unnamed(&mut self, part: impl Into<Part>) -> &mut Self {
        self.parts.push((None, part.into()));
        self
    }

    /// Whether the form has no parts.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Encodes the form, for a media type such as `multipart/form-data`.
    pub fn encode(&self, media_type: &str) -> Result<Encoded, InvalidPart> {
        let boundary = boundary();
        let mut bodies = VecDeque::new();
        for (name, part) in &self.parts {
            let head = part.head(name.as_deref())?;
            bodies.push_back(Body::from(format!("--{boundary}\r\n{head}")));
            bodies.push_back(part.content(name.as_deref().unwrap_or_default())?);
            bodies.push_back(Body::from("\r\n"));
        }
        bodies.push_back(Body::from(format!("--{boundary}--\r\n")));
        let content_type = format!("{media_type}; boundary={boundary}");
        Ok(Encoded { content_type, body: joined(bodies) })
    }
}

/// A random boundary, from the keys of the standard hasher.
fn boundary() -> String {
    let word = || RandomState::new().build_hasher().finish();
    format!("----session-{:016x}{:016x}{:016x}", word(), word(), word())
}

/// Concatenates bodies.
fn joined(bodies: VecDeque<Body>) -> Body {
    let buffered: Option<Vec<&Bytes>> = bodies.iter().map(Body::as_bytes).collect();
    if let Some(buffered) = buffered {
        let mut all =
            BytesMut::with_capacity(buffered.iter().map(|bytes| bytes.len()).sum());
        buffered.into_iter().for_each(|bytes| all.extend_from_slice(bytes));
        return Body::from(all.freeze());
    }
    let length = bodies.iter().map(Body::length).sum();
    Body::stream(Joined(bodies), length)
}

/// A sequence of streams.
struct Joined(VecDeque<Body>);

impl Stream for Joined {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        while let Some(body) = self.0.front_mut() {
            if let Some(chunk) = ready!(Pin::new(body).poll_next(cx)) {
                return Poll::Ready(Some(chunk));
            }
            self.0.pop_front();
        }
        Poll::Ready(None)
    }
}
