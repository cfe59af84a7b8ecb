use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::{Event, Events, Format};
use crate::runtime::json::{self, FromJson, Tape};
use crate::runtime::{ByteStream, Failure};

/// What many servers send as the last event's data.
const DONE: &str = "[DONE]";

/// The values of a stream of events, decoded as they arrive: a [`Stream`] of `T`s.
///
/// An event that cannot be read is an error, after which the stream goes on; after any other
/// error it ends. Data of `[DONE]` ends it.
#[must_use = "a stream is read only when it is polled"]
pub struct EventStream<T> {
    events: Events,
    last: Option<Event>,
    value: PhantomData<fn() -> T>,
}

impl<T> EventStream<T> {
    pub(crate) fn new(bytes: ByteStream, format: Format) -> Self {
        Self { events: Events::new(bytes, format), last: None, value: PhantomData }
    }

    /// The event that the last value came in: its kind, its id.
    pub fn last_event(&self) -> Option<&Event> {
        self.last.as_ref()
    }

    /// The events themselves, undecoded.
    pub fn into_events(self) -> Events {
        self.events
    }

    /// Which call it was, and what its answer's headers say.
    pub fn context(&self) -> &crate::runtime::Context {
        self.events.context()
    }
}

impl<T: FromJson> EventStream<T> {
    /// The next value; none at the end.
    pub async fn next(&mut self) -> Option<Result<T, Failure>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<T: FromJson> Stream for EventStream<T> {
    type Item = Result<T, Failure>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        let event = match ready!(Pin::new(&mut self.events).poll_next(cx)) {
            Some(Ok(event)) => event,
            Some(Err(failure)) => return Poll::Ready(Some(Err(failure))),
            None => return Poll::Ready(None),
        };
        if event.data.trim() == DONE {
            self.events.end();
            return Poll::Ready(None);
        }
        let value = read(&event.data).map_err(|error| {
            let context = self.events.context().clone();
            let body = Bytes::copy_from_slice(event.data.as_bytes());
            Failure::decode_json(context, body, &error)
        });
        self.last = Some(event);
        Poll::Ready(Some(value))
    }
}

/// Reads an event's data: JSON, or else the text itself where `T` takes text.
fn read<T: FromJson>(data: &str) -> Result<T, json::Error> {
    json::from_slice(data.as_bytes())
        .or_else(|error| T::from_json(Tape::text(data).root()).map_err(|_| error))
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}
