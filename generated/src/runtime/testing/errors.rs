//! Errors for tests of code that handles them.

use bytes::Bytes;
use http::StatusCode;

use crate::runtime::{AnyError, Api, Context, Error, ErrorKind};

static MOCK: Api = Api { name: "mock", ..Api::NONE };

impl<B> Error<B> {
    /// Creates the error of a response, for tests of code that handles errors. Code and message
    /// are read from the usual members of the body.
    pub fn mock(status: StatusCode, body: impl Into<Bytes>) -> Self {
        let mut context = Context::new(&MOCK, None);
        context.status = Some(status);
        context.attempts = 1;
        let error = AnyError::new(ErrorKind::Status, context, "").with_body(body.into());
        error.with_body_type()
    }

    /// Creates an error without a response, for tests of code that handles errors.
    pub fn mock_kind(kind: ErrorKind) -> Self {
        AnyError::new(kind, Context::new(&MOCK, None), "").with_body_type()
    }
}
