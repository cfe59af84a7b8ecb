//! Converts a request's URI to reqwest's URL type.

use std::sync::{Arc, OnceLock};

use http::Uri;
use http::uri::{Authority, Scheme};
use reqwest::Url;

use crate::runtime::{BoxError, TransportError, TransportErrorKind};

/// Parses URLs. The origin is nearly always the same, and parsing it takes longer than parsing
/// the rest, so it is parsed once.
#[derive(Clone, Default)]
pub(super) struct UrlCache {
    first: Arc<OnceLock<Origin>>,
}

/// An origin, as text and parsed.
struct Origin {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl UrlCache {
    pub(super) fn parse(&self, uri: &Uri) -> Result<Url, TransportError> {
        if let Some((origin, path)) =
            self.first.get().and_then(|first| first.path_of(uri))
        {
            return origin.join(path).map_err(invalid_url);
        }
        let url = Url::parse(&uri.to_string()).map_err(invalid_url)?;
        if let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) {
            let (scheme, authority) = (scheme.clone(), authority.clone());
            self.first.get_or_init(|| {
                let mut url = url.clone();
                // The cache must not keep values of this call.
                url.set_path("");
                url.set_query(None);
                Origin { scheme, authority, url }
            });
        }
        Ok(url)
    }
}

impl Origin {
    /// This origin and the URI's path, if the URI has this origin.
    fn path_of<'a>(&'a self, uri: &'a Uri) -> Option<(&'a Url, &'a str)> {
        let same = uri.scheme() == Some(&self.scheme)
            // `Authority` compares the user information without regard to case.
            && uri.authority().map(Authority::as_str) == Some(self.authority.as_str());
        let path = uri.path_and_query().filter(|_| same)?.as_str();
        // Two slashes would begin an authority.
        let is_path = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
        is_path.then_some((&self.url, path))
    }
}

fn invalid_url(error: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Refused, error)
}
