//! Streams that never yield another event.

use std::time::Duration;

use super::sample_api::{Client, KEY, LIST};
use crate::runtime::testing::MockTransport;
use crate::runtime::{Body, Operation, ResponseMode, decode};

static EVENTS: Operation = Operation { response: ResponseMode::Streamed, ..LIST };

#[tokio::test(start_paused = true)]
async fn a_stream_ends_without_an_event_whatever_else_the_server_sends() {
    let interval = tokio::time::interval(secs(1));
    let comments = Comments { interval, has_sent_event: false };
    let mock = MockTransport::new().respond(200, &[], Body::stream(comments, None));
    let builder = Client::builder().secret_key(KEY).event_timeout(secs(30));
    let client = builder.timeout(secs(2)).transport(mock).build().unwrap();
    let request = client.core.request(&EVENTS);
    let mut events = request.send::<_, ()>(decode::events::<i64>).await.unwrap();
    let start = tokio::time::Instant::now();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout());
    assert!(error.to_string().contains("`event_timeout`"), "{error}");
    assert!((secs(30)..secs(33)).contains(&start.elapsed()), "{:?}", start.elapsed());
    assert!(events.next().await.is_none());
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Yields one event, and then a comment every second.
struct Comments {
    interval: tokio::time::Interval,
    has_sent_event: bool,
}

impl futures_core::Stream for Comments {
    type Item = Result<bytes::Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.interval.poll_tick(cx).map(|_| {
            let is_event = !std::mem::replace(&mut self.has_sent_event, true);
            let text = if is_event { "data: 1\n\n" } else { ": ping\n\n" };
            Some(Ok(text.into()))
        })
    }
}
