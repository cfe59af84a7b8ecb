//! The default transport: reqwest, with rustls.

mod body;
mod classify;
mod client_pool;
#[cfg(feature = "rustls-no-provider")]
mod tls;
mod url;

use std::fmt;
use std::time::Duration;

use http_body::Body as _;
use tokio::runtime::Handle;

use super::{
    Body, BoxError, BoxFuture, RequestInfo, Transport, TransportError,
    TransportErrorKind,
};
use body::Incoming;
use classify::{classify_send_error, unsupported_request};
use client_pool::ClientSource;
use url::UrlCache;

/// The `reqwest::Client` that [`ReqwestTransport`] can be made from.
pub use reqwest::Client as ReqwestClient;
/// The builder that [`ReqwestTransport::configured`] passes to its callback.
pub use reqwest::ClientBuilder as ReqwestClientBuilder;

/// Sends requests with reqwest.
///
/// A connection is driven by the tokio runtime that created it. So each runtime gets its own
/// `reqwest::Client`, unless the caller provides one.
#[derive(Clone)]
pub struct ReqwestTransport {
    clients: ClientSource,
    url_cache: UrlCache,
}

impl ReqwestTransport {
    /// Creates a transport with rustls, the platform's certificates, and no redirects. With
    /// `secure: false`, for base URLs with `http`, no certificates are loaded.
    pub fn new(connect_timeout: Duration, secure: bool) -> Result<Self, BoxError> {
        Self::configured(connect_timeout, secure, |builder| builder)
    }

    /// Creates a transport with a configured client: a proxy, certificates, the size of the
    /// connection pool. Redirects stay disabled, since they would forward credentials, and so do
    /// reqwest's own retries.
    pub fn configured<F>(
        connect_timeout: Duration,
        secure: bool,
        configure: F,
    ) -> Result<Self, BoxError>
    where
        F: Fn(ReqwestClientBuilder) -> ReqwestClientBuilder + Send + Sync + 'static,
    {
        let with_tls = tls_setup(secure)?;
        let create = move || {
            let builder = with_tls(ReqwestClient::builder())
                // The runtime counts and delays attempts.
                .retry(reqwest::retry::never())
                .connect_timeout(connect_timeout);
            configure(builder).redirect(reqwest::redirect::Policy::none()).build()
        };
        Ok(Self {
            clients: ClientSource::per_runtime(create)?,
            url_cache: UrlCache::default(),
        })
    }
}

/// Configures TLS by rustls.
#[cfg(feature = "rustls-no-provider")]
fn tls_setup(
    secure: bool,
) -> Result<impl Fn(ReqwestClientBuilder) -> ReqwestClientBuilder, BoxError> {
    let config = tls::config(secure)?;
    Ok(move |builder: ReqwestClientBuilder| {
        builder.tls_backend_preconfigured(config.clone())
    })
}

/// Leaves TLS to reqwest, whose features the caller's own dependency selects.
#[cfg(not(feature = "rustls-no-provider"))]
fn tls_setup(
    _: bool,
) -> Result<impl Fn(ReqwestClientBuilder) -> ReqwestClientBuilder, BoxError> {
    Ok(|builder| builder)
}

impl From<ReqwestClient> for ReqwestTransport {
    fn from(client: ReqwestClient) -> Self {
        Self { clients: ClientSource::Caller(client), url_cache: UrlCache::default() }
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let Ok(runtime) = Handle::try_current() else {
                let error = "reqwest needs a tokio runtime";
                return Err(TransportError::new(TransportErrorKind::NoRuntime, error));
            };
            let client = self.clients.get(&runtime).map_err(unsupported_request)?;
            let request = into_reqwest(request.map(body::outgoing), &self.url_cache)?;
            let origin = self.clients.may_redirect().then(|| request.url().origin());
            let response = client.execute(request).await.map_err(classify_send_error)?;
            if origin.is_some_and(|origin| origin != response.url().origin()) {
                let error = "the response is from another origin: build the `reqwest::Client` \
                             with `redirect::Policy::none()`";
                return Err(TransportError::new(TransportErrorKind::Redirect, error));
            }
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(|body| {
                let length = body.size_hint().exact();
                Body::unpinned(Incoming(body), length)
            }))
        })
    }

    fn reads_request_info(&self) -> bool {
        false
    }
}

/// Converts a request. Reqwest's own conversion formats and parses the URL.
fn into_reqwest(
    mut request: http::Request<reqwest::Body>,
    url_cache: &UrlCache,
) -> Result<reqwest::Request, TransportError> {
    // A transport around this one reads it.
    request.extensions_mut().remove::<RequestInfo>();
    if !request.extensions().is_empty() {
        return reqwest::Request::try_from(request).map_err(unsupported_request);
    }
    let (head, body) = request.into_parts();
    let mut request = reqwest::Request::new(head.method, url_cache.parse(&head.uri)?);
    *request.headers_mut() = head.headers;
    *request.version_mut() = head.version;
    *request.body_mut() = Some(body);
    Ok(request)
}
