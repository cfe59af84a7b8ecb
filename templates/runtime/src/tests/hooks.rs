//! What transports learn about requests, and how many they get at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::sample_api::{Client, KEY};
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{
    Body, BoxFuture, RequestExt, RequestInfo, Transport, TransportError,
};

/// Records what is in the extensions of requests.
struct Labels {
    inner: MockTransport,
    labels: Arc<Mutex<Vec<String>>>,
}

#[derive(Clone)]
struct Tenant(&'static str);

impl Transport for Labels {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let extensions = request.extensions();
        let tenant = extensions.get::<Tenant>().map_or("", |tenant| tenant.0);
        if let Some(info) = extensions.get::<RequestInfo>() {
            let label = format!(
                "{tenant} {} {} {} {} {}",
                info.api(),
                info.operation(),
                info.method(),
                info.path(),
                info.attempt()
            );
            self.labels.lock().unwrap_or_else(PoisonError::into_inner).push(label);
        }
        self.inner.send(request)
    }
}

#[tokio::test]
async fn a_transport_learns_operation_attempt_and_the_callers_extensions() {
    let labels = Arc::new(Mutex::new(Vec::new()));
    let inner = MockTransport::new().json(503, "{}").json(200, r#"{"id":"x"}"#);
    let transport = Labels { inner, labels: Arc::clone(&labels) };
    let builder = Client::builder().secret_key(KEY).timer(InstantTimer::new());
    let client = builder.transport(transport).build().unwrap();
    client.get("secret_id").request_extension(Tenant("acme")).await.unwrap();
    let expected = [
        "acme sample GetThing GET /things/{thing_id} 1",
        "acme sample GetThing GET /things/{thing_id} 2",
    ];
    assert_eq!(*labels.lock().unwrap(), expected);
}

#[tokio::test]
async fn the_headers_of_a_trace_are_added_to_each_attempt() {
    let mock = MockTransport::new().json(503, "{}").json(200, r#"{"id":"x"}"#);
    let spans = AtomicUsize::new(0);
    let propagate = move |headers: &mut http::HeaderMap| {
        let span = spans.fetch_add(1, Ordering::SeqCst);
        let value = format!("00-0af7651916cd43dd8448eb211c80319c-{span:016x}-01");
        headers.insert("traceparent", value.parse().unwrap());
        headers.insert("x-own", "of the hook".parse().unwrap());
    };
    let builder = Client::builder().secret_key(KEY).transport(mock.clone());
    let client =
        builder.timer(InstantTimer::new()).propagate(propagate).build().unwrap();
    client.get("x").header("x-own", "of the call").await.unwrap();
    let sent = mock.requests();
    assert_eq!(
        sent.iter().map(|it| it.header("traceparent").unwrap()).collect::<Vec<_>>(),
        [
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000001-01",
        ]
    );
    assert_eq!(sent[0].header("x-own"), Some("of the call"));
}

#[tokio::test]
async fn a_hook_cannot_add_a_header_of_the_http_client() {
    let mock = MockTransport::new();
    let add = |headers: &mut http::HeaderMap| {
        headers.insert("content-length", 5.into());
    };
    let builder = Client::builder().secret_key(KEY).transport(mock.clone());
    let client = builder.timer(InstantTimer::new()).propagate(add).build().unwrap();
    let error = client.get("x").await.unwrap_err();
    assert!(error.to_string().contains("`content-length`"), "{error}");
    assert!(mock.requests().is_empty());
}

/// Counts the requests that are sent at the same time.
#[derive(Clone, Default)]
struct Slow {
    current: Arc<AtomicUsize>,
    highest: Arc<AtomicUsize>,
}

impl Transport for Slow {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let current = self.current.fetch_add(1, Ordering::SeqCst) + 1;
            self.highest.fetch_max(current, Ordering::SeqCst);
            for _ in 0..5 {
                tokio::task::yield_now().await;
            }
            self.current.fetch_sub(1, Ordering::SeqCst);
            Ok(http::Response::new(Body::from(r#"{"id":"x"}"#)))
        })
    }
}

#[tokio::test]
async fn no_more_requests_are_sent_at_once_than_the_limit() {
    for (limit, highest) in [(Some(3), 3), (Some(0), 1), (None, 20)] {
        let transport = Slow::default();
        let builder = Client::builder().secret_key(KEY).timer(InstantTimer::new());
        let mut builder = builder.transport(transport.clone());
        if let Some(limit) = limit {
            builder = builder.max_concurrent_requests(limit);
        }
        let client = builder.build().unwrap();
        let calls: Vec<_> =
            (0..20).map(|_| tokio::spawn(client.get("x").into_future())).collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(transport.highest.load(Ordering::SeqCst), highest);
    }
}

#[tokio::test]
async fn queries_and_fields_can_be_added() {
    let mock = MockTransport::new().json(200, r#"{"id":"x","beta":7}"#);
    let call = Client::mocked(&mock).create().name("n");
    let call = call.extra_query("beta", "a b").extra_field("note", [1, 2]);
    let response = call.with_response().await.unwrap();
    let request = &mock.requests()[0];
    assert_eq!(request.query(), "beta=a%20b");
    assert_eq!(request.text(), r#"{"name":"n","note":[1,2]}"#);
    let members: serde_json::Value = response.json().unwrap();
    assert_eq!((response.body().id.as_str(), &members["beta"]), ("x", &7.into()));

    let error = Client::mocked(&mock).get("x").extra_field("note", 1).await.unwrap_err();
    assert!(error.to_string().contains("cannot take the field `note`"), "{error}");
}
