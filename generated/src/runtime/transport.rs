//! The interface to HTTP clients.

use std::fmt;
use std::sync::Arc;

use super::{Body, BoxError, BoxFuture};

/// Sends HTTP requests. Each call is one attempt: the runtime handles retries, timeouts and
/// credentials.
///
/// Implementations must not follow redirects and must not add credentials. Their futures may
/// be dropped at any await point.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request; completes when the response's headers have been received.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Whether it reads a [`RequestInfo`](super::RequestInfo) in the request's extensions. One
    /// that does not saves its creation.
    fn reads_request_info(&self) -> bool {
        true
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }

    fn reads_request_info(&self) -> bool {
        (**self).reads_request_info()
    }
}

impl fmt::Debug for dyn Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transport")
    }
}

/// The error of a [`Transport`].
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

/// The kind of a [`TransportError`]. It determines whether the request is retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// Connecting failed; nothing was sent.
    Connect,
    /// The TLS handshake failed, and would fail again. The last source has the reason.
    Tls,
    /// The server reported that it did not process the request; every request can be retried.
    Unprocessed,
    /// The transport's own timeout elapsed.
    Timeout,
    /// The connection failed, or the peer violated HTTP.
    Broken,
    /// The transport needs a tokio runtime.
    NoRuntime,
    /// The transport does not support the request.
    Refused,
    /// The transport followed redirects without end or to another origin.
    Redirect,
}

impl TransportError {
    /// Creates an error. `source` must not contain header values or the query.
    #[cold]
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self { kind, source: source.into() }
    }

    pub(crate) fn into_source(self) -> BoxError {
        self.source
    }

    /// The message of the last source.
    pub(crate) fn root_cause(&self) -> String {
        let mut root: &(dyn std::error::Error + 'static) = &*self.source;
        while let Some(source) = root.source() {
            root = source;
        }
        root.to_string()
    }

    /// The kind of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "connecting failed",
            TransportErrorKind::Tls => "the TLS handshake failed",
            TransportErrorKind::Unprocessed => "the server did not process the request",
            TransportErrorKind::Timeout => "the transport's timeout elapsed",
            TransportErrorKind::Broken => "the connection failed",
            TransportErrorKind::NoRuntime => "no tokio runtime",
            TransportErrorKind::Refused => "the transport does not support the request",
            TransportErrorKind::Redirect => "the transport followed redirects",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
