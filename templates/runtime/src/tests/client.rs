//! Properties of clients and calls.

use super::sample_api::Client;
use crate::runtime::testing::MockTransport;
use crate::runtime::{Pending, Request};

#[test]
fn clients_and_calls_can_be_sent_between_threads() {
    fn send<T: Send>(_: &T) {}
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let client = Client::mocked(&MockTransport::new());
    shared(&client);
    shared::<Request>(&client.get("x").request);
    let pending: Pending<_, _> = client.get("x").send();
    send(&pending);
    send(&client.list().items());
    send(&client.list().pages());
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn a_missing_transport_is_an_error_of_build() {
    let error = Client::builder().secret_key("k").build().unwrap_err();
    assert!(error.to_string().contains("`transport`"), "{error}");
}

#[tokio::test]
async fn a_client_is_usable_after_a_call_is_dropped() {
    let mock = MockTransport::new().no_response().json(200, r#"{"id":"x"}"#);
    let client = Client::mocked(&mock);
    let mut pending = Box::pin(client.get("x").send());
    let first = std::future::poll_fn(|cx| {
        std::task::Poll::Ready(
            std::future::Future::poll(pending.as_mut(), cx).is_pending(),
        )
    });
    assert!(first.await);
    drop(pending);
    client.get("x").await.unwrap();
}
