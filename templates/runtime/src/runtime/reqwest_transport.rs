//! The default transport: reqwest, with rustls.

mod address;
mod bodies;
mod clients;
mod sorting;
#[cfg(feature = "rustls-no-provider")]
mod tls;

use std::fmt;
use std::time::Duration;

use http_body::Body as _;
use tokio::runtime::Handle;

use super::{Body, BoxError, BoxFuture, Transport, TransportError, TransportErrorKind};
use address::Addresses;
use bodies::Incoming;
use clients::Clients;
use sorting::{refused, unanswered};

/// The `reqwest::Client` that [`ReqwestTransport`] can be made from.
pub use reqwest::Client as ReqwestClient;
/// What [`ReqwestTransport::configured`] hands out.
pub use reqwest::ClientBuilder as ReqwestClientBuilder;

/// Sends through reqwest.
///
/// A connection belongs to the tokio runtime that it was made in, and stands still or breaks
/// with it. So each runtime gets a `reqwest::Client` of its own, unless the caller brought one.
#[derive(Clone)]
pub struct ReqwestTransport {
    clients: Clients,
    addresses: Addresses,
}

impl ReqwestTransport {
    /// A client with rustls, the platform's certificates, and no redirects. For a base
    /// address without encryption (`secure: false`) no certificates are loaded, so that it
    /// works where there are none.
    pub fn new(connect_timeout: Duration, secure: bool) -> Result<Self, BoxError> {
        Self::configured(connect_timeout, secure, |builder| builder)
    }

    /// The same, with something changed: a proxy, certificates, how many connections are kept.
    /// Whatever is changed, redirects are not followed: credentials would go along. Reqwest's
    /// own retries are off.
    pub fn configured<F>(
        connect_timeout: Duration,
        secure: bool,
        configure: F,
    ) -> Result<Self, BoxError>
    where
        F: Fn(ReqwestClientBuilder) -> ReqwestClientBuilder + Send + Sync + 'static,
    {
        let secured = secured(secure)?;
        let make = move || {
            let builder = secured(ReqwestClient::builder())
                // Each attempt is ours to count and to pause before.
                .retry(reqwest::retry::never())
                .connect_timeout(connect_timeout);
            configure(builder).redirect(reqwest::redirect::Policy::none()).build()
        };
        Ok(Self { clients: Clients::made_by(make)?, addresses: Addresses::default() })
    }
}

/// Sets up TLS by rustls.
#[cfg(feature = "rustls-no-provider")]
fn secured(
    secure: bool,
) -> Result<impl Fn(ReqwestClientBuilder) -> ReqwestClientBuilder, BoxError> {
    let config = tls::config(secure)?;
    Ok(move |builder: ReqwestClientBuilder| {
        builder.tls_backend_preconfigured(config.clone())
    })
}

/// Leaves TLS to reqwest, which has what the caller's own dependency on it turns on.
#[cfg(not(feature = "rustls-no-provider"))]
fn secured(
    _: bool,
) -> Result<impl Fn(ReqwestClientBuilder) -> ReqwestClientBuilder, BoxError> {
    Ok(|builder| builder)
}

impl From<ReqwestClient> for ReqwestTransport {
    fn from(client: ReqwestClient) -> Self {
        Self { clients: Clients::Given(client), addresses: Addresses::default() }
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
                let error = "reqwest runs on tokio";
                return Err(TransportError::new(TransportErrorKind::NoRuntime, error));
            };
            let client = self.clients.of(&runtime).map_err(refused)?;
            let request = converted(request.map(bodies::outgoing), &self.addresses)?;
            let asked = self.clients.may_redirect().then(|| request.url().origin());
            let response = client.execute(request).await.map_err(unanswered)?;
            if asked.is_some_and(|asked| asked != response.url().origin()) {
                let error = "another origin answered: the `reqwest::Client` that was brought \
                             follows redirects, which `redirect::Policy::none()` ends";
                return Err(TransportError::new(TransportErrorKind::Redirect, error));
            }
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(|body| {
                let length = body.size_hint().exact();
                Body::unpinned(Incoming(body), length)
            }))
        })
    }
}

/// A request of theirs. Their own conversion writes the address into a text and reads that.
fn converted(
    request: http::Request<reqwest::Body>,
    addresses: &Addresses,
) -> Result<reqwest::Request, TransportError> {
    if !request.extensions().is_empty() {
        return reqwest::Request::try_from(request).map_err(refused);
    }
    let (head, body) = request.into_parts();
    let mut request = reqwest::Request::new(head.method, addresses.read(&head.uri)?);
    *request.headers_mut() = head.headers;
    *request.version_mut() = head.version;
    *request.body_mut() = Some(body);
    Ok(request)
}
