//! The error of an API: an [`AnyError`] with the type of the API's error body.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::DeserializeOwned;

use super::AnyError;

/// The error of a call. `B` is the type of the API's error body.
///
/// All methods that do not depend on `B` are those of [`AnyError`], to which it dereferences:
/// `status()`, `code()`, `message()`, `request_id()`, `is_timeout()` and so on.
pub struct Error<B> {
    inner: AnyError,
    body: PhantomData<fn() -> B>,
}

impl<B> Error<B> {
    /// Converts to the error without the type of its body.
    pub fn into_any_error(self) -> AnyError {
        self.inner
    }
}

impl<B: DeserializeOwned> Error<B> {
    /// Decodes the API's error body; `None` if there is no body or if it has another type (see
    /// [`bytes`](AnyError::bytes)).
    pub fn body(&self) -> Option<B> {
        self.inner.body_as()
    }
}

impl<B> From<AnyError> for Error<B> {
    fn from(inner: AnyError) -> Self {
        Self { inner, body: PhantomData }
    }
}

impl<B> Deref for Error<B> {
    type Target = AnyError;

    fn deref(&self) -> &AnyError {
        &self.inner
    }
}

impl<B> fmt::Display for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.inner, f)
    }
}

impl<B> fmt::Debug for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl<B> std::error::Error for Error<B> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner.source()
    }
}
