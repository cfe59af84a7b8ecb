//! Retries and their delays.

use std::time::{Duration, SystemTime};

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue};

use super::sample_api::{Client, KEY, UPLOAD};
use crate::runtime::RequestExt;
use crate::runtime::retry_after::retry_after;
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{
    Body, ErrorKind, RetryBudget, RetryPolicy, TransportErrorKind, decode,
};

const OK: &str = r#"{"id":"x"}"#;

/// The number of attempts of a call if every response is the same.
async fn attempts(
    is_unsafe: bool,
    queue: impl Fn(MockTransport) -> MockTransport,
) -> u32 {
    let mock = (0..5).fold(MockTransport::new(), |mock, _| queue(mock));
    let client = Client::timed(&mock, &InstantTimer::expiring());
    let error = match is_unsafe {
        true => client.create().await.unwrap_err(),
        false => client.get("x").await.unwrap_err(),
    };
    assert_eq!(error.attempts() as usize, mock.requests().len());
    error.attempts()
}

#[tokio::test]
async fn safe_operations_are_retried() {
    let status = |status: u16| move |mock: MockTransport| mock.json(status, "{}");
    for again in [408, 429, 500, 502, 503, 504, 599] {
        assert_eq!(attempts(false, status(again)).await, 3, "{again}");
    }
    for never in [400, 401, 403, 404, 409, 422, 301, 304] {
        assert_eq!(attempts(false, status(never)).await, 1, "{never}");
    }
    for kind in [
        TransportErrorKind::Connect,
        TransportErrorKind::Unprocessed,
        TransportErrorKind::Broken,
        TransportErrorKind::Timeout,
    ] {
        assert_eq!(attempts(false, |mock| mock.error(kind)).await, 3, "{kind:?}");
    }
    assert_eq!(attempts(false, MockTransport::no_response).await, 3);
    for kind in [
        TransportErrorKind::Refused,
        TransportErrorKind::Redirect,
        TransportErrorKind::Tls,
    ] {
        assert_eq!(attempts(false, |mock| mock.error(kind)).await, 1, "{kind:?}");
    }
    assert_eq!(attempts(false, |mock| mock.json(200, "no json")).await, 1);
}

#[tokio::test]
async fn unsafe_operations_are_retried_only_if_nothing_was_processed() {
    let status = |status: u16| move |mock: MockTransport| mock.json(status, "{}");
    assert_eq!(attempts(true, status(429)).await, 3);
    for never in [408, 500, 502, 503, 504] {
        assert_eq!(attempts(true, status(never)).await, 1, "{never}");
    }
    for kind in [TransportErrorKind::Connect, TransportErrorKind::Unprocessed] {
        assert_eq!(attempts(true, |mock| mock.error(kind)).await, 3, "{kind:?}");
    }
    assert_eq!(attempts(true, |mock| mock.error(TransportErrorKind::Broken)).await, 1);
    assert_eq!(attempts(true, MockTransport::no_response).await, 1);
}

#[tokio::test]
async fn a_successful_retry_counts_attempts() {
    let mock = MockTransport::new()
        .json(503, "")
        .error(TransportErrorKind::Connect)
        .json(200, OK);
    let timer = InstantTimer::new();
    let response = Client::timed(&mock, &timer).get("x").with_response().await.unwrap();
    assert_eq!((response.attempts(), response.body().id.as_str()), (3, "x"));
    assert_eq!(timer.sleeps().len(), 2);
    assert!(timer.sleeps()[0] <= Duration::from_millis(500));
    assert!(timer.sleeps()[1] <= Duration::from_secs(1));
}

#[tokio::test]
async fn retries_are_set_per_call() {
    let mock = MockTransport::new().json(503, "");
    let error = Client::mocked(&mock).get("x").retries(0).await.unwrap_err();
    assert_eq!((error.status().map(u16::from), error.attempts()), (Some(503), 1));
    assert!(error.is_retryable());
    let mock =
        (0..4).fold(MockTransport::new(), |mock, _| mock.json(503, "")).json(200, OK);
    Client::mocked(&mock).get("x").retries(4).await.unwrap();
}

#[tokio::test]
async fn retry_after_sets_the_delay() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let date = httpdate::fmt_http_date(now + Duration::from_secs(7));
    let mock = MockTransport::new()
        .respond(429, &[("retry-after", "3")], "")
        .respond(503, &[("retry-after", &date)], "")
        .json(200, OK);
    let timer = InstantTimer::new().at(now);
    Client::timed(&mock, &timer).get("x").await.unwrap();
    assert_eq!(timer.sleeps(), [Duration::from_secs(3), Duration::from_secs(7)]);
}

#[tokio::test]
async fn a_retry_after_above_the_maximum_is_an_error_at_once() {
    let mock = MockTransport::new().respond(429, &[("retry-after", "61")], "");
    let timer = InstantTimer::new();
    let error = Client::timed(&mock, &timer).get("x").await.unwrap_err();
    assert_eq!((error.status().map(u16::from), error.attempts()), (Some(429), 1));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
    assert!(timer.sleeps().is_empty());
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let read = |text: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(text).unwrap());
        retry_after(&headers, now)
    };
    assert_eq!(read("0"), Some(Duration::ZERO));
    assert_eq!(read(" 120 "), Some(Duration::from_secs(120)));
    assert_eq!(read("99999999999999999999999"), Some(Duration::from_secs(u64::MAX)));
    assert_eq!(read("Tue, 14 Nov 2023 22:13:30 GMT"), Some(Duration::from_secs(10)));
    assert_eq!(read("Tue, 14 Nov 2023 22:13:10 GMT"), Some(Duration::ZERO));
    for garbage in ["", "-1", "1.5", "soon", "+3", "1e3"] {
        assert_eq!(read(garbage), None, "{garbage}");
    }
    assert_eq!(retry_after(&HeaderMap::new(), now), None);
    // The server's clock is ten seconds behind the client's.
    let mut headers = HeaderMap::new();
    headers.insert(DATE, HeaderValue::from_static("Tue, 14 Nov 2023 22:13:10 GMT"));
    headers
        .insert(RETRY_AFTER, HeaderValue::from_static("Tue, 14 Nov 2023 22:13:15 GMT"));
    assert_eq!(retry_after(&headers, now), Some(Duration::from_secs(5)));
}

#[test]
fn delays_double_up_to_a_maximum() {
    let policy = RetryPolicy::new();
    let limits: Vec<_> =
        (1..=7).map(|attempts| policy.limit(attempts).as_millis()).collect();
    assert_eq!(limits, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    assert_eq!(policy.limit(u32::MAX), Duration::from_secs(8));
    let endless = policy.backoff(Duration::MAX, Duration::MAX);
    assert_eq!(endless.limit(40), Duration::MAX);
}

#[tokio::test]
async fn a_stream_is_retried_only_if_it_was_not_read() {
    let call = |mock: MockTransport| async move {
        let mut request = Client::mocked(&mock).core.request(&UPLOAD);
        request.bytes(Body::stream(Chunks(vec!["b", "a"]), None));
        (request.send::<(), ()>(decode::empty).await, mock.requests())
    };
    let mock = MockTransport::new().error(TransportErrorKind::Connect).json(200, "{}");
    let (result, requests) = call(mock).await;
    result.unwrap();
    assert_eq!(requests[1].text(), "ab");

    let (result, requests) =
        call(MockTransport::new().json(503, "").json(200, "{}")).await;
    assert_eq!(result.unwrap_err().status().unwrap(), 503);
    assert_eq!(requests.len(), 1);
}

#[tokio::test]
async fn a_stream_cannot_be_sent_twice() {
    let mock = MockTransport::new().json(200, "{}");
    let mut request = Client::mocked(&mock).core.request(&UPLOAD);
    request.bytes(Body::stream(Chunks(vec!["a"]), Some(1)));
    request.clone().send::<(), ()>(decode::empty).await.unwrap();
    let error = request.send::<(), ()>(decode::empty).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

/// Yields chunks, last one first.
pub(super) struct Chunks(pub(super) Vec<&'static str>);

impl futures_core::Stream for Chunks {
    type Item = Result<bytes::Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop().map(|chunk| match chunk {
            "broken" => Err(std::io::Error::other("connection reset")),
            chunk => Ok(chunk.into()),
        }))
    }
}

#[tokio::test]
async fn a_call_can_be_declared_idempotent() {
    let failing = || MockTransport::new().error(TransportErrorKind::Broken);
    let ok = r#"{"id":"x"}"#;
    let error = Client::mocked(&failing()).create().await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    let mock = failing().json(200, ok);
    Client::mocked(&mock).create().idempotent(true).await.unwrap();
    let mock = failing().json(200, ok);
    Client::mocked(&mock).create().header("Idempotency-Key", "key-1").await.unwrap();
    for request in mock.requests() {
        assert_eq!(request.header("idempotency-key"), Some("key-1"));
    }
    let error = Client::mocked(&failing()).get("x").idempotent(false).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_predicate_decides_what_is_retried() {
    let client = |mock: &MockTransport| {
        let policy = RetryPolicy::new().retry_if(|error| error.code() == Some("busy"));
        let builder = Client::builder().secret_key(KEY).retry_policy(policy);
        builder.transport(mock.clone()).timer(InstantTimer::new()).build().unwrap()
    };
    let busy = r#"{"errors":[{"code":"busy"}]}"#;
    let mock = MockTransport::new().json(423, busy).json(200, r#"{"id":"x"}"#);
    client(&mock).create().await.unwrap();
    let mock = MockTransport::new().json(503, "{}");
    assert_eq!(client(&mock).get("x").await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_budget_limits_the_retries_of_all_calls() {
    let down = || (0..60).fold(MockTransport::new(), |mock, _| mock.json(503, "{}"));
    let mock = down();
    let policy = RetryPolicy::new().budget(RetryBudget::new(3, 20));
    let builder = Client::builder().secret_key(KEY).retry_policy(policy);
    let builder = builder.transport(mock.clone()).timer(InstantTimer::new());
    let client = builder.build().unwrap();
    for _ in 0..20 {
        client.get("x").await.unwrap_err();
    }
    // Three at once, and one for every five calls; the first call found the budget full.
    assert_eq!(mock.requests().len(), 20 + 3 + 3);
}
