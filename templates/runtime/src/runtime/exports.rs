//! The public names of the runtime, re-exported by the generated crate's root.

#[cfg(feature = "blocking")]
pub use super::Blocking;
#[cfg(feature = "tokio")]
pub use super::TokioTimer;
pub use super::json::Error as JsonError;
#[cfg(feature = "reqwest")]
pub use super::reqwest;
#[cfg(feature = "testing")]
pub use super::testing;
pub use super::{
    AnyBody, AnyError, Base64, Body, BoxError, BoxFuture, ByteStream, Credential,
    CustomRequest, Error, ErrorKind, HttpRequest, Items, Page, Pages, Part, Pending,
    Position, RawResponse, RequestExt, RequestInfo, Response, RetryBudget, RetryPolicy,
    Timer, Transport, TransportError, TransportErrorKind, expose_secrets,
};
pub use super::{Event, EventStream, Events}; // part: events
#[cfg(feature = "reqwest")]
pub use super::{ReqwestClient, ReqwestClientBuilder, ReqwestTransport};
// The crates whose types are in public signatures, so that callers need no dependency on them.
pub use {bytes, http, jiff, secrecy, serde_json};
