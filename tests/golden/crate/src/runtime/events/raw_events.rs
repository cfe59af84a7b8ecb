use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::json_lines::JsonLines;
use super::server_sent::ServerSent;
use super::{Event, MAX_EVENT_BYTES, TooLong};
use crate::runtime::{AnyError, ByteStream, ErrorKind};

/// The framing of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `text/event-stream`.
    ServerSentEvents,
    /// JSON lines.
    JsonLines,
}

enum Parser {
    ServerSent(Box<ServerSent>),
    JsonLines(JsonLines),
}

/// Undecoded events as they arrive: a [`Stream`] of [`Event`]s.
#[must_use = "streams do nothing unless polled"]
pub struct Events {
    bytes: ByteStream,
    parser: Parser,
    state: State,
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
            Format::ServerSentEvents => {
                Parser::ServerSent(Box::new(ServerSent::new(limit)))
            }
            Format::JsonLines => Parser::JsonLines(JsonLines::new(limit)),
        };
        Self { bytes, parser, state: State::Reading }
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
        }
    }

    fn push(&mut self, chunk: &[u8]) {
        match &mut self.parser {
            Parser::ServerSent(parser) => parser.push(chunk),
            Parser::JsonLines(parser) => parser.push(chunk),
        }
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
        loop {
            match self.buffered() {
                Ok(Some(event)) => return Poll::Ready(Some(Ok(event))),
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
            match ready!(Pin::new(&mut self.bytes).poll_next(cx)) {
                Some(Ok(chunk)) => self.push(&chunk),
                Some(Err(failure)) => {
                    self.end();
                    return Poll::Ready(Some(Err(failure)));
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
