//! The default transport: reqwest, with rustls.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};
use rustls_platform_verifier::BuilderVerifierExt;

use super::{Body, BoxError, BoxFuture, Transport, TransportError, TransportErrorKind};

/// The `reqwest::Client` that [`ReqwestTransport`] is made from.
pub use reqwest::Client as ReqwestClient;

/// Sends through a `reqwest::Client`.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: ReqwestClient,
    /// The client of the thread behind `wait()`: a connection belongs to the runtime that it
    /// was made in, so the two must not share them.
    #[cfg(feature = "blocking")]
    background: ReqwestClient,
}

impl ReqwestTransport {
    /// A client with rustls, the platform's certificates, and no redirects. For a base
    /// address without encryption (`secure: false`) no certificates are loaded, so that it
    /// works where there are none.
    pub fn new(connect_timeout: Duration, secure: bool) -> Result<Self, BoxError> {
        let tls = tls(secure)?;
        let client = || {
            ReqwestClient::builder()
                .tls_backend_preconfigured(tls.clone())
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(connect_timeout)
                .build()
        };
        Ok(Self {
            client: client()?,
            #[cfg(feature = "blocking")]
            background: client()?,
        })
    }

    fn client(&self) -> &ReqwestClient {
        #[cfg(feature = "blocking")]
        if super::blocking::is_background() {
            return &self.background;
        }
        &self.client
    }
}

/// It brings its own crypto provider, so it depends on no process-wide one.
fn tls(secure: bool) -> Result<rustls::ClientConfig, BoxError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?;
    let builder = if secure {
        builder.with_platform_verifier()?
    } else {
        builder.with_root_certificates(rustls::RootCertStore::empty())
    };
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

impl From<ReqwestClient> for ReqwestTransport {
    fn from(client: ReqwestClient) -> Self {
        Self {
            #[cfg(feature = "blocking")]
            background: client.clone(),
            client,
        }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            if tokio::runtime::Handle::try_current().is_err() {
                let error = "reqwest runs on tokio";
                return Err(TransportError::new(TransportErrorKind::NoRuntime, error));
            }
            let request =
                reqwest::Request::try_from(request.map(outgoing)).map_err(refused)?;
            let response = self.client().execute(request).await.map_err(sorted)?;
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(|body| {
                let length = body.size_hint().exact();
                Body::stream(Incoming(body), length)
            }))
        })
    }
}

fn refused(error: reqwest::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Refused, error.without_url())
}

/// Sorts an error; its address, which may hold values, is taken out.
fn sorted(error: reqwest::Error) -> TransportError {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_builder() {
        TransportErrorKind::Refused
    } else {
        TransportErrorKind::Broken
    };
    TransportError::new(kind, error.without_url())
}

fn outgoing(body: Body) -> reqwest::Body {
    match body.as_bytes() {
        Some(bytes) => reqwest::Body::from(bytes.clone()),
        None => reqwest::Body::wrap(Outgoing(body)),
    }
}

/// A stream of ours as a body of theirs.
struct Outgoing(Body);

impl HttpBody for Outgoing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Pin::new(&mut self.0)
            .poll_next(cx)
            .map(|chunk| chunk.map(|it| it.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.0.length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A body of theirs as a stream of ours. Trailers are dropped.
struct Incoming(reqwest::Body);

impl Stream for Incoming {
    type Item = Result<Bytes, reqwest::Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        loop {
            match std::task::ready!(Pin::new(&mut self.0).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error.without_url()))),
                Some(Ok(frame)) => {
                    if let Ok(chunk) = frame.into_data() {
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                }
            }
        }
    }
}
