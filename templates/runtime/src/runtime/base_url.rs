//! The base address that paths are appended to.

use http::Uri;
use http::uri::PathAndQuery;
#[cfg(feature = "reqwest")]
use http::uri::Scheme;

use super::Api;

/// Longer addresses have no place in [`Uri`].
const LONGEST: usize = 65_534;

/// An address that paths are appended to, without a slash at its end.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    text: String,
    uri: Uri,
}

impl BaseUrl {
    /// The address as it was given, but for a slash at its end.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Its own path; empty where it has none.
    pub(crate) fn path(&self) -> &str {
        self.uri.path().trim_end_matches('/')
    }

    /// The address of a path that begins with this one's, its query behind it.
    pub(crate) fn with(&self, path_and_query: String) -> Result<Uri, String> {
        let before = self.text.len().saturating_sub(self.path().len());
        if before + path_and_query.len() > LONGEST {
            return Err("the address is too long".to_owned());
        }
        let path = PathAndQuery::try_from(path_and_query);
        let mut parts = self.uri.clone().into_parts();
        parts.path_and_query = Some(path.map_err(problem)?);
        Uri::from_parts(parts).map_err(problem)
    }

    /// Whether it asks for encryption.
    #[cfg(feature = "reqwest")]
    pub(crate) fn is_https(&self) -> bool {
        self.uri.scheme() == Some(&Scheme::HTTPS)
    }

    /// The address of a path on the same host.
    pub(crate) fn beside(&self, path: &str) -> Result<Self, String> {
        let scheme = self.uri.scheme_str().unwrap_or("https");
        let authority = self.uri.authority().map_or("", |authority| authority.as_str());
        check(&format!("{scheme}://{authority}{path}"))
    }
}

#[cold]
fn problem(error: impl Into<http::Error>) -> String {
    format!("the address: {}", error.into())
}

/// Checks an address and takes the slash off its end.
pub(crate) fn check(text: &str) -> Result<BaseUrl, String> {
    let problem = |what: &str| Err(format!("the base address {what}"));
    let uri: Uri = match text.parse() {
        Ok(uri) => uri,
        Err(_) => return problem("is no address: it must look like https://host/path"),
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return problem("must begin with https:// (or http://)");
    }
    // The parser drops a fragment in silence, so the text is asked.
    if text.contains(['?', '#']) {
        return problem("must have neither a query nor a fragment");
    }
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if authority.contains('@') {
        return problem("must not hold a user or password: set a credential instead");
    }
    if uri.host().is_none_or(str::is_empty) {
        return problem("lacks a host");
    }
    if uri.path().split('/').any(|segment| matches!(segment, "." | "..")) {
        return problem("must not hold `.` or `..`");
    }
    Ok(BaseUrl { text: text.trim_end_matches('/').to_owned(), uri })
}

/// Fills the variables of an API's default address.
pub(crate) fn default(api: &Api, values: &[(&str, String)]) -> Result<String, String> {
    filled(api, api.base_url, values)
}

/// Fills the variables of an address.
pub(crate) fn filled(
    api: &Api,
    address: &str,
    values: &[(&str, String)],
) -> Result<String, String> {
    let mut base = address.to_owned();
    for variable in api.server_variables {
        let given = values.iter().rev().find(|(name, _)| *name == variable.name);
        let value = given.map_or(variable.default, |(_, value)| value);
        let allowed = variable.values;
        if !allowed.is_empty() && !allowed.contains(&value) {
            return Err(format!(
                "`{}` must be one of {}",
                variable.name,
                allowed.join(", ")
            ));
        }
        if value.contains(['?', '#', '@']) {
            return Err(format!("`{}` must not hold ?, # or @", variable.name));
        }
        base = base.replace(&format!("{{{}}}", variable.name), value);
    }
    Ok(base)
}
