//! Certificates that must not be trusted, and handshakes that fail in other ways.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use sdk_tests::faults::FaultServer;
use session_sdk::{ErrorKind, clerk};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig, crypto::ring};

use super::{builder, session_named};

/// A server with a certificate of its own making.
struct TlsServer {
    port: u16,
    certificate: CertificateDer<'static>,
    handshakes: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
    accepting: JoinHandle<()>,
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// For a host, valid until the end of a year.
pub(crate) fn certificate(
    host: &str,
    last_year: i32,
) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
    let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
    params.not_before = date_time_ymd(2000, 1, 1);
    params.not_after = date_time_ymd(last_year, 12, 31);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    (certificate.der().clone(), key.into())
}

async fn serve(host: &str, last_year: i32) -> TlsServer {
    let (certificate, key) = certificate(host, last_year);
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    serve_with(config, certificate).await
}

async fn serve_with(config: ServerConfig, certificate: CertificateDer<'static>) -> TlsServer {
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (handshakes, requests) = <(Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
    let counts = (Arc::clone(&handshakes), Arc::clone(&requests));
    let accepting = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counts.0.fetch_add(1, Ordering::SeqCst);
            let Ok(stream) = acceptor.accept(stream).await else {
                continue;
            };
            answer(stream, &counts.1).await;
        }
    });
    TlsServer {
        port,
        certificate,
        handshakes,
        requests,
        accepting,
    }
}

/// Answers what comes first, and hangs up.
async fn answer(
    mut stream: tokio_rustls::server::TlsStream<tokio::net::TcpStream>,
    requests: &AtomicUsize,
) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let mut request = [0; 4096];
    if !matches!(stream.read(&mut request).await, Ok(0) | Err(_)) {
        requests.fetch_add(1, Ordering::SeqCst);
        let body = session_named("secure");
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        // A client that has hung up shows in the test's own result.
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
    }
}

/// What a client trusts: this certificate, or none at all.
pub(crate) fn trusting(certificate: Option<&CertificateDer<'static>>) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    if let Some(certificate) = certificate {
        roots.add(certificate.clone()).unwrap();
    }
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// A client that trusts a server's certificate.
fn trusting_client(server: &TlsServer) -> clerk::Client {
    let tls = trusting(Some(&server.certificate));
    builder(format!("https://localhost:{}", server.port))
        .reqwest(move |builder| builder.tls_backend_preconfigured(tls.clone()))
        .build()
        .unwrap()
}

/// Nothing was sent: the handshake came first, and failed.
async fn refused(server: &TlsServer, client: clerk::Client, says: &str) {
    let errors = [
        client.sessions().get("a").await.unwrap_err(),
        client.sessions().create("user_1").await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1));
        assert!(error.is_connect() && !error.is_retryable());
        assert!(error.to_string().ends_with(says), "{error}");
    }
    assert_eq!(server.handshakes.load(Ordering::SeqCst), 2);
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_certificate_that_is_trusted() {
    let server = serve("localhost", 2099).await;
    let session = trusting_client(&server).sessions().get("a").await.unwrap();
    assert_eq!(session.id, "secure");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for() {
    let server = serve("localhost", 2099).await;
    let client = builder(format!("https://localhost:{}", server.port))
        .build()
        .unwrap();
    let says = ": the TLS handshake failed: invalid peer certificate: UnknownIssuer";
    refused(&server, client, says).await;
}

#[tokio::test]
async fn a_certificate_of_another_host() {
    let server = serve("other.test", 2099).await;
    let says = r#"is only valid for DnsName("other.test")"#;
    refused(&server, trusting_client(&server), says).await;
}

#[tokio::test]
async fn a_certificate_that_has_expired() {
    let server = serve("localhost", 2001).await;
    refused(&server, trusting_client(&server), "seconds ago)").await;
}

/// The error of a client that meets this on a port where TLS should be.
async fn instead_of_tls(server: &FaultServer) -> clerk::Error {
    let client = builder(format!("https://{}", server.address()));
    let client = client.build().unwrap();
    client.sessions().create("user_1").await.unwrap_err()
}

#[tokio::test]
async fn a_server_that_speaks_no_tls() {
    let server = FaultServer::greeting("HTTP/1.1 400 Bad Request\r\n\r\n")
        .await
        .unwrap();
    let error = instead_of_tls(&server).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1));
    assert!(error.to_string().contains("InvalidContentType"), "{error}");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_handshake_that_breaks_off_may_go_better_the_next_time() {
    let closing = FaultServer::greeting("").await.unwrap();
    for server in [FaultServer::resetting().await.unwrap(), closing] {
        let error = instead_of_tls(&server).await;
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
        assert_eq!(server.connections(), 3);
    }
}

#[tokio::test]
async fn a_server_that_wants_a_certificate_of_the_client() {
    for version in [&TLS12, &TLS13] {
        let (own, key) = certificate("localhost", 2099);
        let mut roots = RootCertStore::empty();
        roots.add(own.clone()).unwrap();
        let provider = Arc::new(ring::default_provider());
        let wanted = WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[version])
            .unwrap()
            .with_client_cert_verifier(wanted.build().unwrap())
            .with_single_cert(vec![own.clone()], key)
            .unwrap();
        let server = serve_with(config, own).await;
        refused(
            &server,
            trusting_client(&server),
            "fatal alert: CertificateRequired",
        )
        .await;
    }
}
