//! The configuration shared by all requests of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use tokio::sync::Semaphore;

use super::base_url::BaseUrl;
use super::propagation::Propagation;
use super::security::StoredCredential;
use super::{
    Api, CustomRequest, Operation, Request, RetryPolicy, Timer, Transport,
    server_variables,
};

/// The configuration shared by all requests of a client. Cheap to clone.
#[derive(Clone)]
pub struct Core {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) api: &'static Api,
    pub(crate) base_url: BaseUrl,
    /// Whether the caller set the base URL: then all operations use it.
    pub(crate) base_url_is_set: bool,
    /// The server variables that the caller set.
    pub(crate) server_variables: Vec<(&'static str, String)>,
    /// In the order of [`Api::schemes`].
    pub(crate) credentials: Vec<Option<StoredCredential>>,
    /// The headers of every request.
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) max_body_bytes: usize,
    /// How many requests may be sent at the same time, if that is limited.
    pub(crate) request_limit: Option<Arc<Semaphore>>,
    pub(crate) max_pages: usize,
    pub(crate) event_timeout: Duration,
    pub(crate) allow_insecure_http: bool,
    pub(crate) propagation: Propagation,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) timer: Arc<dyn Timer>,
}

impl Core {
    pub(crate) fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// Starts a request.
    pub fn request(&self, operation: &'static Operation) -> Request {
        Request::new(self.clone(), operation)
    }

    /// Creates a request of an operation that the document lacks.
    pub fn custom_request<B>(
        &self,
        method: &http::Method,
        path: &'static str,
    ) -> CustomRequest<B> {
        CustomRequest::new(self.clone(), method, path)
    }

    pub(crate) fn api(&self) -> &'static Api {
        self.inner.api
    }

    /// The address that calls go to.
    pub fn base_url(&self) -> &str {
        self.inner.base_url.as_str()
    }

    pub(crate) fn parsed_base_url(&self) -> &BaseUrl {
        &self.inner.base_url
    }

    /// The base URL for an operation that declares its own server.
    pub(crate) fn operation_base_url(&self, server: &str) -> Result<BaseUrl, String> {
        let inner = &*self.inner;
        if server.starts_with('/') {
            return inner.base_url.with_path(server);
        }
        if inner.base_url_is_set {
            return Ok(inner.base_url.clone());
        }
        server_variables::expand(inner.api, server, &inner.server_variables)
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    pub(crate) fn credentials(&self) -> &[Option<StoredCredential>] {
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

    pub(crate) fn request_limit(&self) -> Option<&Arc<Semaphore>> {
        self.inner.request_limit.as_ref()
    }

    pub(crate) fn max_pages(&self) -> usize {
        self.inner.max_pages
    }

    /// The maximum time between two events of a stream.
    pub fn event_timeout(&self) -> Duration {
        self.inner.event_timeout
    }

    pub(crate) fn allows_insecure_http(&self) -> bool {
        self.inner.allow_insecure_http
    }

    pub(crate) fn propagation(&self) -> &Propagation {
        &self.inner.propagation
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.inner.transport
    }

    pub(crate) fn timer(&self) -> &dyn Timer {
        &*self.inner.timer
    }
}

/// Omits credentials and header values.
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
