//! Calls that are polled so many times, and then dropped: at every point where they wait.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;
use sdk_golden::pagination::{self, types::Item};
use sdk_golden::runtime::{Body, BoxFuture, Timer, Transport, TransportError, TransportErrorKind};

/// How many things wait at the moment: each counts itself, until it is dropped.
#[derive(Clone, Default)]
struct Live(Arc<AtomicUsize>);

struct Guard(Live);

impl Live {
    fn guard(&self) -> Guard {
        self.0.fetch_add(1, Ordering::SeqCst);
        Guard(self.clone())
    }

    fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    /// Waits for one poll.
    async fn pause(&self) {
        let _guard = self.guard();
        tokio::task::yield_now().await;
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Waits wherever a transport can: before the answer and between the pieces of its body. Every
/// second request fails.
#[derive(Clone, Default)]
struct Hesitant {
    live: Live,
    sent: Arc<AtomicUsize>,
}

impl Transport for Hesitant {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let _guard = self.live.guard();
            self.live.pause().await;
            let number = self.sent.fetch_add(1, Ordering::SeqCst);
            self.live.pause().await;
            if number.is_multiple_of(2) {
                let kind = TransportErrorKind::Broken;
                return Err(TransportError::new(kind, "every second one"));
            }
            let asked = request.body().as_bytes().cloned().unwrap_or_default();
            let page = match asked.ends_with(br#""page_cursor":"2"}"#) {
                true => PAGES[1],
                false => PAGES[0],
            };
            let pieces = [&page[..9], &page[9..]].map(Bytes::from);
            let body = Hesitating {
                _guard: self.live.guard(),
                pieces: pieces.into_iter().collect(),
                waits: true,
            };
            Ok(http::Response::new(Body::stream(body, None)))
        })
    }
}

const PAGES: [&str; 2] = [
    r#"{"items":[{"id":"1"},{"id":"2"}],"pagination":{"next_page_cursor":"2"}}"#,
    r#"{"items":[{"id":"3"}],"pagination":{"next_page_cursor":null}}"#,
];

/// A body that waits before each piece.
struct Hesitating {
    _guard: Guard,
    pieces: std::collections::VecDeque<Bytes>,
    waits: bool,
}

impl Stream for Hesitating {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.waits = !self.waits;
        if !self.waits {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.pieces.pop_front().map(Ok))
    }
}

/// A clock whose pauses take one poll, and whose limits are never reached.
struct Slow(Live);

impl Timer for Slow {
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        let live = self.0.clone();
        Box::pin(async move { live.pause().await })
    }

    fn deadline(&self, _: Duration) -> BoxFuture<'static, ()> {
        let guard = self.0.guard();
        Box::pin(async move {
            let _guard = guard;
            std::future::pending().await
        })
    }
}

fn client(transport: &Hesitant) -> pagination::Client {
    pagination::Client::builder()
        .base_url("https://golden.test")
        .transport(transport.clone())
        .timer(Slow(transport.live.clone()))
        .build()
        .unwrap()
}

/// Polls up to so many times; what came of it.
fn poll<F: Future>(future: Pin<&mut F>, times: usize) -> Option<F::Output> {
    let mut future = future;
    let mut cx = Context::from_waker(Waker::noop());
    (0..times).find_map(|_| match future.as_mut().poll(&mut cx) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    })
}

/// Makes work anew, polls it once more each time, and drops it: nothing may wait afterwards. Says
/// how many polls it takes to its end.
fn drop_everywhere<F: Future>(transport: &Hesitant, work: impl Fn() -> F) -> usize {
    for times in 0..200 {
        // Each run begins with a request that fails, so that it pauses, too.
        transport.sent.store(0, Ordering::SeqCst);
        let done = poll(pin!(work()), times).is_some();
        assert_eq!(transport.live.count(), 0, "after {times} polls");
        if done {
            return times;
        }
    }
    panic!("it does not end");
}

#[test]
fn a_call_that_is_dropped_leaves_nothing_behind() {
    let transport = Hesitant::default();
    let client = client(&transport);
    let polls = drop_everywhere(&transport, || {
        client.cursor().list_by_cursor().into_future()
    });
    assert!(
        polls > 6,
        "{polls} polls wait at fewer points than there are"
    );
    assert_eq!(
        poll(pin!(client.cursor().list_by_cursor().into_future()), 100)
            .unwrap()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_stream_that_is_dropped_leaves_nothing_behind() {
    let transport = Hesitant::default();
    let client = client(&transport);
    let polls = drop_everywhere(&transport, || {
        let mut items = client.cursor().list_by_cursor().items();
        async move { while items.next_item().await.is_some() {} }
    });
    assert!(polls > 12, "{polls}");
}

#[test]
fn a_client_that_is_dropped_while_it_calls_leaves_nothing_behind() {
    let transport = Hesitant::default();
    drop_everywhere(&transport, || {
        let call = client(&transport).cursor().list_by_cursor().into_future();
        async move { call.await.map(drop) }
    });
}

/// A stream goes on where it stood, however often the wait for its next item was given up.
#[test]
fn a_wait_that_is_given_up_loses_no_item() {
    for patience in 1..8 {
        let transport = Hesitant::default();
        let mut items = client(&transport).cursor().list_by_cursor().items();
        let mut seen: Vec<Item> = Vec::new();
        for _ in 0..200 {
            match poll(pin!(items.next_item()), patience) {
                None => continue,
                Some(None) => break,
                Some(Some(item)) => seen.push(item.unwrap()),
            }
        }
        let ids: Vec<&str> = seen.iter().map(|item| &*item.id).collect();
        assert_eq!(ids, ["1", "2", "3"], "{patience}");
        assert_eq!(
            transport.sent.load(Ordering::SeqCst),
            4,
            "two pages, each sent twice"
        );
    }
}
