//! Bodies of requests and responses: buffered or streamed.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

/// A boxed error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

type Chunks = dyn Stream<Item = Result<Bytes, BoxError>> + Send + Unpin;

/// A body, buffered or streamed. It is a [`Stream`] of chunks.
pub struct Body {
    inner: Inner,
}

enum Inner {
    Buffered(Option<Bytes>),
    Stream { shared: Arc<Shared>, length: Option<u64> },
}

/// A stream that several attempts share, of which only one can read it.
struct Shared<S: ?Sized = Chunks> {
    started: AtomicBool,
    chunks: Mutex<S>,
}

impl Body {
    /// Creates an empty body.
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }

    /// Creates a body from a stream. Without a `length` it is sent in chunks.
    pub fn stream<S, E>(chunks: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::unpinned(Box::pin(chunks), length)
    }

    /// [`Body::stream`] of an `Unpin` stream, which is not boxed.
    pub(crate) fn unpinned<S, E>(chunks: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + Unpin + 'static,
        E: Into<BoxError> + 'static,
    {
        let chunks = Mutex::new(IntoBoxError(chunks));
        let shared = Arc::new(Shared { started: AtomicBool::new(false), chunks });
        Self { inner: Inner::Stream { shared, length } }
    }

    /// The bytes of a buffered body.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.inner {
            Inner::Buffered(bytes) => bytes.as_ref(),
            Inner::Stream { .. } => None,
        }
    }

    /// The length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match &self.inner {
            Inner::Buffered(bytes) => {
                Some(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Inner::Stream { length, .. } => *length,
        }
    }

    /// The same body for another attempt; `None` if its stream has already been polled.
    pub(crate) fn try_clone(&self) -> Option<Self> {
        let inner = match &self.inner {
            Inner::Buffered(bytes) => Inner::Buffered(bytes.clone()),
            Inner::Stream { shared, .. } if shared.started.load(Ordering::SeqCst) => {
                return None;
            }
            Inner::Stream { shared, length } => {
                Inner::Stream { shared: Arc::clone(shared), length: *length }
            }
        };
        Some(Self { inner })
    }
}

impl Stream for Body {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        match &mut self.get_mut().inner {
            Inner::Buffered(bytes) => {
                let bytes = bytes.take().filter(|bytes| !bytes.is_empty());
                Poll::Ready(bytes.map(Ok))
            }
            Inner::Stream { shared, .. } => {
                shared.started.store(true, Ordering::SeqCst);
                let Ok(mut chunks) = shared.chunks.lock() else {
                    return Poll::Ready(Some(Err("the body's stream panicked".into())));
                };
                Pin::new(&mut *chunks).poll_next(cx)
            }
        }
    }
}

/// Converts a stream's errors to [`BoxError`].
struct IntoBoxError<S>(S);

impl<S, E> Stream for IntoBoxError<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        let chunk = ready!(Pin::new(&mut self.0).poll_next(cx));
        Poll::Ready(chunk.map(|chunk| chunk.map_err(Into::into)))
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { inner: Inner::Buffered(Some(bytes)) }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::from(Bytes::from(text))
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Self::from(Bytes::from_static(text.as_bytes()))
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Self::from(Bytes::from_static(bytes))
    }
}

/// Omits the content: bodies may contain secrets.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.length()).finish_non_exhaustive()
    }
}
