//! What the requests of a client share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use super::base_url::{self, BaseUrl};
use super::security::Held;
use super::{Api, Operation, Request, RetryPolicy, Timer, Transport};

/// What the requests of a client share. Cheap to clone.
#[derive(Clone)]
pub struct Core {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) api: &'static Api,
    pub(crate) base_url: BaseUrl,
    /// Whether the caller chose the base address: then all operations go there.
    pub(crate) base_url_is_chosen: bool,
    /// The variables of the API's addresses that the caller set.
    pub(crate) server_variables: Vec<(&'static str, String)>,
    /// By the scheme's place in the API's description.
    pub(crate) credentials: Vec<Option<Held>>,
    /// What every request carries.
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) max_body_bytes: usize,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) timer: Arc<dyn Timer>,
}

impl Core {
    pub(crate) fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// Begins a request.
    pub fn request(&self, operation: &'static Operation) -> Request {
        Request::new(self.clone(), operation)
    }

    pub(crate) fn api(&self) -> &'static Api {
        self.inner.api
    }

    pub(crate) fn base_url(&self) -> &str {
        self.inner.base_url.as_str()
    }

    /// The same, taken apart.
    pub(crate) fn base_address(&self) -> &BaseUrl {
        &self.inner.base_url
    }

    /// The base address for an operation that has one of its own.
    pub(crate) fn base_url_at(&self, own: &str) -> Result<BaseUrl, String> {
        let inner = &*self.inner;
        if own.starts_with('/') {
            return inner.base_url.beside(own);
        }
        if inner.base_url_is_chosen {
            return Ok(inner.base_url.clone());
        }
        let own = base_url::filled(inner.api, own, &inner.server_variables)?;
        base_url::check(&own)
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    pub(crate) fn credentials(&self) -> &[Option<Held>] {
        &self.inner.credentials
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.inner.timeout
    }

    pub(crate) fn total_timeout(&self) -> Option<Duration> {
        self.inner.total_timeout
    }

    pub(crate) fn retry(&self) -> &RetryPolicy {
        &self.inner.retry
    }

    pub(crate) fn max_body_bytes(&self) -> usize {
        self.inner.max_body_bytes
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.inner.transport
    }

    pub(crate) fn timer(&self) -> &dyn Timer {
        &*self.inner.timer
    }
}

/// No credentials, no header values.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("api", &self.inner.api.name)
            .field("base_url", &self.base_url())
            .field("timeout", &self.inner.timeout)
            .field("total_timeout", &self.inner.total_timeout)
            .field("retry", &self.inner.retry)
            .finish_non_exhaustive()
    }
}
