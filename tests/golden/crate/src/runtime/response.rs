//! A success with what came around it.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::{Context, Failure, Operation, Payload, json, redact};

/// A success with what came around it: status, headers, how often it was sent.
#[derive(Clone)]
pub struct Response<T> {
    body: T,
    context: Context,
}

/// An answer as it came, whatever its status.
pub type RawResponse = Response<Bytes>;

impl<T> Response<T> {
    /// What the call returns.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// What the call returns, without the rest.
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

    /// The request's id, where a header carries it.
    pub fn request_id(&self) -> Option<&str> {
        self.context.request_id()
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.context.attempts
    }

    /// How long the call took, pauses between attempts included.
    pub fn elapsed(&self) -> Duration {
        self.context.elapsed
    }
}

impl RawResponse {
    /// Reads the body as JSON of a type of the caller's own.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, json::Error> {
        serde_json::from_slice(&self.body).map_err(|error| {
            json::Error::custom(redact::decode_message(&error.to_string()))
        })
    }
}

/// Neither the body nor header values: answers hold secrets.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// Decodes, and keeps what came around it.
pub(super) fn respond<T>(
    payload: Payload,
    operation: &'static Operation,
    decode: fn(Payload, &'static Operation) -> Result<T, Failure>,
) -> Result<Response<T>, Failure> {
    let context = payload.context.clone();
    Ok(Response { body: decode(payload, operation)?, context })
}

/// Keeps the bytes as they came.
pub(crate) fn raw(
    payload: Payload,
    _: &'static Operation,
) -> Result<RawResponse, Failure> {
    let (context, body) = payload.into_bytes()?;
    Ok(Response { body, context })
}
