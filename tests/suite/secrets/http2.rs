//! The same over HTTP/2 and TLS, whose libraries tell far more of what they do.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ServerConfig, crypto::ring};

use super::planted::assert_clean;
use super::watch::watch;
use crate::faults::tls::{certificate, trusting};

/// A server in threads of its own, so that what it says itself is not heard.
struct Http2 {
    url: String,
    certificate: CertificateDer<'static>,
    runtime: Runtime,
}

fn serve(status: u16) -> Http2 {
    let (certificate, key) = certificate("localhost", 2099);
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let port = listener.local_addr().unwrap().port();
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else {
                continue;
            };
            let answer = service_fn(move |_| async move {
                let mut answer = http::Response::new(Full::new(Bytes::from("planted")));
                *answer.status_mut() = status.try_into().unwrap();
                Ok::<_, Infallible>(answer)
            });
            let connection = http2::Builder::new(TokioExecutor::new());
            // It ends when the client hangs up.
            tokio::spawn(connection.serve_connection(TokioIo::new(stream), answer));
        }
    });
    Http2 {
        url: format!("https://localhost:{port}"),
        certificate,
        runtime,
    }
}

#[test]
fn no_secret_is_said_over_http2() {
    for status in [204, 401, 500] {
        let server = serve(status);
        let shown = watch(|| async {
            let mut tls = trusting(Some(&server.certificate));
            tls.alpn_protocols = vec![b"h2".to_vec()];
            let client = sdk_golden::security::Client::builder()
                .base_url(&*server.url)
                .retry_policy(sdk_golden::RetryPolicy::never())
                .reqwest(move |builder| builder.tls_backend_preconfigured(tls.clone()))
                .basic("ann", "planted-password")
                .key("planted-key")
                .app("planted-app")
                .query_key("planted-query")
                .cookie_key("planted-cookie")
                .token("planted-token")
                .build()
                .unwrap();
            let mut shown = String::new();
            shown += &format!("{:?}", client.either().either().await);
            shown += &format!("{:?}", client.query().by_query().await);
            shown += &format!("{:?}", client.cookie().by_cookie().await);
            shown += &format!("{:?}", client.default().with_default().await);
            shown
        });
        assert!(shown.contains("h2::"), "HTTP/2 was not heard: {shown}");
        assert_clean(&shown);
        server.runtime.shutdown_background();
    }
}
