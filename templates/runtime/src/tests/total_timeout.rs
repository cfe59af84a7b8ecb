//! The timeout of the whole call.

use std::time::Duration;

use super::sample_api::{Client, ClientBuilder, KEY, Thing};
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{Credential, ErrorKind, TokioTimer};

const OK: &str = r#"{"id":"x"}"#;
const PAGE: &str = r#"{"things":[{"id":"x"}],"pagination":{"next":"2"}}"#;

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A response that asks for a delay of three seconds.
fn busy(mock: MockTransport) -> MockTransport {
    mock.respond(429, &[("retry-after", "3")], r#"{"error":{"type":"busy"}}"#)
}

fn limited(mock: &MockTransport, total: Duration) -> ClientBuilder {
    let builder = Client::builder().secret_key(KEY).transport(mock.clone());
    builder.total_timeout(total).timer(TokioTimer)
}

#[tokio::test]
async fn no_delay_is_started_that_exceeds_the_total_timeout() {
    let rows = [(2, 1), (3, 1), (5, 2), (6, 2), (8, 3)];
    for (total, attempts) in rows {
        let mock = (0..3).fold(MockTransport::new(), |mock, _| busy(mock));
        let timer = InstantTimer::new();
        let client = Client::timed(&mock, &timer);
        let error =
            client.create().retries(9).total_timeout(secs(total)).await.unwrap_err();
        assert_eq!(mock.requests().len(), attempts, "{total}");
        assert_eq!(timer.sleeps().len(), attempts - 1, "{total}");
        assert_eq!((error.kind(), error.code()), (ErrorKind::Status, Some("busy")));
        assert!(error.hit_total_timeout());
        let end = format!("; total timeout {total}s");
        assert!(error.to_string().ends_with(&end), "{error}");
    }
}

#[tokio::test]
async fn other_errors_do_not_mention_the_total_timeout() {
    let mock = MockTransport::new().json(404, "{}");
    let client = Client::mocked(&mock);
    let error = client.get("x").total_timeout(secs(9)).await.unwrap_err();
    assert!(!error.hit_total_timeout());
    assert!(!error.to_string().contains("total"), "{error}");
}

#[tokio::test]
async fn raw_returns_the_last_response_at_the_total_timeout() {
    let mock = busy(MockTransport::new());
    let call = Client::mocked(&mock).get("x").total_timeout(secs(1)).raw();
    assert_eq!(call.await.unwrap().status(), 429);
}

#[tokio::test(start_paused = true)]
async fn attempts_are_limited_to_the_remaining_time() {
    let mock = MockTransport::new().no_response().no_response().no_response();
    let client = limited(&mock, secs(40)).build().unwrap();
    let start = tokio::time::Instant::now();
    let error = client.get("x").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 2));
    assert!(error.hit_total_timeout());
    let took = start.elapsed();
    assert!((secs(40)..secs(41)).contains(&took), "{took:?}");
    assert_eq!(error.elapsed(), took);
    let end = "timed out: no time remains after 2 attempts; total timeout 40s";
    assert!(error.to_string().ends_with(end), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_shorter_timeout_of_an_attempt_is_kept() {
    let mock = MockTransport::new().no_response().json(200, OK);
    let client = limited(&mock, secs(40)).build().unwrap();
    let start = tokio::time::Instant::now();
    client.get("x").timeout(secs(2)).await.unwrap();
    assert!(start.elapsed() < secs(3));
    let mock = MockTransport::new().no_response();
    let client = limited(&mock, secs(40)).timeout(secs(2)).build().unwrap();
    let error = client.create().await.unwrap_err();
    assert!(error.is_timeout() && !error.hit_total_timeout());
}

#[tokio::test(start_paused = true)]
async fn an_unsafe_operation_is_not_retried_after_the_total_timeout() {
    let mock = MockTransport::new().no_response().json(200, OK);
    let client = limited(&mock, secs(5)).build().unwrap();
    let error = client.create().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(error.hit_total_timeout());
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_total_timeout_includes_the_credential_provider() {
    let mock = MockTransport::new().json(200, OK);
    let never =
        Credential::provider(std::future::pending::<Result<&str, std::io::Error>>);
    let builder = Client::builder().secret_key(never).transport(mock.clone());
    let client = builder.total_timeout(secs(5)).timer(TokioTimer).build().unwrap();
    let start = tokio::time::Instant::now();
    let error = client.get("x").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert!(error.hit_total_timeout());
    assert!((secs(5)..secs(6)).contains(&start.elapsed()));
    assert!(mock.requests().is_empty());
}

/// A call's total timeout may be shorter or longer than the client's.
#[tokio::test(start_paused = true)]
async fn a_call_s_total_timeout_replaces_the_client_s() {
    for (own, attempts) in [(secs(1), 1), (secs(9), 3)] {
        let mock = (0..3).fold(MockTransport::new(), |mock, _| busy(mock));
        let client = limited(&mock, secs(5)).build().unwrap();
        let error = client.get("x").total_timeout(own).await.unwrap_err();
        assert_eq!(error.attempts(), attempts);
        assert_eq!(error.hit_total_timeout(), attempts == 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_total_timeout_applies_to_each_page() {
    let mock =
        busy(busy(MockTransport::new()).json(200, PAGE)).json(200, r#"{"things":[]}"#);
    let client = limited(&mock, secs(5)).build().unwrap();
    let mut items = client.search().items();
    let mut received: Vec<Thing> = Vec::new();
    while let Some(item) = items.next_item().await {
        received.push(item.unwrap());
    }
    assert_eq!((received.len(), mock.requests().len()), (1, 4));
}
