//! The runtime that every generated operation uses: it builds requests, sends them and reads
//! responses. Nothing here depends on a particular API.
//!
//! The types that callers name are re-exported at the crate's root or by each API's
//! module; the rest is for generated code.

mod api;
pub(crate) mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod build_request;
mod context;
mod core;
mod core_builder;
mod credential;
mod custom_request;
mod error;
mod framing;
mod kind;
mod macros;
mod operation;
mod operation_defaults;
mod pages;
pub(crate) mod param;
mod payload;
mod pending;
pub(crate) mod percent;
mod propagation;
mod read_body;
pub(crate) mod redact;
mod redact_response;
mod request;
mod request_ext;
mod request_info;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod response;
pub(crate) mod retry;
pub(crate) mod retry_after;
pub(crate) mod security;
mod send;
mod sensitive;
mod server_variables;
mod streaming;
pub(crate) mod style;
mod test_default;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod time_limit;
mod timer;
mod tracing_events;
mod transport;
mod wait; // part: wait

pub use self::core::Core;
pub use crate::{client_builder_methods, request_methods};

pub use api::{Api, ErrorFields, Scheme, SchemeKind, ServerVariable};
#[cfg(feature = "blocking")]
pub use blocking::Blocking;
pub use body::{Body, BoxError};
pub use context::Context;
pub use core_builder::CoreBuilder;
pub use credential::Credential;
pub use custom_request::CustomRequest;
pub use error::{AnyBody, AnyError, Error};
pub use http::{HeaderMap, Method as HttpMethod, Request as HttpRequest};
pub use kind::ErrorKind;
pub use operation::{Envelope, Method, Operation, RequestBody, ResponseMode, Safety};
pub use pages::{Items, Page, Pages, Paging, PagingMode, Position};
pub use payload::{ByteStream, Content, Payload};
pub use pending::{Decode, Pending};
pub use request::Request;
pub use request_ext::RequestExt;
pub use request_info::RequestInfo;
#[cfg(feature = "reqwest")]
pub use reqwest;
#[cfg(feature = "reqwest")]
pub use reqwest_transport::{ReqwestClient, ReqwestClientBuilder, ReqwestTransport};
pub use response::{RawResponse, Response};
pub use retry::{RetryBudget, RetryPolicy};
pub use sensitive::expose_secrets;
pub use streaming::Streaming;
pub use style::{FormField, QueryStyle, Style};
#[cfg(feature = "tokio")]
pub use timer::TokioTimer;
pub use timer::{BoxFuture, Timer};
pub use transport::{Transport, TransportError, TransportErrorKind};
pub use wait::{Wait, WaitDone, WaitParameter}; // part: wait

pub mod base64;
pub mod decimal;
pub mod decode;
pub mod events; // part: events
pub mod exports;
pub mod json;
pub mod multipart;
pub mod serde;
pub mod string_enum;
pub mod union; // part: union
pub mod unix_time;

pub use base64::{Base64, Base64Url};
pub use decimal::Decimal;
pub use events::{Event, EventStream, Events}; // part: events
pub use multipart::Part;
pub use unix_time::{UnixMillis, UnixSeconds};
