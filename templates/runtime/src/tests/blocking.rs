//! Blocking calls inside and outside of runtimes.

use std::time::{Duration, Instant};

use super::sample_api::Client;
use crate::runtime::testing::MockTransport;
use crate::runtime::{Credential, ErrorKind};

const OK: &str = r#"{"id":"x"}"#;

#[test]
fn a_blocking_call_needs_no_runtime() {
    let mock = MockTransport::new().json(200, OK).json(404, "{}").json(200, OK);
    let client = Client::mocked(&mock);
    assert_eq!(client.get("x").send().wait().unwrap().id, "x");
    assert_eq!(client.get("x").send().wait().unwrap_err().status().unwrap(), 404);
    assert_eq!(client.get("x").with_response().wait().unwrap().status(), 200);
}

#[test]
fn items_and_pages_are_blocking_iterators() {
    let page = r#"[{"id":"1"},{"id":"2"}]"#;
    let mock = MockTransport::new().json(200, page).json(200, "[]").json(200, page);
    let client = Client::mocked(&mock);
    let ids: Result<Vec<_>, _> =
        client.list().items().blocking().map(|item| item.map(|item| item.id)).collect();
    assert_eq!(ids.unwrap(), ["1", "2"]);
    let mut pages = client.list().limit(3).pages().blocking();
    assert_eq!(pages.next().unwrap().unwrap().items.len(), 2);
    assert!(pages.next().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_blocking_call_works_inside_a_multi_threaded_runtime() {
    let mock = MockTransport::new().json(200, OK).json(200, OK);
    let client = Client::mocked(&mock);
    assert_eq!(client.get("x").send().wait().unwrap().id, "x");
    let spawned = tokio::spawn(async move { client.get("x").send().wait() });
    assert_eq!(spawned.await.unwrap().unwrap().id, "x");
}

#[tokio::test]
async fn a_blocking_call_inside_a_current_thread_runtime_is_an_error() {
    let client = Client::mocked(&MockTransport::new());
    let error = client.get("x").send().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime);
    assert!(error.to_string().contains("use `.await`"), "{error}");
    let waiting = tokio::task::spawn(async move { client.get("x").send().wait() });
    let error = waiting.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime);
    let client = Client::mocked(&MockTransport::new());
    let mut items = client.list().items().blocking();
    assert_eq!(items.next().unwrap().unwrap_err().kind(), ErrorKind::Runtime);
}

#[tokio::test]
async fn a_blocking_call_works_in_spawn_blocking_of_a_current_thread_runtime() {
    let client = Client::mocked(&MockTransport::new().json(200, OK));
    let waiting = tokio::task::spawn_blocking(move || client.get("x").send().wait());
    assert_eq!(waiting.await.unwrap().unwrap().id, "x");
}

#[test]
fn a_blocking_call_in_a_local_set_depends_on_the_kind_of_runtime() {
    let client = Client::mocked(&MockTransport::new().json(200, OK).json(200, OK));
    let wait = |client: Client| async move { client.get("x").send().wait() };
    let local = || tokio::task::LocalSet::new();
    let many = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build();
    let many = many.unwrap();
    assert_eq!(local().block_on(&many, wait(client.clone())).unwrap().id, "x");
    let (set, in_task) = (local(), wait(client.clone()));
    let in_task =
        set.block_on(&many, async { tokio::task::spawn_local(in_task).await.unwrap() });
    assert_eq!(in_task.unwrap().id, "x");
    let one = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let error = local().block_on(&one, wait(client)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime);
}

/// A provider that blocks its thread.
fn blocking_provider(duration: Duration) -> Credential {
    Credential::provider(move || async move {
        std::thread::sleep(duration);
        Ok::<_, std::io::Error>("k")
    })
}

#[test]
fn a_call_that_blocks_does_not_delay_another_call() {
    let client = |credential: Credential| {
        let builder = Client::builder().secret_key(credential);
        builder.transport(MockTransport::new().json(200, OK)).build().unwrap()
    };
    let slow = client(blocking_provider(Duration::from_secs(2)));
    let fast = client(Credential::from("k"));
    std::thread::scope(|scope| {
        let slow = scope.spawn(move || slow.get("x").send().wait());
        std::thread::sleep(Duration::from_millis(100));
        let start = Instant::now();
        fast.get("x").send().wait().unwrap();
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
        assert!(!slow.is_finished());
        slow.join().unwrap().unwrap();
    });
}

#[test]
fn a_panic_is_an_error_with_the_operation() {
    let provider = || -> std::future::Ready<Result<&'static str, std::io::Error>> {
        panic!("of the test")
    };
    let builder = Client::builder().secret_key(Credential::provider(provider));
    let client = builder.transport(MockTransport::new()).build().unwrap();
    let error = client.get("x").send().wait().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Panic, "GetThing"));
    let error = client.get("x").with_response().wait().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Panic, "GetThing"));
    let mut items = client.list().items().blocking();
    let error = items.next().unwrap().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Panic, "ListThings"));
    assert!(items.next().is_none());
    // Other calls still work.
    let other = Client::mocked(&MockTransport::new().json(200, OK));
    other.get("x").send().wait().unwrap();
}
