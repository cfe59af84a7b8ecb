//! Connections that are refused, break off, or stall.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use sdk_tests::faults::{FaultServer, Step};
use session_sdk::ErrorKind;
use tokio::net::TcpListener;

use super::{LONG, builder, client, outcome};

const HALF_A_BODY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"id\":";
const HALF_A_HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-le";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

#[tokio::test]
async fn what_breaks_off_is_asked_for_again_only_where_that_is_safe() {
    let chunks = |chunks: &str| format!("{CHUNKED}{chunks}");
    let breaks = [
        ("nothing", String::new()),
        ("half a head", HALF_A_HEAD.to_owned()),
        ("half a body", HALF_A_BODY.to_owned()),
        ("half a chunk", chunks("8\r\n{\"id")),
        ("no last chunk", chunks("2\r\n{}\r\n")),
        ("half a chunk's size", chunks("8")),
    ];
    let cut = breaks.iter().flat_map(|(name, sent)| {
        [Step::Reset, Step::Close].map(|end| {
            let name = format!("{name}, {end:?}");
            (name, vec![Step::send(sent.clone()), end])
        })
    });
    all_broken(cut.collect()).await;
}

#[tokio::test]
async fn what_is_no_http_is_a_broken_connection() {
    let answer = |headers: &str, body: &str| format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{body}");
    let wrong = [
        ("another protocol", "SSH-2.0-OpenSSH_9.9\r\n\r\n".to_owned()),
        ("another version", "HTTP/7.0 200 OK\r\n\r\n".to_owned()),
        ("no status", "HTTP/1.1 OK\r\n\r\n".to_owned()),
        ("bytes", "\0\u{1}\u{2}\u{3}\r\n\r\n".to_owned()),
        (
            "two lengths",
            answer("content-length: 2\r\ncontent-length: 3", "{}"),
        ),
        ("no number", answer("content-length: two", "{}")),
        ("below zero", answer("content-length: -2", "{}")),
        ("no chunk size", format!("{CHUNKED}zz\r\n{{}}\r\n0\r\n\r\n")),
        (
            "a chunk of 2^68",
            format!("{CHUNKED}FFFFFFFFFFFFFFFFF\r\n{{}}"),
        ),
        (
            "a chunk that is longer",
            format!("{CHUNKED}1\r\n{{}}\r\n0\r\n\r\n"),
        ),
        (
            "a header line without end",
            format!("HTTP/1.1 200 OK\r\nx: {}", "a".repeat(2_000_000)),
        ),
        (
            "headers without end",
            format!("HTTP/1.1 200 OK\r\n{}", "x: a\r\n".repeat(5_000)),
        ),
    ];
    let wrong = wrong.into_iter().map(|(name, sent)| {
        // The client hangs up first, or waits for what will never come.
        (name.to_owned(), vec![Step::send(sent), Step::Close])
    });
    all_broken(wrong.collect()).await;
}

/// Each of these breaks the connection: three attempts, or one where a second may do harm.
async fn all_broken(faults: Vec<(String, Vec<Step>)>) {
    join_all(faults.into_iter().map(|(name, steps)| async move {
        let outcome = outcome(steps, LONG).await;
        outcome.assert(&name, ErrorKind::Transport, 3);
    }))
    .await;
}

#[tokio::test]
async fn what_came_before_the_break_is_kept() {
    let steps = vec![Step::send(HALF_A_BODY), Step::Close];
    let (error, _) = outcome(steps, LONG).await.not_safe;
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.bytes().unwrap(), "{\"id\":");
}

#[tokio::test]
async fn whoever_stalls_is_left_when_the_time_is_up() {
    let limit = Duration::from_millis(150);
    let drop_by_drop = |text: &str| Step::Trickle(text.to_owned().into(), limit / 5);
    let long_body = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{}",
        " ".repeat(9)
    );
    let faults = [
        ("silence", vec![Step::Hang]),
        ("half a head", vec![Step::send(HALF_A_HEAD), Step::Hang]),
        ("half a body", vec![Step::send(HALF_A_BODY), Step::Hang]),
        (
            "a chunk that never ends",
            vec![Step::send(CHUNKED), Step::Hang],
        ),
        ("slow loris", vec![drop_by_drop(HALF_A_HEAD)]),
        (
            "a trickled body",
            vec![Step::send(long_body), drop_by_drop(&" ".repeat(90))],
        ),
        (
            "1xx for ever",
            vec![drop_by_drop(&"HTTP/1.1 100 Continue\r\n\r\n".repeat(9))],
        ),
    ];
    join_all(faults.map(|(name, steps)| async move {
        let start = Instant::now();
        let outcome = outcome(steps, limit).await;
        outcome.assert(name, ErrorKind::Timeout, 3);
        // Four attempts at the limit, with room for a busy machine.
        assert!(
            start.elapsed() < limit * 4 + Duration::from_secs(10),
            "{name}"
        );
    }))
    .await;
}

#[tokio::test]
async fn a_body_that_trickles_within_the_limit_is_read() {
    let body = super::session_named("sess_1");
    let (first, rest) = body.split_at(body.len() - 20);
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{first}",
        body.len()
    );
    let steps = vec![
        Step::send(head),
        Step::Trickle(rest.to_owned().into(), Duration::from_millis(2)),
    ];
    let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
    let session = client(&server).sessions().get("sess_1").await.unwrap();
    assert_eq!(session.id, "sess_1");
}

#[tokio::test]
async fn a_connection_that_is_reset_at_once_may_have_carried_the_request() {
    let server = FaultServer::resetting().await.unwrap();
    let client = client(&server);
    let error = client.sessions().get("sess_1").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 3));
    let before = server.connections();
    let error = client.sessions().create("user_1").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    assert_eq!(server.connections() - before, 1);
}

#[tokio::test]
async fn what_never_left_is_sent_again_whatever_it_is() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for address in [&*nobody, "http://session-sdk.invalid"] {
        let client = builder(address).allow_insecure_http().build().unwrap();
        let errors = [
            client.sessions().get("sess_1").await.unwrap_err(),
            client.sessions().create("user_1").await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
            assert!(std::error::Error::source(&error).is_some(), "{error:?}");
        }
    }
}
