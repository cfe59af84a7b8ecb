//! Which call it was, and what came back: what an answer and an error both carry.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{Api, Operation};

/// Which call it was, and what came back.
#[derive(Clone)]
pub struct Context {
    /// The API.
    pub api: &'static Api,
    /// The operation; none where no call was made.
    pub operation: Option<&'static Operation>,
    /// The answer's status, once there is an answer.
    pub status: Option<StatusCode>,
    /// The answer's headers.
    pub headers: HeaderMap,
    /// How often it was sent.
    pub attempts: u32,
    /// How long it took, pauses included.
    pub elapsed: Duration,
}

impl Context {
    /// Before anything was sent.
    pub fn new(api: &'static Api, operation: Option<&'static Operation>) -> Self {
        Self {
            api,
            operation,
            status: None,
            headers: HeaderMap::new(),
            attempts: 0,
            elapsed: Duration::ZERO,
        }
    }

    /// The request id in the answer's headers.
    pub fn request_id(&self) -> Option<&str> {
        let names = self.api.errors.request_id_headers;
        names.iter().find_map(|name| self.headers.get(*name)?.to_str().ok())
    }
}

/// Header values stay out: answers set cookies.
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
