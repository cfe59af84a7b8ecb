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
// Without a provider of cryptography there is no client.
#[cfg(all(
    feature = "reqwest",
    any(feature = "rustls", not(feature = "rustls-no-provider"))
))]
mod sockets;
#[cfg(feature = "reqwest")]
mod tls;
#[cfg(feature = "tokio")]
mod total_timeout;
#[cfg(feature = "tracing")]
mod tracing;
