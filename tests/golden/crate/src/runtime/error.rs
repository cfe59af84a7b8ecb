//! The error that callers get: a [`Failure`] that knows the type of the API's error body.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::DeserializeOwned;

use super::Failure;

/// Why a call failed. `B` is the API's error body.
///
/// Everything that does not depend on `B` is in [`Failure`], which it dereferences to:
/// `status()`, `code()`, `message()`, `request_id()`, `is_timeout()` and so on.
pub struct Error<B> {
    failure: Failure,
    body: PhantomData<fn() -> B>,
}

impl<B> Error<B> {
    /// The error without the type of its body.
    pub fn into_failure(self) -> Failure {
        self.failure
    }
}

impl<B: DeserializeOwned> Error<B> {
    /// The API's error body; none where there is no body, or it is something else (then
    /// [`bytes`](Failure::bytes) has it).
    pub fn body(&self) -> Option<B> {
        self.failure.body_as()
    }
}

impl<B> From<Failure> for Error<B> {
    fn from(failure: Failure) -> Self {
        Self { failure, body: PhantomData }
    }
}

impl<B> Deref for Error<B> {
    type Target = Failure;

    fn deref(&self) -> &Failure {
        &self.failure
    }
}

impl<B> fmt::Display for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.failure, f)
    }
}

impl<B> fmt::Debug for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.failure, f)
    }
}

impl<B> std::error::Error for Error<B> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.failure.source()
    }
}
