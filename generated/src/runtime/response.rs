//! A decoded response with its metadata.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{AnyError, Content, Context, Operation, Payload, json, redact};

/// A decoded response with its metadata: status, headers, number of attempts.
#[derive(Clone)]
pub struct Response<T> {
    body: T,
    bytes: Bytes,
    context: Context,
}

/// An undecoded response of any status.
pub type RawResponse = Response<Bytes>;

impl<T> Response<T> {
    /// The decoded body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the decoded body without the metadata.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        // Every response has one; 200 is the default of `StatusCode`.
        self.context.status.unwrap_or_default()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.context.headers
    }

    /// The request id, if a header contains it.
    pub fn request_id(&self) -> Option<&str> {
        self.context.request_id()
    }

    /// The number of attempts.
    pub fn attempts(&self) -> u32 {
        self.context.attempts
    }

    /// The duration of the call, delays between attempts included.
    pub fn elapsed(&self) -> Duration {
        self.context.elapsed
    }
}

impl<T> Response<T> {
    /// The undecoded body; empty for streams.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Decodes the body as JSON of a type of the caller's own: members that the document lacks,
    /// for example.
    pub fn json<J: DeserializeOwned>(&self) -> Result<J, json::Error> {
        serde_json::from_slice(&self.bytes).map_err(|error| {
            json::Error::custom(redact::decode_message(&error.to_string()))
        })
    }
}

/// Omits the body and header values: responses may contain secrets.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// Decodes a payload and keeps its metadata.
pub(super) fn decode_response<T>(
    payload: Payload,
    operation: &'static Operation,
    decode: fn(Payload, &'static Operation) -> Result<T, AnyError>,
) -> Result<Response<T>, AnyError> {
    let context = payload.context.clone();
    let bytes = match &payload.content {
        Content::Buffered(bytes) => bytes.clone(),
        Content::Streamed(_) => Bytes::new(),
    };
    Ok(Response { body: decode(payload, operation)?, bytes, context })
}

/// Keeps the undecoded bytes.
pub(crate) fn raw(
    payload: Payload,
    _: &'static Operation,
) -> Result<RawResponse, AnyError> {
    let (context, body) = payload.into_bytes()?;
    Ok(Response { bytes: body.clone(), body, context })
}
