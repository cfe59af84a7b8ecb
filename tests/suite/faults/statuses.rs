//! Statuses that come with what they must not, or without what they should.

use sdk_tests::faults::{FaultServer, Step, answer};
use session_sdk::ErrorKind;

use super::{LONG, client, id_of, outcome, session, session_named};

#[tokio::test]
async fn informational_answers_are_waited_through() {
    let server = FaultServer::start(|request| {
        let hints = "HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n";
        vec![
            Step::send("HTTP/1.1 100 Continue\r\n\r\n".repeat(20)),
            Step::send(hints),
            session(request),
        ]
    });
    let server = server.await.unwrap();
    let client = client(&server);
    let response = client.sessions().get("a").with_response().await.unwrap();
    assert_eq!(
        (u16::from(response.status()), response.attempts()),
        (200, 1)
    );
    assert_eq!(response.body().id, "a");
}

#[tokio::test]
async fn a_protocol_that_nobody_asked_for_is_no_success() {
    let switch = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n";
    let outcome = outcome(vec![Step::send(switch), Step::Close], LONG).await;
    for (error, came) in [&outcome.safe, &outcome.not_safe] {
        assert_eq!(
            (error.kind(), error.status().map(u16::from)),
            (ErrorKind::Status, Some(101))
        );
        assert_eq!(*came, 1);
    }
}

#[tokio::test]
async fn not_modified_is_no_redirect() {
    let steps = vec![Step::send(
        "HTTP/1.1 304 Not Modified\r\netag: \"1\"\r\n\r\n",
    )];
    outcome(steps.clone(), LONG)
        .await
        .assert("304", ErrorKind::Status, 1);
    let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
    let call = client(&server)
        .sessions()
        .get("a")
        .header("if-none-match", "\"1\"");
    let raw = call.raw().await.unwrap();
    assert_eq!((u16::from(raw.status()), raw.body().len()), (304, 0));
}

#[tokio::test]
async fn no_content_where_a_session_is_promised() {
    let steps = vec![Step::send("HTTP/1.1 204 No Content\r\n\r\n")];
    outcome(steps, LONG)
        .await
        .assert("204", ErrorKind::Decode, 1);
}

/// A body behind an answer that has none looks like the next answer. It must not become one.
#[tokio::test]
async fn a_body_that_must_not_be_there_answers_no_other_call() {
    let smuggled = {
        let body = session_named("smuggled");
        format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let heads = [
        "HTTP/1.1 204 No Content\r\n",
        "HTTP/1.1 204 No Content\r\ncontent-length: 400\r\n",
        "HTTP/1.1 304 Not Modified\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n",
    ];
    for head in heads {
        let both = format!("{head}\r\n{smuggled}");
        let server = FaultServer::start(move |request| match id_of(request) {
            "poisoned" => vec![Step::send(both.clone())],
            _ => vec![session(request)],
        });
        let server = server.await.unwrap();
        let client = client(&server);
        for round in 0..10 {
            client.sessions().get("poisoned").await.unwrap_err();
            let id = format!("own-{round}");
            let session = client.sessions().get(&id).await.unwrap();
            assert_eq!(session.id, id, "{head}");
        }
    }
}

#[tokio::test]
async fn a_status_that_is_none_of_http_s() {
    let steps = vec![answer("799 Odd", "", b"odd")];
    outcome(steps, LONG)
        .await
        .assert("799", ErrorKind::Status, 1);
}

#[tokio::test]
async fn an_error_keeps_its_status_though_its_body_breaks() {
    let steps = vec![
        Step::send("HTTP/1.1 503 Down\r\ncontent-length: 99\r\n\r\nhalf"),
        Step::Reset,
    ];
    let outcome = outcome(steps, LONG).await;
    outcome.assert("503", ErrorKind::Status, 3);
    assert_eq!(outcome.not_safe.0.status().unwrap(), 503);
}
