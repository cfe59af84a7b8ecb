//! A call that may take so long with all its attempts.

use std::time::{Duration, Instant};

use sdk_golden::bodies;
use sdk_tests::faults::{FaultServer, Step, answer};
use session_sdk::{ErrorKind, clerk};

use super::{LONG, builder};

const TOTAL: Duration = Duration::from_millis(400);

/// A client whose calls may take this long, on a server that does the same to each request.
async fn limited(steps: Vec<Step>) -> (FaultServer, clerk::ClientBuilder) {
    let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
    let builder = builder(server.url()).total_timeout(TOTAL);
    (server, builder)
}

/// It failed for want of time, and in time.
fn assert_cut(error: &clerk::Error, start: Instant) {
    assert!(error.hit_total_timeout(), "{error:?}");
    assert!(
        error.to_string().ends_with("total timeout 400ms"),
        "{error}"
    );
    let took = start.elapsed();
    assert!((TOTAL..LONG / 2).contains(&took), "{took:?}");
}

#[tokio::test]
async fn an_answer_that_stops_half_way_ends_with_the_call_s_time() {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"id\":";
    let faults = [
        vec![Step::Hang],
        vec![Step::send(half), Step::Hang],
        vec![Step::Trickle(half.into(), TOTAL / 20), Step::Hang],
    ];
    for steps in faults {
        let (server, builder) = limited(steps).await;
        let client = builder.build().unwrap();
        let start = Instant::now();
        let error = client.sessions().get("a").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
        assert_cut(&error, start);
        let start = Instant::now();
        let error = client.sessions().create("user_1").await.unwrap_err();
        assert_cut(&error, start);
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn attempts_share_the_time() {
    let (server, builder) = limited(vec![Step::Hang]).await;
    let client = builder.timeout(TOTAL / 4).retries(99).build().unwrap();
    let start = Instant::now();
    let error = client.sessions().get("a").await.unwrap_err();
    assert_cut(&error, start);
    let came = server.requests().len();
    assert!((2..=4).contains(&came), "{came}");
    assert_eq!(error.attempts() as usize, came);
}

#[tokio::test]
async fn a_server_that_asks_for_more_time_than_there_is_gets_none() {
    let (server, builder) = limited(vec![answer("503 Busy", "retry-after: 1\r\n", b"{}")]).await;
    let client = builder.build().unwrap();
    let start = Instant::now();
    let error = client.sessions().get("a").await.unwrap_err();
    assert_eq!(
        (error.status().map(u16::from), error.attempts()),
        (Some(503), 1)
    );
    assert!(error.hit_total_timeout() && start.elapsed() < Duration::from_secs(1));
    let call = client.sessions().get("a").total_timeout(LONG).retries(1);
    assert_eq!(call.await.unwrap_err().attempts(), 2);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_call_that_is_waited_for_has_the_same_limit() {
    let (_server, builder) = limited(vec![Step::Hang]).await;
    let client = builder.build().unwrap();
    let start = Instant::now();
    let error = client.sessions().get("a").send().wait().unwrap_err();
    assert_cut(&error, start);
}

#[tokio::test]
async fn a_stream_that_has_begun_may_take_longer() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    let event = "data: {\"n\":1}\n\n";
    let later = || [Step::Pause(TOTAL), Step::send(event)];
    let mut steps = vec![Step::send(head)];
    steps.extend(later().into_iter().chain(later()));
    steps.push(Step::Close);
    let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
    let client = bodies::Client::builder().base_url(server.url());
    let client = client.total_timeout(TOTAL).build().unwrap();
    let mut events = client.events().watch().await.unwrap();
    let mut came = 0;
    while let Some(event) = events.next().await {
        came += event.unwrap().n;
    }
    assert_eq!(came, 2);
}
