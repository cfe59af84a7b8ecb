//! Constructs errors, and redacts them.

use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_ENCODING;

use super::{AnyError, Inner, display};
use crate::runtime::{BoxError, Content, Context, ErrorKind, Payload, json, redact};

impl AnyError {
    /// Creates an error of a kind, with a message that adds to it.
    #[cold]
    #[doc(hidden)]
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
            causes: None,
            total: None,
        };
        Self { inner: Arc::new(inner), body: PhantomData }
    }

    /// Creates an error for a response that does not match the document. It keeps the body;
    /// `message` must not quote any of it.
    #[cold]
    #[doc(hidden)]
    pub fn decode(context: Context, body: Bytes, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Decode, context, message.into()).with_body(body)
    }

    /// Creates an error for JSON that does not match the document. It keeps the body and the
    /// JSON path.
    #[cold]
    #[doc(hidden)]
    pub fn decode_json(context: Context, body: Bytes, error: &json::Error) -> Self {
        if error.is_failure() {
            return Self::new(ErrorKind::Status, context, "").with_body(body);
        }
        let encoding =
            context.headers.get(CONTENT_ENCODING).filter(|_| error.is_syntax());
        let message = match encoding.and_then(|value| value.to_str().ok()) {
            None | Some("identity") => error.message().to_owned(),
            Some(encoding) => {
                format!("the transport did not decode the content encoding {encoding}")
            }
        };
        let mut decode_error = Self::decode(context, body, message);
        decode_error.inner_mut().json_path = error.path();
        decode_error
    }

    /// Sets the cause.
    #[must_use]
    #[doc(hidden)]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.inner_mut().source = Some(source.into().into());
        self
    }

    /// Sets the response body.
    #[must_use]
    #[doc(hidden)]
    pub fn with_body(mut self, body: Bytes) -> Self {
        self.inner_mut().body = Some(body);
        self
    }

    /// Records that the timeout of the whole call ended the call, if it did.
    #[must_use]
    pub(crate) fn with_total_timeout(mut self, total: Option<Duration>) -> Self {
        self.inner_mut().total = total;
        self
    }

    /// The response of a status error, for callers of `raw()`. Other errors stay errors.
    pub(crate) fn into_raw_response(self) -> Result<Payload, Self> {
        let is_response = matches!(self.kind(), ErrorKind::Status | ErrorKind::Redirect);
        // The error of an incomplete body has a message.
        let is_complete = is_response && self.inner.message.is_empty();
        match &self.inner.body {
            Some(body) if is_complete => {
                let content = Content::Buffered(body.clone());
                Ok(Payload::new(self.inner.context.clone(), content))
            }
            _ => Err(self),
        }
    }

    pub(crate) fn context_mut(&mut self) -> &mut Context {
        &mut self.inner_mut().context
    }

    /// Redacts and bounds all texts that may contain a text of the server: some servers repeat
    /// the key that they reject.
    #[cold]
    pub(crate) fn redacted(mut self, secrets: &[String]) -> Self {
        let inner = self.inner_mut();
        let request_id = inner.context.request_id();
        inner.redacted_request_id = request_id.map(|id| redact::redact(id, secrets));
        if inner.body.is_some() && !secrets.is_empty() {
            inner.details();
        }
        if let Some(details) = inner.details.get_mut() {
            details.redact(secrets);
        }
        let message = redact::redact(&inner.message, secrets);
        inner.message = redact::message_line(&message);
        let path = inner.json_path.take().map(|path| redact::redact(&path, secrets));
        inner.json_path = path.map(|path| redact::one_line(&path));
        let causes = inner.source.as_ref().map(|source| display::causes(&**source));
        let causes = causes.map(|text| redact::redact(&text, secrets));
        inner.causes = causes.map(|text| redact::message_line(&text));
        self
    }

    /// The content, which a new error shares with no clone.
    fn inner_mut(&mut self) -> &mut Inner {
        Arc::make_mut(&mut self.inner)
    }
}
