//! What spans and events say.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Subscriber, with_default};
use tracing::{Event, Metadata};

use super::sample::Client;
use crate::runtime::testing::MockTransport;

/// Writes down all that it is told.
#[derive(Clone, Default)]
struct Scribe(Arc<Mutex<String>>);

impl Visit for Scribe {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Scribe {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn what_happened_and_no_secret() {
    let scribe = Scribe::default();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    with_default(scribe.clone(), || {
        runtime.block_on(async {
            let headers = &[("set-cookie", "planted"), ("x-request-id", "req_1")];
            let mock = MockTransport::new()
                .answer(503, headers, "planted")
                .json(200, r#"{"id":"planted"}"#)
                .answer(404, headers, r#"{"errors":[{"message":"planted"}]}"#);
            // Places that another test reaches just now for the first time may have missed that
            // somebody listens here.
            let unheard = MockTransport::new().answer(503, &[], "").answer(404, &[], "");
            let _ = Client::mocked(&unheard).get("unheard").await;
            let _ = Client::mocked(&MockTransport::new().json(200, "{}")).get("x").await;
            tracing::callsite::rebuild_interest_cache();
            scribe.0.lock().unwrap().clear();

            let client = Client::mocked(&mock);
            client.get("planted").await.unwrap();
            client.get("planted").await.unwrap_err();
        });
    });
    let told = scribe.0.lock().unwrap().clone();
    assert!(told.contains("operation=\"GetThing\""), "{told}");
    assert!(told.contains("message=sending again"), "{told}");
    assert!(told.contains("message=answered"), "{told}");
    assert!(told.contains("request_id=\"req_1\""), "{told}");
    assert!(!told.contains("planted"), "{told}");
}
