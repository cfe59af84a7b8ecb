//! Transports that get in the way: for requests that no typed call would send, and for servers
//! that recover at the right moment.

use std::error::Error;
use std::time::Duration;

use session_sdk::runtime::{Body, BoxFuture, ReqwestTransport, Transport, TransportError};

/// The way out, without TLS.
fn plain() -> ReqwestTransport {
    ReqwestTransport::new(Duration::from_secs(5), false).expect("a transport without TLS")
}

/// Changes each request on its way out.
struct Tamper<F> {
    transport: ReqwestTransport,
    change: F,
}

impl<F> Transport for Tamper<F>
where
    F: Fn(&mut http::Request<Body>) + Send + Sync + 'static,
{
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (self.change)(&mut request);
        self.transport.send(request)
    }
}

/// Sends another body than the call's.
pub(crate) fn with_body(body: &'static str) -> impl Transport {
    let change = move |request: &mut http::Request<Body>| {
        request.headers_mut().remove(http::header::CONTENT_LENGTH);
        *request.body_mut() = Body::from(body);
    };
    Tamper {
        transport: plain(),
        change,
    }
}

/// Leaves the credential out.
pub(crate) fn without_credential() -> impl Transport {
    let change = |request: &mut http::Request<Body>| {
        request.headers_mut().remove(http::header::AUTHORIZATION);
    };
    Tamper {
        transport: plain(),
        change,
    }
}

/// Does something after each 5xx, before the runtime sees it.
pub(crate) fn after_5xx<F>(action: F) -> impl Transport
where
    F: Fn(u16) -> BoxFuture<'static, ()> + Send + Sync + 'static,
{
    After {
        transport: plain(),
        action,
    }
}

struct After<F> {
    transport: ReqwestTransport,
    action: F,
}

impl<F> Transport for After<F>
where
    F: Fn(u16) -> BoxFuture<'static, ()> + Send + Sync + 'static,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let response = self.transport.send(request).await?;
            if response.status().is_server_error() {
                (self.action)(response.status().as_u16()).await;
            }
            Ok(response)
        })
    }
}

/// Sends JSON past the SDK, to what a server has beside its API. Gives the status.
pub(crate) async fn post_json(address: String, body: String) -> Result<u16, Box<dyn Error>> {
    let request = http::Request::post(address)
        .header(http::header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))?;
    Ok(plain().send(request).await?.status().as_u16())
}
