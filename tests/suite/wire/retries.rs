//! What is tried again, how often, and after how long. The sleep is injected: nothing waits.

use std::time::Duration;

use session_sdk::{ErrorKind, runtime::TransportErrorKind};

use crate::support::{clerk, fixture, reply, reply_with, seam};

#[tokio::test]
async fn a_safe_call_is_tried_three_times() {
    let (clerk, mock, timer) = clerk();
    for _ in 0..3 {
        reply(&mock, 503, "");
    }
    let error = clerk.sessions().get("s").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.attempts(), 3);
    assert_eq!(timer.sleeps().len(), 2);
}

#[tokio::test]
async fn seams_read_by_post_is_safe_because_of_its_get_counterpart() {
    let (seam, mock, _) = seam();
    reply(&mock, 503, "");
    reply(
        &mock,
        200,
        fixture("seam/client_session_without_expiry.json"),
    );
    seam.client_sessions().get().await.unwrap();
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn a_creation_is_not_sent_twice() {
    for status in [408, 500, 502, 503, 504] {
        let (clerk, mock, timer) = clerk();
        reply(&mock, status, "");
        let error = clerk.sessions().create("u").await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(mock.requests().len(), 1);
        assert!(timer.sleeps().is_empty());
    }
}

#[tokio::test]
async fn a_creation_that_was_turned_away_is_sent_again() {
    let (clerk, mock, _) = clerk();
    reply(&mock, 429, "");
    reply(&mock, 200, fixture("clerk/session.json"));
    clerk.sessions().create("u").await.unwrap();
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn a_creation_that_never_left_is_sent_again() {
    let (clerk, mock, _) = clerk();
    drop(mock.clone().error(TransportErrorKind::Connect));
    reply(&mock, 200, fixture("clerk/session.json"));
    clerk.sessions().create("u").await.unwrap();
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn a_broken_answer_is_asked_for_again_only_where_that_is_safe() {
    let (clerk, mock, _) = clerk();
    drop(mock.clone().error(TransportErrorKind::Broken));
    reply(&mock, 200, fixture("clerk/session.json"));
    clerk.sessions().get("s").await.unwrap();

    let (clerk, mock, _) = crate::support::clerk();
    drop(mock.clone().error(TransportErrorKind::Broken));
    let error = clerk.sessions().create("u").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn retry_after_is_honored() {
    let (clerk, mock, timer) = clerk();
    reply_with(&mock, 429, ("retry-after", "7"), "");
    reply(&mock, 200, fixture("clerk/session.json"));
    clerk.sessions().get("s").await.unwrap();
    assert!(
        timer.sleeps()[0] >= Duration::from_secs(7),
        "{:?}",
        timer.sleeps()
    );
}

#[tokio::test]
async fn a_call_can_turn_retries_off() {
    let (clerk, mock, _) = clerk();
    reply(&mock, 503, "");
    let error = clerk.sessions().get("s").retries(0).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_fault_of_the_caller_is_not_tried_again() {
    for status in [400, 401, 403, 404, 409, 422] {
        let (clerk, mock, _) = clerk();
        reply(&mock, status, "");
        clerk.sessions().get("s").await.unwrap_err();
        assert_eq!(mock.requests().len(), 1);
    }
}
