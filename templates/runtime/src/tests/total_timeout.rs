//! The limit of all attempts together.

use std::time::Duration;

use super::sample::{Client, ClientBuilder, KEY, Thing};
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{Credential, ErrorKind, TokioTimer};

const OK: &str = r#"{"id":"x"}"#;
const PAGE: &str = r#"{"things":[{"id":"x"}],"pagination":{"next":"2"}}"#;

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Each answer asks for three seconds.
fn busy(mock: MockTransport) -> MockTransport {
    mock.answer(429, &[("retry-after", "3")], r#"{"error":{"type":"busy"}}"#)
}

fn limited(mock: &MockTransport, total: Duration) -> ClientBuilder {
    let builder = Client::builder().secret_key(KEY).transport(mock.clone());
    builder.total_timeout(total).timer(TokioTimer)
}

#[tokio::test]
async fn no_pause_is_begun_that_would_end_too_late() {
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
        let says = format!("; all attempts together may take {total}s");
        assert!(error.to_string().ends_with(&says), "{error}");
    }
}

#[tokio::test]
async fn an_error_for_another_reason_does_not_speak_of_it() {
    let mock = MockTransport::new().json(404, "{}");
    let client = Client::mocked(&mock);
    let error = client.get("x").total_timeout(secs(9)).await.unwrap_err();
    assert!(!error.hit_total_timeout());
    assert!(!error.to_string().contains("together"), "{error}");
}

#[tokio::test]
async fn the_last_answer_is_an_answer_for_those_who_judge_it_themselves() {
    let mock = busy(MockTransport::new());
    let call = Client::mocked(&mock).get("x").total_timeout(secs(1)).raw();
    assert_eq!(call.await.unwrap().status(), 429);
}

#[tokio::test(start_paused = true)]
async fn attempts_are_cut_to_what_is_left() {
    let mock = MockTransport::new().silence().silence().silence();
    let client = limited(&mock, secs(40)).build().unwrap();
    let start = tokio::time::Instant::now();
    let error = client.get("x").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 2));
    assert!(error.hit_total_timeout());
    let took = start.elapsed();
    assert!((secs(40)..secs(41)).contains(&took), "{took:?}");
    assert_eq!(error.elapsed(), took);
    let says = "no answer in time: no time is left after 2 attempts; \
                all attempts together may take 40s";
    assert!(error.to_string().ends_with(says), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_attempt_s_own_limit_stays_where_it_is_the_shorter_one() {
    let mock = MockTransport::new().silence().json(200, OK);
    let client = limited(&mock, secs(40)).build().unwrap();
    let start = tokio::time::Instant::now();
    client.get("x").timeout(secs(2)).await.unwrap();
    assert!(start.elapsed() < secs(3));
    let mock = MockTransport::new().silence();
    let client = limited(&mock, secs(40)).timeout(secs(2)).build().unwrap();
    let error = client.create().await.unwrap_err();
    assert!(error.is_timeout() && !error.hit_total_timeout());
}

#[tokio::test(start_paused = true)]
async fn what_may_do_harm_twice_is_cut_and_not_sent_again() {
    let mock = MockTransport::new().silence().json(200, OK);
    let client = limited(&mock, secs(5)).build().unwrap();
    let error = client.create().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(error.hit_total_timeout());
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_wait_for_a_credential_counts() {
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

/// A call's own limit replaces the client's, in both directions.
#[tokio::test(start_paused = true)]
async fn a_call_may_have_a_limit_of_its_own() {
    for (own, attempts) in [(secs(1), 1), (secs(9), 3)] {
        let mock = (0..3).fold(MockTransport::new(), |mock, _| busy(mock));
        let client = limited(&mock, secs(5)).build().unwrap();
        let error = client.get("x").total_timeout(own).await.unwrap_err();
        assert_eq!(error.attempts(), attempts);
        assert_eq!(error.hit_total_timeout(), attempts == 1);
    }
}

#[tokio::test(start_paused = true)]
async fn each_page_has_the_time_for_itself() {
    let mock = busy(busy(MockTransport::new()).json(200, PAGE)).json(200, "{}");
    let client = limited(&mock, secs(5)).build().unwrap();
    let mut items = client.search().items();
    let mut came: Vec<Thing> = Vec::new();
    while let Some(item) = items.next_item().await {
        came.push(item.unwrap());
    }
    assert_eq!((came.len(), mock.requests().len()), (1, 4));
}
