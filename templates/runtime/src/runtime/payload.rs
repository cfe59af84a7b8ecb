//! Successful responses before they are decoded: buffered or streamed.

use std::fmt;
use std::pin::Pin;
use std::task::{self, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::redact_response::RequestSecrets;
use super::{AnyError, Context};

/// A successful response before it is decoded.
pub struct Payload {
    /// The operation, the status and the headers.
    pub context: Context,
    /// The body.
    pub content: Content,
    secrets: Option<RequestSecrets>,
}

/// The body of a successful response.
pub enum Content {
    /// The whole body ([`ResponseMode::Buffered`](super::ResponseMode)).
    Buffered(Bytes),
    /// The body as it arrives ([`ResponseMode::Streamed`](super::ResponseMode)).
    Streamed(ByteStream),
}

impl Payload {
    /// A response of a context.
    pub fn new(context: Context, content: Content) -> Self {
        Self { context, content, secrets: None }
    }

    /// Keeps the secrets of the request, which errors of decoding must not contain.
    pub(crate) fn keep_secrets(&mut self, secrets: RequestSecrets) {
        match &mut self.content {
            Content::Buffered(_) => self.secrets = Some(secrets),
            Content::Streamed(stream) => stream.secrets = Some(Box::new(secrets)),
        }
    }

    /// Decodes the payload and redacts the error.
    pub(crate) fn decode<T>(
        mut self,
        decode: impl FnOnce(Self) -> Result<T, AnyError>,
    ) -> Result<T, AnyError> {
        let secrets = self.secrets.take();
        decode(self).map_err(|error| redacted(error, secrets.as_ref()))
    }

    /// The bytes of a buffered payload. A streamed one is an error: the operation's response
    /// mode does not match its decoder.
    pub fn into_bytes(self) -> Result<(Context, Bytes), AnyError> {
        match self.content {
            Content::Buffered(bytes) => Ok((self.context, bytes)),
            Content::Streamed(_) => Err(AnyError::decode(
                self.context,
                Bytes::new(),
                "the response is a stream",
            )),
        }
    }

    /// The bytes as a stream, buffered or not.
    pub fn into_stream(self) -> ByteStream {
        match self.content {
            Content::Buffered(bytes) => {
                ByteStream::new(self.context, Box::pin(Once(Some(bytes))))
            }
            Content::Streamed(stream) => stream,
        }
    }
}

#[cold]
fn redacted(error: AnyError, secrets: Option<&RequestSecrets>) -> AnyError {
    error.redacted(&secrets.map(RequestSecrets::texts).unwrap_or_default())
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload")
            .field("context", &self.context)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}

/// Omits the content: responses may contain secrets.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Buffered(bytes) => write!(f, "Buffered({} bytes)", bytes.len()),
            Self::Streamed(_) => f.write_str("Streamed"),
        }
    }
}

/// The chunks of a response body, with classified errors.
pub(crate) type Chunks = dyn Stream<Item = Result<Bytes, AnyError>> + Send;

/// A response body as it arrives: a [`Stream`] of chunks.
///
/// The client's timeout applies to each wait for a chunk; the size limit does not apply. The
/// stream ends after an error.
#[must_use = "streams do nothing unless polled"]
pub struct ByteStream {
    context: Context,
    chunks: Option<Pin<Box<Chunks>>>,
    secrets: Option<Box<RequestSecrets>>,
}

impl ByteStream {
    pub(crate) fn new(context: Context, chunks: Pin<Box<Chunks>>) -> Self {
        Self { context, chunks: Some(chunks), secrets: None }
    }

    /// The operation, the status and the headers.
    pub fn context(&self) -> &Context {
        &self.context
    }

    // part: events
    /// The client of the call; `None` for a buffered body.
    pub(crate) fn core(&self) -> Option<&super::Core> {
        self.secrets.as_ref().map(|secrets| secrets.core())
    }
    // end of part

    /// Redacts an error of the stream.
    #[cold]
    pub(crate) fn redacted(&self, error: AnyError) -> AnyError {
        redacted(error, self.secrets.as_deref())
    }

    /// The next chunk; `None` at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, AnyError>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Reads to the end, without a size limit.
    pub async fn into_bytes(mut self) -> Result<Bytes, AnyError> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.freeze())
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, AnyError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        let Some(chunks) = &mut self.chunks else { return Poll::Ready(None) };
        let chunk = ready!(chunks.as_mut().poll_next(cx));
        if !matches!(chunk, Some(Ok(_))) {
            self.chunks = None;
        }
        Poll::Ready(chunk.map(|chunk| chunk.map_err(|error| self.redacted(error))))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// A stream of one chunk.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, AnyError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().filter(|bytes| !bytes.is_empty()).map(Ok))
    }
}
