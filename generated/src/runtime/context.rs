//! The metadata that responses and errors share.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{Api, Operation, Safety};

/// The operation of a call and the metadata of its response.
#[derive(Clone)]
pub struct Context {
    /// The API.
    pub api: &'static Api,
    /// The operation; `None` outside of a call.
    pub operation: Option<&'static Operation>,
    /// The response's status; `None` without a response.
    pub status: Option<StatusCode>,
    /// The response's headers.
    pub headers: HeaderMap,
    /// The number of attempts.
    pub attempts: u32,
    /// The duration of the call, delays included.
    pub elapsed: Duration,
    /// Whether sending the request twice has the effect of sending it once.
    pub(crate) is_idempotent: bool,
}

impl Context {
    /// The context before the first attempt.
    pub fn new(api: &'static Api, operation: Option<&'static Operation>) -> Self {
        Self {
            api,
            operation,
            status: None,
            headers: HeaderMap::new(),
            attempts: 0,
            elapsed: Duration::ZERO,
            is_idempotent: operation.is_some_and(|it| it.safety != Safety::Unsafe),
        }
    }

    /// The request id in the response's headers.
    pub fn request_id(&self) -> Option<&str> {
        let names = self.api.errors.request_id_headers;
        names.iter().find_map(|name| self.headers.get(*name)?.to_str().ok())
    }
}

/// Omits header values: responses may set cookies.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("api", &self.api.name)
            .field("operation", &self.operation.map(|operation| operation.id))
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}
