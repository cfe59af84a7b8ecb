use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::json_lines::JsonLines;
use super::server_sent::ServerSent;
use super::{Event, MAX_EVENT, TooLong};
use crate::runtime::{ByteStream, ErrorKind, Failure};

/// How events are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `text/event-stream`.
    ServerSentEvents,
    /// One JSON value a line.
    JsonLines,
}

enum Parser {
    ServerSent(Box<ServerSent>),
    JsonLines(JsonLines),
}

/// Events as they arrive, their data unread: a [`Stream`] of [`Event`]s.
#[must_use = "a stream is read only when it is polled"]
pub struct Events {
    bytes: ByteStream,
    parser: Parser,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Arriving,
    /// No more bytes; what is here may hold more events.
    Arrived,
    Ended,
}

impl Events {
    pub(super) fn new(bytes: ByteStream, format: Format) -> Self {
        Self::with_limit(bytes, format, MAX_EVENT)
    }

    pub(super) fn with_limit(bytes: ByteStream, format: Format, limit: usize) -> Self {
        let parser = match format {
            Format::ServerSentEvents => {
                Parser::ServerSent(Box::new(ServerSent::new(limit)))
            }
            Format::JsonLines => Parser::JsonLines(JsonLines::new(limit)),
        };
        Self { bytes, parser, state: State::Arriving }
    }

    /// The next event; none at the end.
    pub async fn next(&mut self) -> Option<Result<Event, Failure>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Which call it was, and what its answer's headers say.
    pub fn context(&self) -> &crate::runtime::Context {
        self.bytes.context()
    }

    /// Leaves out what has yet to come.
    pub(super) fn end(&mut self) {
        self.state = State::Ended;
    }

    /// An event that is here whole.
    fn buffered(&mut self) -> Result<Option<Event>, TooLong> {
        match (&mut self.parser, self.state) {
            (_, State::Ended) => Ok(None),
            (Parser::ServerSent(parser), _) => parser.next(),
            (Parser::JsonLines(parser), State::Arriving) => parser.next(),
            (Parser::JsonLines(parser), State::Arrived) => {
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

    fn too_long(&self) -> Failure {
        let context = self.bytes.context().clone();
        Failure::new(ErrorKind::BodyTooLarge, context, "one event exceeds the limit")
    }
}

impl Stream for Events {
    type Item = Result<Event, Failure>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        loop {
            match self.buffered() {
                Ok(Some(event)) => return Poll::Ready(Some(Ok(event))),
                Ok(None) if self.state == State::Arriving => {}
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
                None => self.state = State::Arrived,
            }
        }
    }
}

impl std::fmt::Debug for Events {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Events").field("state", &self.state).finish_non_exhaustive()
    }
}
