//! A request's address as reqwest has it.

use std::sync::{Arc, OnceLock};

use http::Uri;
use http::uri::{Authority, Scheme};
use reqwest::Url;

use crate::runtime::{BoxError, TransportError, TransportErrorKind};

/// Reads addresses. What comes before the path is nearly always the same, and reading it takes
/// longer than reading the rest, so it is read once.
#[derive(Clone, Default)]
pub(super) struct Addresses {
    first: Arc<OnceLock<Origin>>,
}

/// What comes before the path, as it was written and as it was read.
struct Origin {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl Addresses {
    pub(super) fn read(&self, uri: &Uri) -> Result<Url, TransportError> {
        if let Some((origin, path)) = self.first.get().and_then(|first| first.of(uri)) {
            return origin.join(path).map_err(unreadable);
        }
        let url = Url::parse(&uri.to_string()).map_err(unreadable)?;
        if let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) {
            let (scheme, authority) = (scheme.clone(), authority.clone());
            self.first.get_or_init(|| {
                let mut url = url.clone();
                // Values of one call have no place in the next.
                url.set_path("");
                url.set_query(None);
                Origin { scheme, authority, url }
            });
        }
        Ok(url)
    }
}

impl Origin {
    /// This origin with the address's path, where that belongs to it.
    fn of<'a>(&'a self, uri: &'a Uri) -> Option<(&'a Url, &'a str)> {
        let same = uri.scheme() == Some(&self.scheme)
            // Its own comparison does not tell `user:A@` from `user:a@`.
            && uri.authority().map(Authority::as_str) == Some(self.authority.as_str());
        let path = uri.path_and_query().filter(|_| same)?.as_str();
        // Two slashes would begin another host.
        let is_path = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
        is_path.then_some((&self.url, path))
    }
}

fn unreadable(error: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Refused, error)
}
