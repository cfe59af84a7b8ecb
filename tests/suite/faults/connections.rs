//! Connections that are kept, and end when it suits the server.

use std::time::Duration;

use sdk_tests::faults::{FaultServer, Step, json};
use session_sdk::ErrorKind;

use super::{client, session, session_named};

/// Waits until the server has no open connection.
pub(super) async fn all_closed(server: &FaultServer) {
    let closed = async {
        while server.open() > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let limit = tokio::time::timeout(super::LONG, closed);
    limit.await.expect("a connection stays open");
}

#[tokio::test]
async fn a_connection_is_kept_between_calls() {
    let server = FaultServer::start(|request| vec![session(request)])
        .await
        .unwrap();
    let client = client(&server);
    for _ in 0..5 {
        client.sessions().get("a").await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_that_the_server_closed_meanwhile_is_not_used() {
    let server = FaultServer::start(|_| vec![json("200 OK", &session_named("a")), Step::Close]);
    let server = server.await.unwrap();
    let client = client(&server);
    for _ in 0..5 {
        let response = client
            .sessions()
            .create("user_1")
            .with_response()
            .await
            .unwrap();
        assert_eq!(response.attempts(), 1);
        all_closed(&server).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_kept_connection_that_breaks_under_a_request() {
    // Each connection is good for one answer.
    let server = FaultServer::start(|request| {
        let first = request.head.contains("x-first");
        match first {
            true => vec![json("200 OK", &session_named("a"))],
            false => vec![Step::Reset],
        }
    });
    let server = server.await.unwrap();
    let client = client(&server);
    let first = || client.sessions().get("first").header("x-first", "1");
    first().await.unwrap();
    let error = client.sessions().create("user_1").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    first().await.unwrap();
    let error = client.sessions().get("a").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 3));
    let requests = server.requests();
    let creations = requests.iter().filter(|it| it.method() == "POST");
    assert_eq!(creations.count(), 1);
}

/// The close and the next request cross on the way, so both ends of the race occur.
#[tokio::test]
async fn a_close_that_crosses_a_request_never_sends_a_creation_twice() {
    let server = FaultServer::start(|request| {
        let pause = u64::from(request.connection as u32 % 3);
        vec![
            json("200 OK", &session_named("a")),
            Step::Pause(Duration::from_millis(pause)),
            Step::Close,
        ]
    });
    let server = server.await.unwrap();
    let client = client(&server);
    for round in 0..60 {
        let user = format!("user_{round}");
        match client.sessions().create(&user).await {
            Ok(_) => {}
            Err(error) => assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}"),
        }
        client.sessions().get("a").await.unwrap();
        let requests = server.requests();
        let same = requests
            .iter()
            .filter(|it| it.text().contains(&format!("\"{user}\"")));
        assert!(same.count() <= 1, "{user}");
        tokio::time::sleep(Duration::from_millis(round % 4)).await;
    }
}
