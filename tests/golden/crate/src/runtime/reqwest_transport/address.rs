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
            return origin.join(path).map_err(refused);
        }
        let url = Url::parse(&uri.to_string()).map_err(refused)?;
        if let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) {
            let (scheme, authority) = (scheme.clone(), authority.clone());
            self.first.get_or_init(|| Origin { scheme, authority, url: url.clone() });
        }
        Ok(url)
    }
}

impl Origin {
    /// This origin with the address's path, where that belongs to it.
    fn of<'a>(&'a self, uri: &'a Uri) -> Option<(&'a Url, &'a str)> {
        let same = uri.scheme() == Some(&self.scheme)
            && uri.authority() == Some(&self.authority);
        let path = uri.path_and_query().filter(|_| same)?.as_str();
        // Two slashes would begin another host.
        let is_path = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
        is_path.then_some((&self.url, path))
    }
}

fn refused(error: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Refused, error)
}
