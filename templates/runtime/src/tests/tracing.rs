//! The content of spans and events.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Subscriber, with_default};
use tracing::{Event, Metadata};

use super::sample_api::Client;
use crate::runtime::testing::MockTransport;

/// Records spans and events as text.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<String>>);

impl Visit for Recorder {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        assert_eq!(span.metadata().target(), env!("CARGO_CRATE_NAME"));
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        write!(self.0.lock().unwrap(), "{} ", event.metadata().level()).unwrap();
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn events_contain_the_outcome_and_no_secret() {
    let recorder = Recorder::default();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    with_default(recorder.clone(), || {
        runtime.block_on(async {
            let headers = &[("set-cookie", "planted"), ("x-request-id", "req_1")];
            let mock = MockTransport::new()
                .respond(503, headers, "planted")
                .json(200, r#"{"id":"planted"}"#)
                .respond(404, headers, r#"{"errors":[{"message":"planted"}]}"#);
            // Callsites that another test registers at the same time may be cached as disabled.
            let warm_up =
                MockTransport::new().respond(503, &[], "").respond(404, &[], "");
            let _ = Client::mocked(&warm_up).get("x").await;
            let _ = Client::mocked(&MockTransport::new().json(200, "{}")).get("x").await;
            tracing::callsite::rebuild_interest_cache();
            recorder.0.lock().unwrap().clear();

            let client = Client::mocked(&mock);
            client.get("planted").await.unwrap();
            client.get("planted").await.unwrap_err();
        });
    });
    let events = recorder.0.lock().unwrap().clone();
    assert!(events.contains("operation=\"GetThing\""), "{events}");
    assert!(events.contains("message=retrying"), "{events}");
    assert!(events.contains("message=response received"), "{events}");
    assert!(events.contains("request_id=\"req_1\""), "{events}");
    for field in [
        "otel.name=GET /things/{thing_id}",
        "otel.kind=\"client\"",
        "http.request.method=\"GET\"",
        "url.template=\"/things/{thing_id}\"",
        "server.address=\"eu.sample.test\"",
        "server.port=443",
        "http.response.status_code=404",
        "http.request.resend_count=1",
        "error.type=\"404\"",
    ] {
        assert!(events.contains(field), "{field}: {events}");
    }
    // An absent object is a result, a retry is not a failure.
    assert!(events.contains("DEBUG message=call failed"), "{events}");
    assert!(!events.contains("WARN"), "{events}");
    assert!(!events.contains("planted"), "{events}");
}
