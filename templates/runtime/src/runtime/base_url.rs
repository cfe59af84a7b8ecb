//! The base URL, to which paths are appended.

use std::net::IpAddr;

use http::Uri;
use http::uri::PathAndQuery;
#[cfg(feature = "reqwest")]
use http::uri::Scheme;

use super::{Api, server_variables};

/// The error of a credential that would be sent over a network without encryption.
pub(crate) const INSECURE: &str = "a credential must not be sent over plain http to another \
    machine: use an https base URL, or call `allow_insecure_http` on the client's builder";

/// The maximum length of a [`Uri`].
const MAX_LENGTH: usize = 65_534;

/// A checked base URL, without a trailing slash.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    text: String,
    uri: Uri,
    is_insecure: bool,
}

impl BaseUrl {
    /// The URL as it was set, without a trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The parsed URL.
    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The path of the URL, without a trailing slash.
    pub(crate) fn path(&self) -> &str {
        self.uri.path().trim_end_matches('/')
    }

    /// This URL with another path and query.
    pub(crate) fn with_path_and_query(
        &self,
        path_and_query: String,
    ) -> Result<Uri, String> {
        let before = self.text.len().saturating_sub(self.path().len());
        if before + path_and_query.len() > MAX_LENGTH {
            return Err("the URL is longer than 65534 bytes".to_owned());
        }
        let path = PathAndQuery::try_from(path_and_query);
        let mut parts = self.uri.clone().into_parts();
        parts.path_and_query = Some(path.map_err(invalid_url)?);
        Uri::from_parts(parts).map_err(invalid_url)
    }

    /// Whether a credential would be sent over a network without encryption.
    pub(crate) fn is_insecure(&self) -> bool {
        self.is_insecure
    }

    pub(crate) fn authority(&self) -> &str {
        self.uri.authority().map_or("", |authority| authority.as_str())
    }

    /// The host, for spans.
    #[cfg(feature = "tracing")]
    pub(crate) fn host(&self) -> Option<&str> {
        self.uri.host()
    }

    /// The port, for spans.
    #[cfg(feature = "tracing")]
    pub(crate) fn port(&self) -> u16 {
        let default = if self.uri.scheme_str() == Some("https") { 443 } else { 80 };
        self.uri.port_u16().unwrap_or(default)
    }

    /// Whether the scheme is `https`.
    #[cfg(feature = "reqwest")]
    pub(crate) fn is_https(&self) -> bool {
        self.uri.scheme() == Some(&Scheme::HTTPS)
    }

    /// The URL of a path on the same origin.
    pub(crate) fn with_path(&self, path: &str) -> Result<Self, String> {
        let scheme = self.uri.scheme_str().unwrap_or("https");
        check(&format!("{scheme}://{}{path}", self.authority()))
    }
}

#[cold]
fn invalid_url(error: impl Into<http::Error>) -> String {
    format!("the URL is not valid: {}", error.into())
}

/// Checks a base URL and removes a trailing slash.
pub(crate) fn check(text: &str) -> Result<BaseUrl, String> {
    parse(text).map_err(|message| format!("the base URL {message}"))
}

fn parse(text: &str) -> Result<BaseUrl, &'static str> {
    let Ok(uri) = text.parse::<Uri>() else {
        return Err("is not a valid URL: use the form https://host/path");
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("must begin with https:// or http://");
    }
    // The parser drops a fragment without an error.
    if text.contains(['?', '#']) {
        return Err("must have neither a query nor a fragment");
    }
    // HTTP clients treat a backslash as a slash.
    if text.contains('\\') {
        return Err("must not contain a backslash");
    }
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if authority.contains('@') {
        return Err(
            "must not contain a user name or password: set a credential instead",
        );
    }
    let host = uri.host().unwrap_or_default();
    let labels = host.strip_suffix('.').unwrap_or(host);
    if labels.split('.').any(str::is_empty) {
        return Err("has no host, or an empty label in it");
    }
    // HTTP clients decode `%2e`, for example.
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if !host.starts_with('[') && !host.bytes().all(is_name) {
        return Err("has a host with a character that no host name has");
    }
    let after_host = authority.strip_prefix(host).unwrap_or(authority);
    if !after_host.is_empty() && !after_host.strip_prefix(':').is_some_and(is_port) {
        return Err("has an invalid port");
    }
    if uri.path().split('/').any(is_dot_segment) {
        return Err("must not contain the path segments `.` or `..`");
    }
    let is_insecure = uri.scheme_str() == Some("http") && !is_loopback(host);
    Ok(BaseUrl { text: text.trim_end_matches('/').to_owned(), uri, is_insecure })
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// Whether HTTP clients remove a path segment, percent-encoded or not.
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    let decoded = percent_encoding::percent_decode_str(segment);
    matches!(&*decoded.collect::<Vec<u8>>(), b"." | b"..")
}

/// Whether a host is this machine, so that no network transfers the request.
fn is_loopback(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost"
        || name.ends_with(".localhost")
        || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Expands the API's default base URL and checks it.
pub(crate) fn default(api: &Api, values: &[(&str, String)]) -> Result<BaseUrl, String> {
    server_variables::expand(api, api.base_url, values)
}
