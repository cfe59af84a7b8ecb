//! What callers name: the generated crate's root re-exports it.

#[cfg(feature = "blocking")]
pub use super::Blocking;
#[cfg(feature = "tokio")]
pub use super::TokioTimer;
#[cfg(feature = "testing")]
pub use super::testing;
pub use super::{
    Body, BoxError, BoxFuture, ByteStream, Credential, Error, ErrorKind, Event,
    EventStream, Failure, HttpRequest, Items, Page, Pages, Part, Pending, Position,
    RawResponse, Response, RetryPolicy, Timer, Transport, TransportError,
    TransportErrorKind,
};
#[cfg(feature = "reqwest")]
pub use super::{ReqwestClient, ReqwestClientBuilder, ReqwestTransport};
