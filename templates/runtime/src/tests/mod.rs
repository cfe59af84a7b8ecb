//! The core's tests. They stand outside `runtime/`, so they are not copied into SDKs.

mod credentials;
mod encoding;
mod errors;
mod pages;
mod redaction;
mod retries;
mod sample;
mod sending;
mod styles;
mod unit;

#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "reqwest")]
mod sockets;
#[cfg(feature = "tokio")]
mod total_timeout;
#[cfg(feature = "tracing")]
mod tracing;
