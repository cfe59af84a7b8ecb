//! The way out: HTTP requests in, HTTP responses out.

use std::fmt;
use std::sync::Arc;

use super::{Body, BoxError, BoxFuture};

/// Sends HTTP requests. One attempt each: the runtime sees to retries, time limits and
/// credentials.
///
/// An implementation follows no redirects and adds no credentials. It may be dropped at
/// any await.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request; done when the response's headers are here.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }
}

impl fmt::Debug for dyn Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transport")
    }
}

/// Why there is no response.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

/// Why there is no response, in one word: it decides whether the request is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection could not be made: the request never left.
    Connect,
    /// The connection could not be secured, and will not be the next time either. The last
    /// of the sources says why.
    Tls,
    /// The server said that it did not process the request, so that any may be sent again.
    Unprocessed,
    /// The transport's own time limit.
    Timeout,
    /// The connection broke, or the peer does not speak HTTP.
    Broken,
    /// The transport needs a tokio runtime, and there is none.
    NoRuntime,
    /// The request is one that this transport cannot send, whenever it tries.
    Refused,
    /// The transport follows redirects, which it should not: they did not end, or led to
    /// another origin.
    Redirect,
}

impl TransportError {
    /// An error. `source` must not show header values or the query.
    #[cold]
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self { kind, source: source.into() }
    }

    pub(crate) fn into_source(self) -> BoxError {
        self.source
    }

    /// What the last of its sources says: where it all began.
    pub(crate) fn root(&self) -> String {
        let mut root: &(dyn std::error::Error + 'static) = &*self.source;
        while let Some(source) = root.source() {
            root = source;
        }
        root.to_string()
    }

    /// Why, in one word.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "the connection could not be made",
            TransportErrorKind::Tls => "the connection could not be secured",
            TransportErrorKind::Unprocessed => "the server did not process the request",
            TransportErrorKind::Timeout => "the transport's time was up",
            TransportErrorKind::Broken => "the connection broke",
            TransportErrorKind::NoRuntime => "there is no tokio runtime",
            TransportErrorKind::Refused => "the transport cannot send this",
            TransportErrorKind::Redirect => "the transport followed redirects",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
