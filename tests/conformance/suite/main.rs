//! The SDK against servers that other people wrote, over real sockets.
//!
//! `cargo xtask conformance` starts the servers and runs this; `cargo test --workspace` leaves it
//! out (the feature `conformance`).

/// Sends a request to Prism, which answers an offence with an error, or tells it in a header.
macro_rules! send {
    ($request:expr) => {{
        let response = $request.with_response().await?;
        assert_eq!(
            response.headers().get("sl-violations"),
            None,
            stringify!($request)
        );
        response.into_body()
    }};
}

mod clerk_fake;
mod clerk_mock;
mod proxies;
mod seam_fake;
mod seam_mock;
mod servers;
mod transports;

/// What a test returns: the first error ends it.
type Outcome = Result<(), Box<dyn std::error::Error>>;
