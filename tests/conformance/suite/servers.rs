//! Where the servers are, and clients for them.

use std::env;

use session_sdk::{clerk, seam};

/// `@seamapi/fake-seam-connect`: Seam's own imitation of its API.
pub(crate) const SEAM_FAKE: &str = "CONFORMANCE_SEAM_FAKE";
/// `emulate`: an imitation of Clerk's API.
pub(crate) const CLERK_FAKE: &str = "CONFORMANCE_CLERK_FAKE";
/// Prism: checks requests against Seam's document, and makes up the answers.
pub(crate) const SEAM_MOCK: &str = "CONFORMANCE_SEAM_MOCK";
/// Prism with Clerk's document.
pub(crate) const CLERK_MOCK: &str = "CONFORMANCE_CLERK_MOCK";
/// Prism in front of [`SEAM_FAKE`].
pub(crate) const SEAM_PROXY: &str = "CONFORMANCE_SEAM_PROXY";
/// Prism in front of [`CLERK_FAKE`].
pub(crate) const CLERK_PROXY: &str = "CONFORMANCE_CLERK_PROXY";

/// The API key of the fake's workspace `seed_workspace_1`.
pub(crate) const SEAM_KEY: &str = "seam_apikey1_token";

/// The base address of a server.
pub(crate) fn address(server: &str) -> String {
    match env::var(server) {
        Ok(address) => address,
        Err(_) => panic!("{server} is not set: run these tests by `cargo xtask conformance`"),
    }
}

/// A client of a Seam server, to be completed with credentials.
pub(crate) fn seam_builder(server: &str) -> seam::ClientBuilder {
    seam::Client::builder().base_url(address(server))
}

/// A client of a Seam server with the workspace's API key.
pub(crate) fn seam(server: &str) -> Result<seam::Client, seam::Error> {
    seam_builder(server).api_key(SEAM_KEY).build()
}

/// A client of a Clerk server, to be completed.
pub(crate) fn clerk_builder(server: &str) -> clerk::ClientBuilder {
    clerk::Client::builder()
        .base_url(address(server))
        .secret_key("sk_test_conformance")
}

/// A client of a Clerk server.
pub(crate) fn clerk(server: &str) -> Result<clerk::Client, clerk::Error> {
    clerk_builder(server).build()
}
