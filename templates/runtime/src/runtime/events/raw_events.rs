use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::json_lines::JsonLines;
use super::json_sequence::JsonSequence;
use super::server_sent::ServerSent;
use super::{Event, MAX_EVENT_BYTES, TooLong};
use crate::runtime::time_limit::TimeLimit;
use crate::runtime::{AnyError, ByteStream, Core, ErrorKind};

/// How the items of a stream are delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `text/event-stream`.
    ServerSentEvents(ServerSentItem),
    /// One JSON value per line.
    JsonLines,
    /// One JSON value per record (RFC 7464).
    JsonSequence,
}

/// The part of a server-sent event that an item is decoded from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerSentItem {
    /// The data: JSON, or text where the type takes text.
    Data,
    /// An object of `event`, `data`, `id` and `retry`; the data is text.
    Event,
    /// The same object; the data is JSON where it parses as JSON.
    EventWithJson,
}

enum Parser {
    ServerSent(Box<ServerSent>),
    JsonLines(JsonLines),
    JsonSequence(JsonSequence),
}

/// Undecoded events as they arrive: a [`Stream`] of [`Event`]s.
#[must_use = "streams do nothing unless polled"]
pub struct Events {
    bytes: ByteStream,
    parser: Parser,
    state: State,
    /// The maximum time between two events. Chunks without an event do not restart it.
    limit: Option<(Core, TimeLimit)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Reading,
    /// The body has ended; the buffer may contain more events.
    Draining,
    Ended,
}

impl Events {
    pub(super) fn new(bytes: ByteStream, format: Format) -> Self {
        Self::with_limit(bytes, format, MAX_EVENT_BYTES)
    }

    pub(super) fn with_limit(bytes: ByteStream, format: Format, limit: usize) -> Self {
        let parser = match format {
            Format::ServerSentEvents(_) => {
                Parser::ServerSent(Box::new(ServerSent::new(limit)))
            }
            Format::JsonLines => Parser::JsonLines(JsonLines::new(limit)),
            Format::JsonSequence => Parser::JsonSequence(JsonSequence::new(limit)),
        };
        let limit = bytes.core().map(|core| {
            let timeout = core.event_timeout();
            (core.clone(), TimeLimit::new(Some(timeout)))
        });
        Self { bytes, parser, state: State::Reading, limit }
    }

    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Event, AnyError>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// The operation, the status and the headers.
    pub fn context(&self) -> &crate::runtime::Context {
        self.bytes.context()
    }

    /// Ends the stream.
    pub(super) fn end(&mut self) {
        self.state = State::Ended;
    }

    /// The next complete event in the buffer.
    fn buffered(&mut self) -> Result<Option<Event>, TooLong> {
        match (&mut self.parser, self.state) {
            (_, State::Ended) => Ok(None),
            (Parser::ServerSent(parser), _) => parser.next(),
            (Parser::JsonLines(parser), State::Reading) => parser.next(),
            (Parser::JsonLines(parser), State::Draining) => {
                Ok(parser.next()?.or_else(|| parser.last()))
            }
            (Parser::JsonSequence(parser), State::Reading) => parser.next(),
            (Parser::JsonSequence(parser), State::Draining) => {
                Ok(parser.next()?.or_else(|| parser.last()))
            }
        }
    }

    fn push(&mut self, chunk: &[u8]) {
        match &mut self.parser {
            Parser::ServerSent(parser) => parser.push(chunk),
            Parser::JsonLines(parser) => parser.push(chunk),
            Parser::JsonSequence(parser) => parser.push(chunk),
        }
    }

    pub(super) fn redacted(&self, error: AnyError) -> AnyError {
        self.bytes.redacted(error)
    }

    /// Polls the time limit and ends the stream when it elapses.
    fn poll_limit(&mut self, cx: &mut Context<'_>) -> Poll<AnyError> {
        let Some((core, limit)) = &mut self.limit else { return Poll::Pending };
        let elapsed = ready!(limit.poll(core.timer(), cx));
        self.end();
        let message =
            format!("{} between two events (`event_timeout`)", elapsed.message());
        let context = self.bytes.context().clone();
        Poll::Ready(AnyError::new(elapsed.kind(), context, message))
    }

    fn too_long(&self) -> AnyError {
        let context = self.bytes.context().clone();
        AnyError::new(ErrorKind::BodyTooLarge, context, "an event exceeds 16 MiB")
    }
}

impl Stream for Events {
    type Item = Result<Event, AnyError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        // The limit starts with the first wait, and with the first chunk without an event.
        let mut check_limit = self.limit.as_ref().is_some_and(|(_, it)| it.is_running());
        loop {
            match self.buffered() {
                Ok(Some(event)) => {
                    if let Some((_, limit)) = &mut self.limit {
                        limit.reset();
                    }
                    return Poll::Ready(Some(Ok(event)));
                }
                Ok(None) if self.state == State::Reading => {}
                Ok(None) => {
                    self.end();
                    return Poll::Ready(None);
                }
                Err(TooLong) => {
                    self.end();
                    return Poll::Ready(Some(Err(self.too_long())));
                }
            }
            if std::mem::replace(&mut check_limit, true) {
                if let Poll::Ready(error) = self.poll_limit(cx) {
                    return Poll::Ready(Some(Err(error)));
                }
            }
            let chunk = match Pin::new(&mut self.bytes).poll_next(cx) {
                Poll::Ready(chunk) => chunk,
                Poll::Pending => {
                    return self.poll_limit(cx).map(|error| Some(Err(error)));
                }
            };
            match chunk {
                Some(Ok(chunk)) => self.push(&chunk),
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Some(Err(error)));
                }
                None => self.state = State::Draining,
            }
        }
    }
}

impl std::fmt::Debug for Events {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Events").field("state", &self.state).finish_non_exhaustive()
    }
}
