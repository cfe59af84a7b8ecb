//! A mock transport.

mod call;
mod expectation;

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::{HeaderName, HeaderValue, StatusCode};

use super::RecordedRequest;
use crate::runtime::{
    Body, BoxFuture, RequestInfo, Transport, TransportError, TransportErrorKind,
};
pub use call::{MockCall, MockedCall};
use expectation::Expectation;

/// A transport that records requests and responds to them. Clones share both.
///
/// Responses are those of [`on`](Self::on), for calls in any order, then those of a queue, for
/// calls in the order of the test:
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
    expectations: Vec<Expectation>,
    outcomes: VecDeque<Outcome>,
    requests: Vec<RecordedRequest>,
    /// The requests without a response.
    unexpected: Vec<String>,
}

#[derive(Debug)]
enum Outcome {
    Response(http::Response<Body>),
    Error(TransportErrorKind),
    NoResponse,
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

    /// Sets the response to a call, which is given as its request builder. It responds to
    /// requests with the same operation and path parameters that have its query parameters and
    /// fields too, in any order and number.
    ///
    /// ```ignore
    /// mock.on(clerk.sessions().get("sess_1")).respond(&session);
    /// mock.on(clerk.sessions().get("sess_2")).error(404, &errors);
    /// ```
    ///
    /// # Panics
    ///
    /// If the request cannot be built.
    pub fn on<C: MockCall>(&self, call: C) -> MockedCall<C::Output, C::ErrorBody> {
        MockedCall::new(self.clone(), call.into_request())
    }

    fn expect(&self, expectation: Expectation) {
        self.lock().expectations.push(expectation);
    }

    /// Asserts that each response was used and that each request had one.
    ///
    /// # Panics
    ///
    /// If that is not so; the message lists what is missing.
    #[track_caller]
    pub fn assert_done(&self) {
        let shared = self.lock();
        let unused = shared.expectations.iter().filter_map(Expectation::unused);
        let mut problems: Vec<String> = unused.collect();
        if !shared.outcomes.is_empty() {
            problems.push(format!(
                "{} queued responses were not used",
                shared.outcomes.len()
            ));
        }
        problems.extend(shared.unexpected.iter().cloned());
        drop(shared);
        assert!(problems.is_empty(), "MockTransport: {}", problems.join("; "));
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
            let (mut head, body) = request.into_parts();
            let info = head.extensions.remove::<RequestInfo>();
            let mut recorded = RecordedRequest {
                method: head.method,
                uri: head.uri,
                headers: head.headers,
                body: Bytes::new(),
                operation: info.map_or("", |info| info.operation()),
            };
            // Without a connection, the body is not read.
            if self.next_fails_to_connect() {
                self.lock().requests.push(recorded);
                return Err(error(TransportErrorKind::Connect, "queued error"));
            }
            recorded.body = read(body).await?;
            let outcome = self.lock().respond(&recorded, info);
            self.lock().requests.push(recorded);
            match outcome {
                Ok(Outcome::Response(response)) => Ok(response),
                Ok(Outcome::Error(kind)) => Err(error(kind, "queued error")),
                Ok(Outcome::NoResponse) => std::future::pending().await,
                Err(message) => Err(error(TransportErrorKind::Refused, &message)),
            }
        })
    }
}

impl MockTransport {
    /// Takes a connection error off the front of the queue, if no call has a response of its own.
    fn next_fails_to_connect(&self) -> bool {
        let mut shared = self.lock();
        let next = shared.outcomes.front();
        let fails = shared.expectations.is_empty()
            && matches!(next, Some(Outcome::Error(TransportErrorKind::Connect)));
        if fails {
            shared.outcomes.pop_front();
        }
        fails
    }
}

impl Shared {
    /// The outcome of a request; an error message if there is none.
    fn respond(
        &mut self,
        request: &RecordedRequest,
        info: Option<RequestInfo>,
    ) -> Result<Outcome, String> {
        for expectation in &mut self.expectations {
            if let Some(response) = expectation.respond(request, info) {
                return Ok(Outcome::Response(response));
            }
        }
        self.outcomes.pop_front().ok_or_else(|| {
            let RecordedRequest { method, uri, operation, .. } = request;
            let path = info.map_or(uri.path(), |info| info.path());
            let message =
                format!("no response is queued for {operation} ({method} {path})");
            self.unexpected.push(message.clone());
            format!("MockTransport: {message}")
        })
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
