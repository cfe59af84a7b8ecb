//! A success on its way to the caller: read whole, or as it arrives.

use std::fmt;
use std::pin::Pin;
use std::task::{self, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::{Context, Failure};

/// A success: which call it was, what its headers say, what it holds.
#[derive(Debug)]
pub struct Payload {
    /// The call, the status, the headers.
    pub context: Context,
    /// What it holds.
    pub content: Content,
}

/// What a success holds.
pub enum Content {
    /// All of it ([`ResponseMode::Buffered`](super::ResponseMode)).
    Buffered(Bytes),
    /// What has yet to arrive ([`ResponseMode::Streamed`](super::ResponseMode)).
    Streamed(ByteStream),
}

impl Payload {
    /// The bytes of a buffered payload. A streamed one is an error: the operation's
    /// description and its decoder disagree.
    pub fn into_bytes(self) -> Result<(Context, Bytes), Failure> {
        match self.content {
            Content::Buffered(bytes) => Ok((self.context, bytes)),
            Content::Streamed(_) => Err(Failure::decode(
                self.context,
                Bytes::new(),
                "the answer is a stream",
            )),
        }
    }

    /// The bytes as a stream, whichever way they came.
    pub fn into_stream(self) -> ByteStream {
        match self.content {
            Content::Buffered(bytes) => {
                ByteStream::new(self.context, Box::pin(Once(Some(bytes))))
            }
            Content::Streamed(stream) => stream,
        }
    }
}

/// The length only: answers hold secrets.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Buffered(bytes) => write!(f, "Buffered({} bytes)", bytes.len()),
            Self::Streamed(_) => f.write_str("Streamed"),
        }
    }
}

/// The chunks of an answer, errors told apart already.
pub(crate) type Chunks = dyn Stream<Item = Result<Bytes, Failure>> + Send;

/// An answer's body as it arrives: a [`Stream`] of chunks.
///
/// The client's timeout limits each wait for a chunk, its size limit does not apply. After
/// an error the stream ends.
#[must_use = "a stream is read only when it is polled"]
pub struct ByteStream {
    context: Context,
    chunks: Option<Pin<Box<Chunks>>>,
}

impl ByteStream {
    pub(crate) fn new(context: Context, chunks: Pin<Box<Chunks>>) -> Self {
        Self { context, chunks: Some(chunks) }
    }

    /// The call, the status, the headers.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The next chunk; none at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Failure>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Reads to the end; however much that is.
    pub async fn into_bytes(mut self) -> Result<Bytes, Failure> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.freeze())
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Failure>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        let Some(chunks) = &mut self.chunks else { return Poll::Ready(None) };
        let chunk = ready!(chunks.as_mut().poll_next(cx));
        if !matches!(chunk, Some(Ok(_))) {
            self.chunks = None;
        }
        Poll::Ready(chunk)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// One chunk that is here already.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, Failure>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().filter(|bytes| !bytes.is_empty()).map(Ok))
    }
}
