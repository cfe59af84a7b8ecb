//! The runtime's tests. They are outside of `runtime/`, so they are not copied into SDKs.

mod attacks;
mod bodies;
mod client;
mod credentials;
mod custom_requests;
mod encoding;
mod errors;
// Needs the timer that the feature brings.
#[cfg(feature = "tokio")]
mod event_timeout;
mod hooks;
mod mocks;
mod pages;
mod redaction;
mod retries;
mod sample_api;
mod sending;
mod styles;

#[cfg(feature = "blocking")]
mod blocking;
// Without a provider of cryptography there is no client.
#[cfg(all(
    feature = "reqwest",
    any(feature = "rustls", not(feature = "rustls-no-provider"))
))]
mod reqwest_transport;
#[cfg(feature = "reqwest")]
mod tls;
#[cfg(feature = "tokio")]
mod total_timeout;
#[cfg(feature = "tracing")]
mod tracing;
