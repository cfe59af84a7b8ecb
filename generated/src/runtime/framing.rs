//! The headers that only the HTTP client sets: with another value, a request would be read
//! differently than it is sent.

use http::HeaderName;
use http::header::{
    CONNECTION, CONTENT_LENGTH, HOST, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};

/// The error of a header that callers must not set.
pub(crate) fn framing_error(name: &HeaderName) -> Option<String> {
    let standard =
        [CONNECTION, CONTENT_LENGTH, HOST, TE, TRAILER, TRANSFER_ENCODING, UPGRADE];
    let is_framing = standard.contains(name)
        || matches!(name.as_str(), "keep-alive" | "proxy-connection");
    is_framing.then(|| format!("the header `{name}` is set by the HTTP client only"))
}
