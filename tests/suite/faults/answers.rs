//! Bodies that are not what their headers say, or too much.

use sdk_tests::faults::{FaultServer, Step};
use session_sdk::ErrorKind;

use super::{LONG, builder, client, id_of, outcome, session, session_named};

#[tokio::test]
async fn a_body_that_is_longer_than_announced_is_cut() {
    let body = session_named("a");
    let steps = vec![Step::send(format!(
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{body}"
    ))];
    let outcome = outcome(steps, LONG).await;
    outcome.assert("a short length", ErrorKind::Decode, 1);
    assert_eq!(outcome.safe.0.bytes().unwrap().len(), 5);
}

#[tokio::test]
async fn a_body_without_a_length_ends_with_the_connection() {
    let server = FaultServer::start(|request| {
        let body = session_named(id_of(request));
        vec![
            Step::send(format!("HTTP/1.1 200 OK\r\n\r\n{body}")),
            Step::Close,
        ]
    });
    let server = server.await.unwrap();
    let client = client(&server);
    for id in ["a", "b"] {
        assert_eq!(client.sessions().get(id).await.unwrap().id, id);
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_left_unread() {
    let endless = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let mut without_end = vec![Step::send(endless)];
    without_end.extend(vec![Step::send(chunk); 200]);
    let announced = "HTTP/1.1 200 OK\r\ncontent-length: 1099511627776\r\n\r\n";
    for steps in [without_end, vec![Step::send(announced), Step::Hang]] {
        let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
        let client = builder(server.url())
            .max_body_bytes(1_000_000)
            .build()
            .unwrap();
        let error = client.sessions().get("a").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::BodyTooLarge, 1)
        );
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_body_of_the_limit_s_size_is_read() {
    let server = FaultServer::start(|request| vec![session(request)])
        .await
        .unwrap();
    let size = session_named("a").len();
    let limited = |limit| builder(server.url()).max_body_bytes(limit).build().unwrap();
    limited(size).sessions().get("a").await.unwrap();
    let error = limited(size - 1).sessions().get("a").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}
