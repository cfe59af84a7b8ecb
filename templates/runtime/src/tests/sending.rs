//! Timeouts, size limits, redirects, broken responses, streams.

use std::time::Duration;

use super::retries::Chunks;
use super::sample_api::{Client, GET, KEY};
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{Body, ErrorKind, Operation, ResponseMode, decode};

const OK: &str = r#"{"id":"x"}"#;

#[tokio::test]
async fn the_timeout_applies_to_the_response_head() {
    let mock = MockTransport::new().no_response().no_response();
    let timer = InstantTimer::expiring();
    let client = Client::timed(&mock, &timer);
    let call = client.get("x").retries(1).timeout(Duration::from_secs(2));
    let error = call.await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.status(), None);
    assert_eq!(timer.deadlines(), [Duration::from_secs(2); 2]);
    assert_eq!(timer.sleeps().len(), 1);
}

#[tokio::test]
async fn the_timeout_applies_to_the_body_and_received_bytes_are_kept() {
    let stuck = || Body::stream(Stuck(Some("{\"id\":")), None);
    let mock = MockTransport::new().json(200, stuck());
    let client = Client::timed(&mock, &InstantTimer::expiring());
    let error = client.get("x").retries(0).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().map(u16::from)),
        (ErrorKind::Timeout, Some(200))
    );
    assert_eq!(&error.bytes().unwrap()[..], b"{\"id\":");
}

#[tokio::test]
async fn the_default_timeout_is_thirty_seconds() {
    let mock = MockTransport::new().no_response().json(200, OK);
    let timer = InstantTimer::expiring();
    Client::timed(&mock, &timer).get("x").await.unwrap();
    assert_eq!(timer.deadlines(), [Duration::from_secs(30)]);
}

#[tokio::test]
async fn a_body_over_the_limit_is_not_read() {
    let call = |headers: &'static [(&str, &str)], body: Body| async move {
        let mock = MockTransport::new().respond(200, headers, body);
        let builder =
            Client::builder().secret_key(KEY).max_body_bytes(10).transport(mock);
        builder.timer(InstantTimer::new()).build().unwrap().get("x").await
    };
    call(&[], OK.into()).await.unwrap();
    let error = call(&[], r#"{"id":"xy"}"#.into()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::BodyTooLarge, 1));
    assert!(error.to_string().contains("10 bytes"), "{error}");
    let chunks =
        Body::stream(Chunks(vec!["}", "\"x\"", "\"id\":", "       ", "{"]), None);
    assert_eq!(call(&[], chunks).await.unwrap_err().kind(), ErrorKind::BodyTooLarge);
    let announced = call(&[("content-length", "11")], Body::empty()).await.unwrap_err();
    assert_eq!(announced.kind(), ErrorKind::BodyTooLarge);
}

#[tokio::test]
async fn chunks_are_concatenated() {
    let body = Body::stream(Chunks(vec!["}", "\"x\"", "\"id\":", "{"]), None);
    let mock = MockTransport::new().json(200, body);
    assert_eq!(Client::mocked(&mock).get("x").await.unwrap().id, "x");
}

#[tokio::test]
async fn a_broken_response_is_retried() {
    let broken = Body::stream(Chunks(vec!["broken", "{"]), None);
    let mock = MockTransport::new().json(200, broken).json(200, OK);
    Client::mocked(&mock).get("x").await.unwrap();
    let broken = Body::stream(Chunks(vec!["broken", "{"]), None);
    let mock = MockTransport::new().json(200, broken);
    let error = Client::mocked(&mock).create().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    assert_eq!(&error.bytes().unwrap()[..], b"{");
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "connection reset");
}

#[tokio::test]
async fn an_error_status_with_a_broken_body_is_a_status_error() {
    let broken = Body::stream(Chunks(vec!["broken", "{"]), None);
    let mock = MockTransport::new().json(404, broken);
    let error = Client::mocked(&mock).get("x").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().map(u16::from)),
        (ErrorKind::Status, Some(404))
    );
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let mock =
        MockTransport::new().respond(302, &[("location", "https://evil.test")], "");
    let error = Client::mocked(&mock).get("x").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().map(u16::from)),
        (ErrorKind::Redirect, Some(302))
    );
    assert_eq!(error.headers()["location"], "https://evil.test");
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn metadata_and_raw_bytes_are_returned() {
    let headers = &[("x-request-id", "req_1")];
    let mock =
        MockTransport::new().respond(201, headers, OK).respond(200, headers, "<html>");
    let client = Client::mocked(&mock);
    let response = client.get("x").with_response().await.unwrap();
    assert_eq!(
        (u16::from(response.status()), response.request_id()),
        (201, Some("req_1"))
    );
    assert_eq!(response.into_body().id, "x");
    let raw = client.get("x").raw().await.unwrap();
    assert_eq!(&raw.body()[..], b"<html>");
}

#[tokio::test]
async fn the_error_of_an_encoded_body_names_the_encoding() {
    let headers = &[("content-encoding", "gzip")];
    let mock = MockTransport::new().respond(200, headers, &b"\x1f\x8b\x08"[..]);
    let error = Client::mocked(&mock).get("x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("content encoding gzip"), "{error}");
}

static DOWNLOAD: Operation = Operation { response: ResponseMode::Streamed, ..GET };

#[tokio::test]
async fn a_stream_yields_chunks_and_has_no_size_limit() {
    let body = Body::stream(Chunks(vec!["c", "b", "a"]), None);
    let mock = MockTransport::new().respond(200, &[], body);
    let builder = Client::builder().secret_key(KEY).max_body_bytes(1).transport(mock);
    let client = builder.timer(InstantTimer::new()).build().unwrap();
    let mut request = client.core.request(&DOWNLOAD);
    request.path("thing_id", "x");
    let mut stream = request.send::<_, ()>(decode::bytes).await.unwrap();
    assert_eq!(&stream.chunk().await.unwrap().unwrap()[..], b"a");
    assert_eq!(&stream.into_bytes().await.unwrap()[..], b"bc");
}

#[tokio::test]
async fn the_timeout_applies_to_each_wait_of_a_stream() {
    let mock =
        MockTransport::new().respond(200, &[], Body::stream(Stuck(Some("a")), None));
    let timer = InstantTimer::expiring();
    let mut request = Client::timed(&mock, &timer).core.request(&DOWNLOAD);
    request.path("thing_id", "x");
    let mut stream = request.send::<_, ()>(decode::bytes).await.unwrap();
    stream.chunk().await.unwrap().unwrap();
    assert!(stream.chunk().await.unwrap().unwrap_err().is_timeout());
    assert!(stream.chunk().await.is_none());
}

/// Yields one chunk and never ends.
struct Stuck(Option<&'static str>);

impl futures_core::Stream for Stuck {
    type Item = Result<bytes::Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        match self.0.take() {
            Some(chunk) => std::task::Poll::Ready(Some(Ok(chunk.into()))),
            None => std::task::Poll::Pending,
        }
    }
}
