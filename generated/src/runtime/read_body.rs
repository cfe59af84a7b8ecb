//! Reads response bodies: buffered within limits, or streamed.

use std::pin::Pin;
use std::task::{self, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::CONTENT_LENGTH;

use super::send::Permit;
use super::time_limit::{Elapsed, TimeLimit};
use super::{
    AnyError, Body, BoxError, ByteStream, Context, Core, ErrorKind, Request,
    TransportError,
};

/// The error of an incomplete body, with the bytes received so far.
pub(crate) enum ReadError {
    /// The body exceeds this limit.
    TooLarge(usize),
    /// A timeout elapsed.
    Timeout(Bytes, Elapsed),
    /// The body's stream failed.
    Broken(Bytes, StreamError),
}

/// The error of a body's stream.
pub(crate) struct StreamError {
    kind: ErrorKind,
    error: BoxError,
}

impl From<BoxError> for StreamError {
    /// Keeps the kind that the transport determined, if any.
    fn from(error: BoxError) -> Self {
        match error.downcast::<TransportError>() {
            Ok(error) => Self { kind: error.kind().into(), error: error.into_source() },
            Err(error) => Self { kind: ErrorKind::Transport, error },
        }
    }
}

impl ReadError {
    pub(crate) fn message(&self) -> String {
        match self {
            Self::TooLarge(limit) => {
                format!("the body is larger than {limit} bytes (`max_body_bytes`)")
            }
            Self::Timeout(received, elapsed) => {
                let length = received.len();
                format!("{} after {length} bytes of the body", elapsed.message())
            }
            Self::Broken(received, _) => {
                format!(
                    "the connection broke after {} bytes of the body",
                    received.len()
                )
            }
        }
    }

    #[cold]
    pub(crate) fn into_any_error(self, context: Context) -> AnyError {
        let kind = match &self {
            Self::TooLarge(_) => ErrorKind::BodyTooLarge,
            Self::Timeout(_, elapsed) => elapsed.kind(),
            Self::Broken(_, error) => error.kind,
        };
        let error = AnyError::new(kind, context, self.message());
        self.add_to(error)
    }

    /// Adds the received bytes and the cause to an error.
    pub(crate) fn add_to(self, error: AnyError) -> AnyError {
        match self {
            Self::TooLarge(_) => error,
            Self::Timeout(received, elapsed) => {
                error.with_body(received).with_total_timeout(elapsed.total())
            }
            Self::Broken(received, cause) => {
                error.with_body(received).with_source(cause.error)
            }
        }
    }
}

/// Buffers a body. A body of one chunk, the common case, is not copied.
pub(crate) struct BufferedBody {
    body: Body,
    first: Bytes,
    buffer: BytesMut,
    limit: usize,
}

impl BufferedBody {
    pub(crate) fn new(core: &Core, body: Body) -> Self {
        let limit = core.max_body_bytes();
        Self { body, first: Bytes::new(), buffer: BytesMut::new(), limit }
    }

    /// Reads the body to its end, within the size limit and the attempt's timeout. A
    /// `Content-Length` above the size limit is an error at once.
    pub(crate) async fn read_to_end(
        &mut self,
        core: &Core,
        context: &Context,
        limit: &mut TimeLimit,
    ) -> Result<Bytes, ReadError> {
        if content_length(context).is_some_and(|length| length > self.limit as u64) {
            return Err(ReadError::TooLarge(self.limit));
        }
        let reading = std::future::poll_fn(|cx| self.poll(cx));
        let result = limit.run(core.timer(), reading).await;
        // The received bytes are kept when the timeout elapses.
        match result {
            Ok(Ok(())) => Ok(self.take_received()),
            Ok(Err(PollError::TooLarge)) => Err(ReadError::TooLarge(self.limit)),
            Ok(Err(PollError::Broken(error))) => {
                Err(ReadError::Broken(self.take_received(), error.into()))
            }
            Err(elapsed) => Err(ReadError::Timeout(self.take_received(), elapsed)),
        }
    }

    fn poll(&mut self, cx: &mut task::Context<'_>) -> Poll<Result<(), PollError>> {
        loop {
            match std::task::ready!(Pin::new(&mut self.body).poll_next(cx)) {
                None => return Poll::Ready(Ok(())),
                Some(Err(error)) => return Poll::Ready(Err(PollError::Broken(error))),
                Some(Ok(chunk)) => {
                    let length = self.first.len() + self.buffer.len();
                    if chunk.len() > self.limit - length {
                        return Poll::Ready(Err(PollError::TooLarge));
                    }
                    if length == 0 {
                        self.first = chunk;
                        continue;
                    }
                    if self.buffer.is_empty() {
                        self.buffer.extend_from_slice(&std::mem::take(&mut self.first));
                    }
                    self.buffer.extend_from_slice(&chunk);
                }
            }
        }
    }

    fn take_received(&mut self) -> Bytes {
        if self.buffer.is_empty() {
            std::mem::take(&mut self.first)
        } else {
            std::mem::take(&mut self.buffer).freeze()
        }
    }
}

/// The body's length according to the headers. Not for HEAD, whose response has no body.
fn content_length(context: &Context) -> Option<u64> {
    if context.operation.is_some_and(|op| op.method == super::Method::Head) {
        return None;
    }
    context.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

enum PollError {
    TooLarge,
    Broken(BoxError),
}

/// Streams a body; the timeout applies to each wait for a chunk.
pub(crate) fn stream(
    request: &Request,
    context: Context,
    body: Body,
    permit: Permit,
) -> ByteStream {
    let core = request.core.clone();
    let limit = TimeLimit::new(request.timeout.or(core.timeout()));
    let chunks =
        BodyStream { core, context: context.clone(), body, limit, _permit: permit };
    ByteStream::new(context, Box::pin(chunks))
}

struct BodyStream {
    core: Core,
    context: Context,
    body: Body,
    limit: TimeLimit,
    /// The request counts as sent until its response has been read.
    _permit: Permit,
}

impl Stream for BodyStream {
    type Item = Result<Bytes, AnyError>;

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let context = || this.context.clone();
        match Pin::new(&mut this.body).poll_next(cx) {
            Poll::Ready(chunk) => {
                this.limit.reset();
                Poll::Ready(chunk.map(|chunk| {
                    chunk.map_err(|error| {
                        let StreamError { kind, error } = error.into();
                        AnyError::new(kind, context(), "in the body").with_source(error)
                    })
                }))
            }
            Poll::Pending => this.limit.poll(this.core.timer(), cx).map(|elapsed| {
                let message = format!("{} in the body", elapsed.message());
                Some(Err(AnyError::new(elapsed.kind(), context(), message)))
            }),
        }
    }
}
