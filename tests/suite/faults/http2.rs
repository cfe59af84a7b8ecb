//! HTTP/2 over TLS: streams that are refused or reset, connections that are given up.

mod server;

use futures_util::future::join;
use session_sdk::{ErrorKind, clerk};

use self::server::{
    Arrived, DEBUG_DATA, ENHANCE_YOUR_CALM, Frame, Http2, INTERNAL_ERROR, NO_ERROR, REFUSED_STREAM,
};
use super::{builder, session_named, tls::trusting};

fn client_builder(server: &Http2) -> clerk::ClientBuilder {
    let mut tls = trusting(Some(&server.certificate));
    tls.alpn_protocols = vec![b"h2".to_vec()];
    builder(&*server.url).reqwest(move |builder| builder.tls_backend_preconfigured(tls.clone()))
}

fn client(server: &Http2) -> clerk::Client {
    client_builder(server).build().unwrap()
}

fn answer(stream: u32) -> [Frame; 2] {
    [Frame::Head(stream), Frame::Body(stream, session_named("a"))]
}

/// An error and its sources, by `Display` and `Debug`.
fn all_texts(error: &(dyn std::error::Error + 'static)) -> String {
    let errors = std::iter::successors(Some(error), |error| error.source());
    errors.map(|error| format!("{error} {error:?}\n")).collect()
}

/// A server that does the same to each request, however often it may come.
async fn always(
    what: &str,
    kind: ErrorKind,
    attempts: [usize; 2],
    react: impl Fn(&Arrived) -> Vec<Frame> + Send + Sync + 'static,
) {
    let server = Http2::start(react).await;
    let client = client(&server);
    let error = client.sessions().get("a").await.unwrap_err();
    assert_eq!(error.kind(), kind, "{what}: {error:?}");
    assert!(!all_texts(&error).contains(DEBUG_DATA), "{what}: {error:?}");
    let safe = server.arrived().len();
    assert_eq!(
        [safe, error.attempts() as usize],
        [attempts[0]; 2],
        "{what}"
    );
    let error = client.sessions().create("user_1").await.unwrap_err();
    assert_eq!(error.kind(), kind, "{what}: {error:?}");
    let not_safe = server.arrived().len() - safe;
    assert_eq!(
        [not_safe, error.attempts() as usize],
        [attempts[1]; 2],
        "{what}"
    );
}

#[tokio::test]
async fn what_the_server_did_not_process_is_sent_again_whatever_it_is() {
    let unprocessed = |what, react: fn(&Arrived) -> Vec<Frame>| {
        always(what, ErrorKind::Unprocessed, [3, 3], react)
    };
    unprocessed("refused", |it| {
        vec![Frame::Reset(it.stream, REFUSED_STREAM)]
    })
    .await;
    unprocessed("shut down", |_| {
        vec![Frame::GoAway(0, NO_ERROR), Frame::Close]
    })
    .await;
    unprocessed("calmed", |_| {
        vec![Frame::GoAway(0, ENHANCE_YOUR_CALM), Frame::Close]
    })
    .await;
}

#[tokio::test]
async fn what_the_server_may_have_processed_is_sent_again_only_where_that_is_safe() {
    let broken =
        |what, react: fn(&Arrived) -> Vec<Frame>| always(what, ErrorKind::Transport, [3, 1], react);
    broken("reset", |it| vec![Frame::Reset(it.stream, INTERNAL_ERROR)]).await;
    broken("closed", |_| vec![Frame::Close]).await;
    broken("shut down after it", |it| {
        vec![Frame::GoAway(it.stream, NO_ERROR), Frame::Close]
    })
    .await;
    broken("given up after it", |it| {
        vec![Frame::GoAway(it.stream, INTERNAL_ERROR), Frame::Close]
    })
    .await;
    // It has answered, so it has processed, whatever it says.
    broken("refused after its head", |it| {
        vec![
            Frame::Head(it.stream),
            Frame::Reset(it.stream, REFUSED_STREAM),
        ]
    })
    .await;
}

/// hyper takes a GOAWAY without an error for the end of a body that has begun.
#[tokio::test]
async fn a_body_that_is_cut_by_a_shutdown_is_no_reason_to_send_again() {
    let react = |it: &Arrived| {
        vec![
            Frame::Head(it.stream),
            Frame::GoAway(0, NO_ERROR),
            Frame::Close,
        ]
    };
    always("shut down after its head", ErrorKind::Decode, [1, 1], react).await;
}

#[tokio::test]
async fn a_creation_that_was_refused_is_made_once() {
    let server = Http2::start(|it| match it.before {
        0 => vec![Frame::Reset(it.stream, REFUSED_STREAM)],
        1 => vec![Frame::GoAway(0, NO_ERROR), Frame::Close],
        _ => answer(it.stream).to_vec(),
    });
    let server = server.await;
    let call = client(&server).sessions().create("user_1").with_response();
    assert_eq!(call.await.unwrap().attempts(), 3);
    let arrived = server.arrived();
    assert_eq!(arrived.len(), 3);
    assert!(
        arrived
            .iter()
            .all(|it| it.body == r#"{"user_id":"user_1"}"#),
        "{arrived:?}"
    );
    // A stream that is refused leaves its connection as it is.
    let connections: Vec<_> = arrived.iter().map(|it| it.connection).collect();
    assert_eq!(connections, [0, 0, 1]);
}

#[tokio::test]
async fn whoever_wants_no_retries_gets_none() {
    let server = Http2::start(|it| vec![Frame::Reset(it.stream, REFUSED_STREAM)]).await;
    let error = client(&server)
        .sessions()
        .get("a")
        .retries(0)
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Unprocessed, 1)
    );
    assert!(error.is_retryable());
    assert_eq!(server.arrived().len(), 1);
}

#[tokio::test]
async fn a_connection_that_is_shut_down_still_answers_and_is_not_used_again() {
    let server = Http2::start(|it| {
        let mut frames = vec![Frame::GoAway(it.stream, NO_ERROR)];
        frames.extend(answer(it.stream));
        frames
    });
    let server = server.await;
    let client = client(&server);
    for _ in 0..3 {
        let call = client.sessions().create("user_1").with_response();
        assert_eq!(call.await.unwrap().attempts(), 1);
    }
    let connections: Vec<_> = server.arrived().iter().map(|it| it.connection).collect();
    assert_eq!(connections, [0, 1, 2]);
}

/// The first of two streams is processed, the second is not: only that one is sent again.
#[tokio::test]
async fn a_shutdown_between_two_creations_repeats_the_second() {
    let server = Http2::start(|it| match (it.connection, it.stream) {
        (0, 1) => answer(1).to_vec(),
        (0, 3) => Vec::new(),
        (0, 5) => {
            let mut frames = vec![Frame::GoAway(3, NO_ERROR)];
            frames.extend(answer(3));
            frames
        }
        _ => answer(it.stream).to_vec(),
    });
    let server = server.await;
    let client = client(&server);
    client.sessions().get("first").await.unwrap();
    let create = |user: &str| client.sessions().create(user).with_response().into_future();
    let (one, two) = join(create("user_1"), create("user_2")).await;
    let mut attempts = [one.unwrap().attempts(), two.unwrap().attempts()];
    attempts.sort_unstable();
    assert_eq!(attempts, [1, 2]);
    let arrived = server.arrived();
    let bodies: Vec<_> = arrived
        .iter()
        .map(|it| (it.connection, &*it.body))
        .collect();
    assert_eq!(bodies.len(), 4, "{bodies:?}");
    assert_eq!(bodies[3], (1, bodies[2].1), "{bodies:?}");
    assert_ne!(bodies[1].1, bodies[2].1);
}

#[tokio::test]
async fn informational_answers_are_waited_through() {
    let server = Http2::start(|it| {
        let mut frames = vec![Frame::Hint(it.stream); 5];
        frames.extend(answer(it.stream));
        frames
    });
    let server = server.await;
    let call = client(&server).sessions().get("a").with_response();
    let response = call.await.unwrap();
    assert_eq!(
        (u16::from(response.status()), response.attempts()),
        (200, 1)
    );
}
