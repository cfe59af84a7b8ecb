//! Waiting for the end of what an operation started.

use std::time::Duration;

use sdk_golden::{
    ErrorKind,
    testing::{InstantTimer, MockTransport},
    waiting::{Client, types::ActionAttempt},
};
use serde_json::{Value, from_str, json};

fn client(mock: &MockTransport, timer: &InstantTimer) -> Client {
    Client::builder()
        .base_url("https://golden.test")
        .transport(mock.clone())
        .timer(timer.clone())
        .build()
        .unwrap()
}

fn attempt(status: &str) -> String {
    let mut attempt = json!({
        "action_attempt_id": "attempt_1", "action_type": "UNLOCK_DOOR", "status": status,
    });
    match status {
        "success" => attempt["result"] = json!({ "was_confirmed_by_device": true }),
        "error" => attempt["error"] = json!({ "type": "offline", "message": "no connection" }),
        _ => {}
    }
    json!({ "action_attempt": attempt, "ok": true }).to_string()
}

#[tokio::test]
async fn a_result_is_polled_until_it_is_done() {
    let mock = MockTransport::new()
        .json(200, attempt("pending"))
        .respond(200, &[("retry-after", "3")], attempt("pending"))
        .json(200, attempt("success"));
    let timer = InstantTimer::new();
    let unlock = client(&mock, &timer).locks().unlock_door("device_1");
    let done = unlock.wait_done().await.unwrap();

    let ActionAttempt::UnlockDoorSuccess(done) = &done else {
        panic!("{done:?}");
    };
    assert_eq!(done.result.was_confirmed_by_device, Some(true));
    let sent: Vec<(String, Value)> = mock
        .requests()
        .iter()
        .map(|it| (it.uri.path().to_owned(), from_str(it.text()).unwrap()))
        .collect();
    let poll = || {
        (
            "/action_attempts/get".to_owned(),
            json!({ "action_attempt_id": "attempt_1" }),
        )
    };
    let first = (
        "/locks/unlock_door".to_owned(),
        json!({ "device_id": "device_1" }),
    );
    assert_eq!(sent, [first, poll(), poll()]);
    assert_eq!(
        timer.sleeps(),
        [Duration::from_secs(1), Duration::from_secs(3)]
    );
}

#[tokio::test]
async fn polls_are_retried_although_the_operation_is_not() {
    let mock = MockTransport::new()
        .json(200, attempt("pending"))
        .json(503, "{}")
        .json(200, attempt("success"));
    let unlock = client(&mock, &InstantTimer::new())
        .locks()
        .unlock_door("device_1");
    unlock.wait_done().await.unwrap();

    let mock = MockTransport::new().json(503, "{}");
    let unlock = client(&mock, &InstantTimer::new())
        .locks()
        .unlock_door("device_1");
    let error = unlock.wait_done().await.unwrap_err();
    assert_eq!(error.status().map(|it| it.as_u16()), Some(503));
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn a_failed_result_is_an_error_with_the_result() {
    let mock = MockTransport::new()
        .json(200, attempt("pending"))
        .json(200, attempt("error"));
    let unlock = client(&mock, &InstantTimer::new())
        .locks()
        .unlock_door("device_1");
    let error = unlock.wait_done().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Failed);
    let body: Value = error.body_as().unwrap();
    assert_eq!(body["action_attempt"]["error"]["type"], "offline");
}

#[tokio::test]
async fn the_deadline_ends_waiting() {
    let mut mock = MockTransport::new();
    for _ in 0..10 {
        mock = mock.json(200, attempt("pending"));
    }
    let unlock = client(&mock, &InstantTimer::new())
        .locks()
        .unlock_door("device_1");
    let error = unlock
        .wait_done()
        .interval(Duration::from_secs(2))
        .deadline(Duration::from_secs(5))
        .await
        .unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(mock.requests().len(), 3, "polls after 2 and 4 seconds");
}
