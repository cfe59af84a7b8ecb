//! Calls over real sockets that are dropped: their connections and tasks end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sdk_golden::bodies;
use sdk_tests::faults::{FaultServer, Step, answer, json};
use session_sdk::{Credential, RetryPolicy, clerk};
use tokio::time::{sleep, timeout};

use crate::support::fixture;

const SHORT: Duration = Duration::from_millis(60);
const LONG: Duration = Duration::from_secs(20);

/// Waits until something holds.
async fn until(what: &str, holds: impl Fn() -> bool) {
    let wait = async {
        while !holds() {
            sleep(Duration::from_millis(1)).await;
        }
    };
    assert!(timeout(LONG, wait).await.is_ok(), "{what}");
}

async fn all_closed(server: &FaultServer) {
    until("a connection stays open", || server.open() == 0).await;
}

fn client(server: &FaultServer) -> clerk::Client {
    let builder = clerk::Client::builder()
        .secret_key("key")
        .base_url(server.url());
    builder.timeout(LONG).build().unwrap()
}

/// How many tasks the runtime has.
fn tasks() -> usize {
    tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks()
}

#[tokio::test]
async fn a_call_that_is_dropped_hangs_up() {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"id\":";
    let waits = [
        vec![Step::Hang],
        vec![Step::send(&half[..20]), Step::Hang],
        vec![Step::send(half), Step::Hang],
        vec![Step::Trickle(half.into(), SHORT / 4), Step::Hang],
    ];
    for steps in waits {
        let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
        let idle = tasks();
        let client = client(&server);
        timeout(SHORT, client.sessions().get("a").into_future())
            .await
            .unwrap_err();
        timeout(SHORT, client.sessions().list().items().next_item())
            .await
            .unwrap_err();
        all_closed(&server).await;
        assert_eq!(server.requests().len(), 2);
        drop(client);
        until("a task is left", || tasks() <= idle).await;
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_in_its_pause_is_not_sent_again() {
    let steps = vec![answer("429 Slow down", "retry-after: 1\r\n", b"{}")];
    let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
    let client = client(&server);
    timeout(
        Duration::from_millis(300),
        client.sessions().get("a").into_future(),
    )
    .await
    .unwrap_err();
    sleep(Duration::from_millis(1_200)).await;
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_connection_that_is_being_made_ends_with_its_call() {
    let server = FaultServer::start(|_| vec![json("200 OK", "{}")])
        .await
        .unwrap();
    let idle = tasks();
    for polls in 0..40 {
        let client = client(&server);
        let mut call = Box::pin(client.sessions().get("a").into_future());
        for _ in 0..polls {
            if timeout(Duration::ZERO, call.as_mut()).await.is_ok() {
                break;
            }
        }
        drop(call);
        drop(client);
    }
    all_closed(&server).await;
    until("a task is left", || tasks() <= idle).await;
}

#[tokio::test]
async fn a_body_that_is_dropped_hangs_up() {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 999999\r\n\r\npart";
    let server = FaultServer::start(move |_| vec![Step::send(half), Step::Hang])
        .await
        .unwrap();
    let client = bodies::Client::builder()
        .base_url(server.url())
        .build()
        .unwrap();
    let mut stream = client.raw().send_bytes(&b"in"[..]).await.unwrap();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "part");
    assert_eq!(server.open(), 1);
    drop(stream);
    all_closed(&server).await;
}

#[tokio::test]
async fn events_that_are_dropped_hang_up() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: {\"n\":1}\n\n";
    let server = FaultServer::start(move |_| vec![Step::send(head), Step::Hang])
        .await
        .unwrap();
    let client = bodies::Client::builder()
        .base_url(server.url())
        .build()
        .unwrap();
    let mut events = client.events().watch().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().n, 1);
    drop(events);
    all_closed(&server).await;
}

#[tokio::test]
async fn a_client_that_is_dropped_closes_what_it_kept() {
    let session = json("200 OK", &fixture("clerk/session.json"));
    let server = FaultServer::start(move |_| vec![session.clone()])
        .await
        .unwrap();
    let idle = tasks();
    let client = client(&server);
    let clone = client.clone();
    client.sessions().get("a").await.unwrap();
    drop(client);
    clone.sessions().get("a").await.unwrap();
    assert_eq!((server.connections(), server.open()), (1, 1));
    drop(clone);
    all_closed(&server).await;
    until("a task is left", || tasks() <= idle).await;
}

#[tokio::test]
async fn a_call_outlives_its_client() {
    let session = json("200 OK", &fixture("clerk/session.json"));
    let server = FaultServer::start(move |_| vec![Step::Pause(SHORT), session.clone()]);
    let server = server.await.unwrap();
    let client = client(&server);
    let call = client.sessions().get("a").send();
    drop(client);
    call.await.unwrap();
    all_closed(&server).await;
}

#[tokio::test]
async fn an_aborted_task_ends_its_call() {
    let server = FaultServer::start(|_| vec![Step::Hang]).await.unwrap();
    let client = client(&server);
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(client.sessions().get("a").into_future()))
        .collect();
    until("not all were sent", || server.requests().len() == 20).await;
    for call in &calls {
        call.abort();
    }
    all_closed(&server).await;
    // The client is as good as new.
    let policy = RetryPolicy::never();
    let builder = clerk::Client::builder()
        .secret_key("key")
        .base_url(server.url());
    let other = builder.retry_policy(policy).timeout(SHORT).build().unwrap();
    assert!(other.sessions().get("a").await.unwrap_err().is_timeout());
}

/// Counts the waits for a token that nobody ended.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_wait_for_a_token_that_is_dropped_ends_and_does_not_spoil_the_next() {
    let session = json("200 OK", &fixture("clerk/session.json"));
    let server = FaultServer::start(move |_| vec![session.clone()])
        .await
        .unwrap();
    let (asked, waiting) = <(Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
    let counts = (asked.clone(), waiting.clone());
    let provider = Credential::provider(move || {
        let slow = counts.0.fetch_add(1, Ordering::SeqCst) < 2;
        counts.1.fetch_add(1, Ordering::SeqCst);
        let waits = Waiting(counts.1.clone());
        async move {
            if slow {
                std::future::pending::<()>().await;
            }
            drop(waits);
            Ok::<_, std::io::Error>("token")
        }
    });
    let builder = clerk::Client::builder().secret_key(provider);
    let client = builder.base_url(server.url()).build().unwrap();
    for _ in 0..2 {
        let call = client.sessions().create("user_1").into_future();
        timeout(SHORT, call).await.unwrap_err();
        assert_eq!(waiting.load(Ordering::SeqCst), 0);
    }
    assert!(
        server.requests().is_empty(),
        "nothing is sent without a token"
    );
    client.sessions().create("user_1").await.unwrap();
    assert_eq!(
        (asked.load(Ordering::SeqCst), server.requests().len()),
        (3, 1)
    );
}
