//! A mock transport.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

use crate::runtime::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// A transport that records requests and responds from a queue. Clones share both.
///
/// ```
/// use session_sdk::runtime::testing::MockTransport;
///
/// let mock = MockTransport::new().json(200, r#"{"id":"sess_1"}"#);
/// // Use `Client::builder().transport(mock.clone())`, make calls, and check the requests:
/// assert!(mock.requests().is_empty());
/// assert_eq!(mock.remaining(), 1);
/// ```
#[derive(Debug, Clone, Default)]
pub struct MockTransport {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug, Default)]
struct Shared {
    outcomes: VecDeque<Outcome>,
    requests: Vec<RecordedRequest>,
}

#[derive(Debug)]
enum Outcome {
    Response(http::Response<Body>),
    Error(TransportErrorKind),
    NoResponse,
}

/// A recorded request. `Debug` contains its credentials: it is for assertions in tests.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl RecordedRequest {
    /// The path, percent-encoded.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query, percent-encoded; empty if there is none.
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_default()
    }
}

impl MockTransport {
    /// Creates a transport with an empty queue.
    pub fn new() -> Self {
        Self::default()
    }

    /// Queues a JSON response. An invalid status becomes 500.
    #[must_use]
    pub fn json(self, status: u16, body: impl Into<Body>) -> Self {
        self.respond(status, &[("content-type", "application/json")], body)
    }

    /// Queues a response with headers. An invalid status becomes 500, an invalid header is
    /// omitted.
    #[must_use]
    pub fn respond(
        self,
        status: u16,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Self {
        let mut response = http::Response::new(body.into());
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in headers {
            if let (Ok(name), Ok(value)) =
                (name.parse::<HeaderName>(), HeaderValue::from_str(value))
            {
                response.headers_mut().append(name, value);
            }
        }
        self.response(response)
    }

    /// Queues a response.
    #[must_use]
    pub fn response(self, response: http::Response<Body>) -> Self {
        self.queue(Outcome::Response(response))
    }

    /// Queues an error.
    #[must_use]
    pub fn error(self, kind: TransportErrorKind) -> Self {
        self.queue(Outcome::Error(kind))
    }

    /// Queues a request without a response: it waits forever.
    #[must_use]
    pub fn no_response(self) -> Self {
        self.queue(Outcome::NoResponse)
    }

    /// The recorded requests.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.lock().requests.clone()
    }

    /// The number of queued responses and errors.
    pub fn remaining(&self) -> usize {
        self.lock().outcomes.len()
    }

    fn queue(self, outcome: Outcome) -> Self {
        self.lock().outcomes.push_back(outcome);
        self
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for MockTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let outcome = self.lock().outcomes.pop_front();
            // Without a connection, the body is not read.
            if let Some(Outcome::Error(TransportErrorKind::Connect)) = outcome {
                self.record(request, Bytes::new());
                return Err(error(TransportErrorKind::Connect, "queued error"));
            }
            let (head, body) = request.into_parts();
            let body = read(body).await?;
            self.record(http::Request::from_parts(head, Body::empty()), body);
            match outcome {
                Some(Outcome::Response(response)) => Ok(response),
                Some(Outcome::Error(kind)) => Err(error(kind, "queued error")),
                Some(Outcome::NoResponse) => std::future::pending().await,
                None => Err(error(TransportErrorKind::Refused, "no response is queued")),
            }
        })
    }
}

impl MockTransport {
    fn record(&self, request: http::Request<Body>, body: Bytes) {
        let (head, _) = request.into_parts();
        let recorded = RecordedRequest {
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body,
        };
        self.lock().requests.push(recorded);
    }
}

fn error(kind: TransportErrorKind, text: &str) -> TransportError {
    TransportError::new(kind, text)
}

async fn read(mut body: Body) -> Result<Bytes, TransportError> {
    let mut all = BytesMut::new();
    while let Some(chunk) =
        std::future::poll_fn(|cx| Pin::new(&mut body).poll_next(cx)).await
    {
        let broken = |error| TransportError::new(TransportErrorKind::Broken, error);
        all.extend_from_slice(&chunk.map_err(broken)?);
    }
    Ok(all.freeze())
}
