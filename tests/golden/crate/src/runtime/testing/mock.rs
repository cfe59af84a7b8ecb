//! A transport that answers from a queue.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

use crate::runtime::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// A transport that records what is sent, and answers from a queue. Clones share both.
///
/// ```
/// use sdk_golden::runtime::testing::MockTransport;
///
/// let mock = MockTransport::new().json(200, r#"{"id":"sess_1"}"#);
/// // `Client::builder().transport(mock.clone())`, then calls; then look at what was sent:
/// assert!(mock.requests().is_empty());
/// assert_eq!(mock.remaining(), 1);
/// ```
#[derive(Debug, Clone, Default)]
pub struct MockTransport {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug, Default)]
struct Shared {
    answers: VecDeque<Answer>,
    requests: Vec<RecordedRequest>,
}

#[derive(Debug)]
enum Answer {
    Response(http::Response<Body>),
    Error(TransportErrorKind),
    Nothing,
}

/// A request that was sent. Unlike everything else here it shows credentials: it is for
/// assertions.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The whole address.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl RecordedRequest {
    /// The path, encoded as it was sent.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query, encoded as it was sent; empty where there is none.
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
    /// A transport without answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Queues a JSON answer. A status that is none becomes 500.
    #[must_use]
    pub fn json(self, status: u16, body: impl Into<Body>) -> Self {
        self.answer(status, &[("content-type", "application/json")], body)
    }

    /// Queues an answer with headers. A status that is none becomes 500, a header that is
    /// none is left out.
    #[must_use]
    pub fn answer(
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

    /// Queues an answer.
    #[must_use]
    pub fn response(self, response: http::Response<Body>) -> Self {
        self.queue(Answer::Response(response))
    }

    /// Queues an error: the request gets no answer.
    #[must_use]
    pub fn error(self, kind: TransportErrorKind) -> Self {
        self.queue(Answer::Error(kind))
    }

    /// Queues an answer that never comes.
    #[must_use]
    pub fn silence(self) -> Self {
        self.queue(Answer::Nothing)
    }

    /// What was sent so far.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.lock().requests.clone()
    }

    /// How many answers are still queued.
    pub fn remaining(&self) -> usize {
        self.lock().answers.len()
    }

    fn queue(self, answer: Answer) -> Self {
        self.lock().answers.push_back(answer);
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
            let answer = self.lock().answers.pop_front();
            // A connection that could not be made: the body stays unread.
            if let Some(Answer::Error(TransportErrorKind::Connect)) = answer {
                self.record(request, Bytes::new());
                return Err(error(TransportErrorKind::Connect, "as queued"));
            }
            let (head, body) = request.into_parts();
            let body = read(body).await?;
            self.record(http::Request::from_parts(head, Body::empty()), body);
            match answer {
                Some(Answer::Response(response)) => Ok(response),
                Some(Answer::Error(kind)) => Err(error(kind, "as queued")),
                Some(Answer::Nothing) => std::future::pending().await,
                None => Err(error(TransportErrorKind::Refused, "no answer is queued")),
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
