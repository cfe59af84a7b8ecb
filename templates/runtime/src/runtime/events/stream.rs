use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::{Event, Events, Format, ServerSentItem, described};
use crate::runtime::json::{self, FromJson, Tape};
use crate::runtime::{AnyError, ByteStream};

/// The data of the last event of many servers.
const DONE: &str = "[DONE]";

/// Decoded events as they arrive: a [`Stream`] of `T`s.
///
/// The stream continues after an event that cannot be decoded, and ends after any other error.
/// The data `[DONE]` ends it.
#[must_use = "streams do nothing unless polled"]
pub struct EventStream<T> {
    events: Events,
    item: ServerSentItem,
    last: Option<Event>,
    value: PhantomData<fn() -> T>,
}

impl<T> EventStream<T> {
    pub(crate) fn new(bytes: ByteStream, format: Format) -> Self {
        let item = match format {
            Format::ServerSentEvents(item) => item,
            Format::JsonLines | Format::JsonSequence => ServerSentItem::Data,
        };
        let events = Events::new(bytes, format);
        Self { events, item, last: None, value: PhantomData }
    }

    /// The event of the last value.
    pub fn last_event(&self) -> Option<&Event> {
        self.last.as_ref()
    }

    /// Converts to the stream of undecoded events.
    pub fn into_events(self) -> Events {
        self.events
    }

    /// The operation, the status and the headers.
    pub fn context(&self) -> &crate::runtime::Context {
        self.events.context()
    }
}

impl<T: FromJson> EventStream<T> {
    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, AnyError>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<T: FromJson> Stream for EventStream<T> {
    type Item = Result<T, AnyError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        let event = match ready!(Pin::new(&mut self.events).poll_next(cx)) {
            Some(Ok(event)) => event,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        if event.data.trim() == DONE {
            self.events.end();
            return Poll::Ready(None);
        }
        let value = match self.item {
            ServerSentItem::Data => read(&event.data),
            ServerSentItem::Event => described::read(&event, false),
            ServerSentItem::EventWithJson => described::read(&event, true),
        };
        let value = value.map_err(|error| {
            let context = self.events.context().clone();
            let body = Bytes::copy_from_slice(event.data.as_bytes());
            self.events.redacted(AnyError::decode_json(context, body, &error))
        });
        self.last = Some(event);
        Poll::Ready(Some(value))
    }
}

/// Decodes an event's data as JSON, or else as a string.
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
