//! The error type of the runtime. [`Error`](super::Error) adds the type of the error body.

mod display;

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    BoxError, Content, Context, ErrorKind, Method, Payload, json, redact, retry,
    retry_after,
};

/// The error of a call, without the type of the API's error body.
///
/// `Display` and `Debug` contain the API's error message, but no body, header, parameter or
/// credential.
pub struct AnyError {
    inner: Box<Inner>,
}

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
    source: Option<BoxError>,
    /// The timeout of the whole call, if it ended the call.
    total: Option<Duration>,
}

/// The parts of an error body that every API has.
#[derive(Default)]
struct ErrorDetails {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

impl AnyError {
    /// Creates an error of a kind, with a message that adds to it.
    #[cold]
    pub fn new(kind: ErrorKind, context: Context, message: impl Into<String>) -> Self {
        let inner = Inner {
            kind,
            context,
            message: message.into(),
            json_path: None,
            body: None,
            details: OnceLock::new(),
            redacted_request_id: None,
            source: None,
            total: None,
        };
        Self { inner: Box::new(inner) }
    }

    /// Creates an error for a response that does not match the document. It keeps the body;
    /// `message` must not quote any of it.
    #[cold]
    pub fn decode(context: Context, body: Bytes, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Decode, context, message.into());
        error.inner.body = Some(body);
        error
    }

    /// Creates an error for JSON that does not match the document. It keeps the body and the
    /// JSON path.
    #[cold]
    pub fn decode_json(context: Context, body: Bytes, error: &json::Error) -> Self {
        let encoding =
            context.headers.get(CONTENT_ENCODING).filter(|_| error.is_syntax());
        let message = match encoding.and_then(|value| value.to_str().ok()) {
            None | Some("identity") => error.message().to_owned(),
            Some(encoding) => {
                let encoding = redact::one_line(encoding);
                format!("the transport did not decode the content encoding {encoding}")
            }
        };
        let mut decode_error = Self::decode(context, body, message);
        decode_error.inner.json_path = error.path();
        decode_error
    }

    /// Sets the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.inner.source = Some(source.into());
        self
    }

    /// Sets the response body.
    #[must_use]
    pub fn with_body(mut self, body: Bytes) -> Self {
        self.inner.body = Some(body);
        self
    }

    /// Records that the timeout of the whole call ended the call, if it did.
    #[must_use]
    pub(crate) fn with_total_timeout(mut self, total: Option<Duration>) -> Self {
        self.inner.total = total;
        self
    }

    /// The response of a status error, for callers of `raw()`. Other errors stay errors.
    pub(crate) fn into_raw_response(self) -> Result<Payload, Self> {
        let is_response = matches!(self.kind(), ErrorKind::Status | ErrorKind::Redirect);
        // The error of an incomplete body has a message.
        let is_complete = is_response && self.inner.message.is_empty();
        match self.inner.body {
            Some(ref body) if is_complete => {
                let content = Content::Buffered(body.clone());
                Ok(Payload { context: self.inner.context, content })
            }
            _ => Err(self),
        }
    }

    pub(crate) fn context(&self) -> &Context {
        &self.inner.context
    }

    pub(crate) fn context_mut(&mut self) -> &mut Context {
        &mut self.inner.context
    }

    /// The kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The response's status; `None` without a response.
    pub fn status(&self) -> Option<u16> {
        self.inner.context.status.map(|status| status.as_u16())
    }

    /// The response's headers; empty without a response.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.context.headers
    }

    /// The response's body, undecoded.
    pub fn bytes(&self) -> Option<&Bytes> {
        self.inner.body.as_ref()
    }

    /// Decodes the response's body; `None` if it has another type.
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.bytes()?).ok()
    }

    /// The API's error code.
    pub fn code(&self) -> Option<&str> {
        self.details().code.as_deref()
    }

    /// The API's error message. Credentials and sensitive values of the call are redacted.
    pub fn message(&self) -> Option<&str> {
        self.details().message.as_deref()
    }

    /// The request id, for inquiries to the API's operators.
    pub fn request_id(&self) -> Option<&str> {
        let Inner { redacted_request_id, context, .. } = &*self.inner;
        let of_header = redacted_request_id.as_deref().or_else(|| context.request_id());
        of_header.or_else(|| self.details().request_id.as_deref())
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
        self.inner.context.operation.map(|operation| operation.method)
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
    /// next attempt. [`AnyError::kind`] is that of the last attempt.
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
        retry::is_retryable(self)
    }

    fn details(&self) -> &ErrorDetails {
        self.inner.details.get_or_init(|| {
            let body = self.inner.body.as_deref().unwrap_or_default();
            let Ok(body) = serde_json::from_slice::<Value>(body) else {
                return ErrorDetails::default();
            };
            let fields = &self.inner.context.api.errors;
            ErrorDetails {
                code: text_at(&body, fields.code),
                message: text_at(&body, fields.message),
                request_id: text_at(&body, fields.request_id),
            }
        })
    }

    /// Redacts the API's own texts: some servers repeat the key that they reject.
    #[cold]
    pub(crate) fn redacted(mut self, secrets: &[String]) -> Self {
        let Inner { context, redacted_request_id, .. } = &mut *self.inner;
        *redacted_request_id =
            context.request_id().map(|id| redact::redact(id, secrets));
        if self.inner.body.is_some() && !secrets.is_empty() {
            self.details();
        }
        if let Some(details) = self.inner.details.get_mut() {
            let ErrorDetails { code, message, request_id } = details;
            for text in [code, message, request_id] {
                *text = text.take().map(|text| redact::redact(&text, secrets));
            }
        }
        self
    }
}

/// The first string or number that a pointer refers to.
fn text_at(body: &Value, pointers: &[&str]) -> Option<String> {
    pointers.iter().find_map(|pointer| match body.pointer(pointer)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

impl std::error::Error for AnyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.inner.source.as_ref()?;
        Some(&**source)
    }
}
