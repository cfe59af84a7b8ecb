//! The error of a call.

mod construct;
mod details;
mod display;

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde::de::DeserializeOwned;

use super::json::FromJson;
use super::{Context, ErrorKind, retry, retry_after};
use details::ErrorDetails;

/// The error of a call.
///
/// `B` is the type of the API's error body. Each API's module has an alias with its own, such as
/// `clerk::Error`. Without a type of the body (`Error`, also named [`AnyError`]) it is the error
/// of every API, into which `?` converts:
///
/// ```
/// use session_sdk::runtime::{AnyError, Error};
///
/// fn typed() -> Result<(), Error<serde_json::Value>> {
///     Ok(())
/// }
///
/// fn of_any_api() -> Result<(), AnyError> {
///     typed()?;
///     Ok(())
/// }
/// # of_any_api().unwrap();
/// ```
///
/// `Display` and `Debug` contain the API's error message, but no body, header, parameter or
/// credential. Clones share the content.
pub struct Error<B = AnyBody> {
    inner: Arc<Inner>,
    body: PhantomData<fn() -> B>,
}

/// The error of a call to any API: [`Error`] without the type of its body.
pub type AnyError = Error<AnyBody>;

/// The error body of [`AnyError`], whose type is unknown.
#[derive(Debug, Clone, Copy)]
pub struct AnyBody(());

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    context: Context,
    message: String,
    json_path: Option<String>,
    body: Option<Bytes>,
    /// The details in the body, decoded on first use.
    details: OnceLock<ErrorDetails>,
    /// The request id of the headers, redacted.
    redacted_request_id: Option<String>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
    /// The messages of the source and its causes, redacted.
    causes: Option<String>,
    /// The timeout of the whole call, if it ended the call.
    total: Option<Duration>,
}

impl<B> Error<B> {
    /// The kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The response's status; `None` without a response.
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.context.status
    }

    /// Whether the response's status is 404.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// The response's headers; empty without a response.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.context.headers
    }

    /// The response's body, undecoded.
    pub fn bytes(&self) -> Option<&Bytes> {
        self.inner.body.as_ref()
    }

    /// Decodes the API's error body; `None` if there is no body or if it has another type (see
    /// [`bytes`](Error::bytes)).
    pub fn body(&self) -> Option<B>
    where
        B: DeserializeOwned,
    {
        self.body_as()
    }

    /// Decodes the response's body; `None` if it has another type.
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.bytes()?).ok()
    }

    /// The API's error code.
    ///
    /// It is read from where the API's documents say, or else from the usual members: `code` or
    /// `type` in `error`, `code` in the first of `errors`, or `code`.
    pub fn code(&self) -> Option<&str> {
        self.inner.details().code.as_deref()
    }

    /// The API's error message. Credentials and sensitive values of the call are redacted.
    ///
    /// It is read from where the API's documents say, or else from the usual members: `message`,
    /// also in `error` or in the first of `errors`, `detail` and `title` (RFC 9457), `error`. A
    /// plain text is the message itself.
    pub fn message(&self) -> Option<&str> {
        self.inner.details().message.as_deref()
    }

    /// The request id, for inquiries to the API's operators.
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id()
    }

    /// The JSON path at which decoding failed: `$.data[0].status`.
    pub fn json_path(&self) -> Option<&str> {
        self.inner.json_path.as_deref()
    }

    /// The delay before the next attempt that the server asks for.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::retry_after(self.headers(), SystemTime::now())
    }

    /// The number of attempts.
    pub fn attempts(&self) -> u32 {
        self.inner.context.attempts
    }

    /// The duration of the call, delays between attempts included.
    pub fn elapsed(&self) -> Duration {
        self.inner.context.elapsed
    }

    /// The operation's id; empty for errors outside of a call.
    pub fn operation(&self) -> &'static str {
        self.inner.context.operation.map_or("", |operation| operation.id)
    }

    /// The operation's method.
    pub fn method(&self) -> Option<Method> {
        self.inner.context.operation.map(|operation| operation.method.into())
    }

    /// The operation's path template, without values.
    pub fn path(&self) -> &'static str {
        self.inner.context.operation.map_or("", |operation| operation.path)
    }

    /// Whether a timeout elapsed.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether `total_timeout` ended the call: it elapsed, or would have elapsed before the
    /// next attempt. [`Error::kind`] is that of the last attempt.
    pub fn hit_total_timeout(&self) -> bool {
        self.inner.total.is_some()
    }

    /// Whether connecting failed, TLS included.
    pub fn is_connect(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connect | ErrorKind::Tls)
    }

    /// Whether the response does not match the document.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Whether a retry may succeed and is safe. The client has already retried as often as its
    /// policy allows.
    pub fn is_retryable(&self) -> bool {
        retry::is_retryable(self.inner.kind, &self.inner.context)
    }

    /// Converts to the error without the type of its body, as `?` does.
    pub fn into_any_error(self) -> AnyError {
        self.with_body_type()
    }

    pub(crate) fn with_body_type<C>(self) -> Error<C> {
        Error { inner: self.inner, body: PhantomData }
    }
}

/// Bodies have types that read JSON, which [`AnyBody`] does not, so neither conversion is one of
/// a type into itself.
impl<B: FromJson> From<Error<B>> for AnyError {
    fn from(error: Error<B>) -> Self {
        error.with_body_type()
    }
}

impl<B: FromJson> From<AnyError> for Error<B> {
    fn from(error: AnyError) -> Self {
        error.with_body_type()
    }
}

impl<B> Clone for Error<B> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), body: PhantomData }
    }
}

impl<B> fmt::Display for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.inner, f)
    }
}

impl<B> fmt::Debug for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.inner, f)
    }
}

impl<B> std::error::Error for Error<B> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.inner.source.as_ref()?;
        Some(&**source)
    }
}
