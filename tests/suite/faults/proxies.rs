//! Proxies, set on the client's own transport.

use sdk_tests::faults::{FaultServer, Received, answer};
use session_sdk::{ErrorKind, clerk};

use super::{builder, session};

/// No such host: only a proxy can know the way.
const HIDDEN: &str = "http://hidden.invalid/v1";

/// A client that reaches an address through a proxy.
fn through(proxy: &str, address: &str) -> clerk::Client {
    let proxy = reqwest::Proxy::all(proxy).unwrap();
    let proxied = move |builder: session_sdk::runtime::ReqwestClientBuilder| {
        builder.proxy(proxy.clone().basic_auth("proxy-user", "proxy-password"))
    };
    builder(address)
        .allow_insecure_http()
        .reqwest(proxied)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_proxy_carries_requests() {
    let proxy = FaultServer::start(|request| vec![session(request)])
        .await
        .unwrap();
    let client = through(&proxy.url(), HIDDEN);
    assert_eq!(client.sessions().get("a").await.unwrap().id, "a");
    let request = proxy.requests().remove(0);
    assert_eq!(request.target(), "http://hidden.invalid/v1/sessions/a");
    assert!(request.header("proxy-authorization").is_some());
}

#[tokio::test]
async fn a_proxy_that_refuses_is_an_answer() {
    let steps = vec![answer("407 Who are you", "", b"")];
    let proxy = FaultServer::start(move |_| steps.clone()).await.unwrap();
    let error = through(&proxy.url(), HIDDEN)
        .sessions()
        .get("a")
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.status().map(u16::from)),
        (ErrorKind::Status, Some(407))
    );
    assert_eq!(proxy.requests().len(), 1);
}

#[tokio::test]
async fn a_tunnel_that_is_not_made_is_no_connection_and_learns_nothing() {
    for status in ["407 Who are you", "502 Nobody there", "200\u{b5}"] {
        let steps = vec![answer(status, "", b"")];
        let proxy = FaultServer::start(move |_| steps.clone()).await.unwrap();
        let client = through(&proxy.url(), "https://hidden.invalid/v1");
        let error = client.sessions().create("user_1").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Connect, 3),
            "{error:?}"
        );
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("proxy-password"), "{shown}");
        for request in proxy.requests() {
            assert_eq!(
                (request.method(), request.target()),
                ("CONNECT", "hidden.invalid:443")
            );
            assert_eq!(request.header("authorization"), None);
        }
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = through(&nobody, HIDDEN)
        .sessions()
        .create("user_1")
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
}

/// Where the child process finds a server that needs no proxy. Its presence makes a process the
/// child.
const DIRECT: &str = "SESSION_SDK_TEST_DIRECT";

/// The environment belongs to the whole process, so the calls are made in one of their own.
#[tokio::test]
async fn a_proxy_of_the_environment() {
    if let Ok(direct) = std::env::var(DIRECT) {
        return calls_of_the_child(&direct).await;
    }
    let carries = |request: &Received| match request.method() {
        "CONNECT" => vec![answer("502 Nobody there", "", b"")],
        _ => vec![session(request)],
    };
    let proxy = FaultServer::start(carries).await.unwrap();
    let direct = FaultServer::start(|request| vec![session(request)]);
    let direct = direct.await.unwrap();
    let mut child = tokio::process::Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "faults::proxies::a_proxy_of_the_environment"])
        .env(DIRECT, direct.url())
        .env("NO_PROXY", "127.0.0.1")
        .kill_on_drop(true);
    for name in ["HTTP_PROXY", "HTTPS_PROXY"] {
        // Written in small letters it would win.
        child.env(name, proxy.url()).env_remove(name.to_lowercase());
    }
    let child = tokio::time::timeout(super::LONG, child.env_remove("no_proxy").output());
    let output = child.await.unwrap().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    let asked: Vec<String> = proxy
        .requests()
        .iter()
        .map(|it| it.target().to_owned())
        .collect();
    assert_eq!(
        asked,
        ["http://hidden.invalid/v1/sessions/a", "hidden.invalid:443"]
    );
    assert_eq!(direct.requests().len(), 1);
}

async fn calls_of_the_child(direct: &str) {
    let client = |address: &str| {
        let builder = builder(address).allow_insecure_http();
        builder.retries(0).build().unwrap()
    };
    let session = client(HIDDEN).sessions().get("a").await;
    assert_eq!(session.unwrap().id, "a");
    let error = client("https://hidden.invalid/v1")
        .sessions()
        .get("a")
        .await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Connect);
    let session = client(direct).sessions().get("b").await;
    assert_eq!(session.unwrap().id, "b");
}
