//! A decoded response with its metadata.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::{AnyError, Context, Operation, Payload, json, redact};

/// A decoded response with its metadata: status, headers, number of attempts.
#[derive(Clone)]
pub struct Response<T> {
    body: T,
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
    pub fn status(&self) -> u16 {
        self.context.status.map_or(0, |status| status.as_u16())
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

impl RawResponse {
    /// Decodes the body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, json::Error> {
        serde_json::from_slice(&self.body).map_err(|error| {
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
    Ok(Response { body: decode(payload, operation)?, context })
}

/// Keeps the undecoded bytes.
pub(crate) fn raw(
    payload: Payload,
    _: &'static Operation,
) -> Result<RawResponse, AnyError> {
    let (context, body) = payload.into_bytes()?;
    Ok(Response { body, context })
}
