//! The base URL, to which paths are appended.

use http::Uri;
use http::uri::PathAndQuery;
#[cfg(feature = "reqwest")]
use http::uri::Scheme;

use super::Api;

/// The maximum length of a [`Uri`].
const MAX_LENGTH: usize = 65_534;

/// A checked base URL, without a trailing slash.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    text: String,
    uri: Uri,
}

impl BaseUrl {
    /// The URL as it was set, without a trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
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

    /// Whether the scheme is `https`.
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

    #[cfg(feature = "reqwest")]
    pub(crate) fn is_https(&self) -> bool {
        self.uri.scheme() == Some(&Scheme::HTTPS)
    }

    /// The URL of a path on the same origin.
    pub(crate) fn with_path(&self, path: &str) -> Result<Self, String> {
        let scheme = self.uri.scheme_str().unwrap_or("https");
        let authority = self.uri.authority().map_or("", |authority| authority.as_str());
        check(&format!("{scheme}://{authority}{path}"))
    }
}

#[cold]
fn invalid_url(error: impl Into<http::Error>) -> String {
    format!("the URL is not valid: {}", error.into())
}

/// Checks a base URL and removes a trailing slash.
pub(crate) fn check(text: &str) -> Result<BaseUrl, String> {
    let error = |message: &str| Err(format!("the base URL {message}"));
    let uri: Uri = match text.parse() {
        Ok(uri) => uri,
        Err(_) => return error("is not a valid URL: use the form https://host/path"),
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return error("must begin with https:// or http://");
    }
    // The parser drops a fragment without an error.
    if text.contains(['?', '#']) {
        return error("must have neither a query nor a fragment");
    }
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if authority.contains('@') {
        return error(
            "must not contain a user name or password: set a credential instead",
        );
    }
    if uri.host().is_none_or(str::is_empty) {
        return error("has no host");
    }
    if uri.path().split('/').any(|segment| matches!(segment, "." | "..")) {
        return error("must not contain the path segments `.` or `..`");
    }
    Ok(BaseUrl { text: text.trim_end_matches('/').to_owned(), uri })
}

/// Expands the API's default base URL.
pub(crate) fn default(api: &Api, values: &[(&str, String)]) -> Result<String, String> {
    expand(api, api.base_url, values)
}

/// Expands the variables of a server URL.
pub(crate) fn expand(
    api: &Api,
    template: &str,
    values: &[(&str, String)],
) -> Result<String, String> {
    let mut base = template.to_owned();
    for variable in api.server_variables {
        let set = values.iter().rev().find(|(name, _)| *name == variable.name);
        let value = set.map_or(variable.default, |(_, value)| value);
        let allowed = variable.values;
        if !allowed.is_empty() && !allowed.contains(&value) {
            return Err(format!(
                "`{}` must be one of {}",
                variable.name,
                allowed.join(", ")
            ));
        }
        if value.contains(['?', '#', '@']) {
            return Err(format!("`{}` must not contain `?`, `#` or `@`", variable.name));
        }
        base = base.replace(&format!("{{{}}}", variable.name), value);
    }
    Ok(base)
}
