//! Redirects: not followed, and no credential goes along.

use futures_util::future::join_all;
use sdk_tests::faults::{FaultServer, Step, answer};
use session_sdk::{ErrorKind, clerk};

use super::{LONG, builder, outcome, session};

const SECRET: &str = "sk_test_faults";

#[tokio::test]
async fn no_redirect_is_followed() {
    let statuses = ["301", "302", "303", "307", "308"];
    join_all(statuses.map(|status| async move {
        let steps = vec![answer(status, "location: /sessions/sess_1\r\n", b"")];
        outcome(steps, LONG)
            .await
            .assert(status, ErrorKind::Redirect, 1);
    }))
    .await;
}

/// A server that sends everybody to another address.
async fn redirecting(to: String) -> FaultServer {
    let location = format!("location: {to}/caught\r\n");
    let steps = vec![answer("307 Elsewhere", &location, b"")];
    FaultServer::start(move |_| steps.clone()).await.unwrap()
}

#[tokio::test]
async fn another_host_or_port_gets_nothing() {
    let thief = FaultServer::start(|request| vec![session(request)])
        .await
        .unwrap();
    let port = thief.address().port();
    for to in [
        thief.url(),
        format!("http://localhost:{port}"),
        format!("https://127.0.0.1:{port}"),
    ] {
        let server = redirecting(to).await;
        let client = super::client(&server);
        for error in [
            client.sessions().get("a").await.unwrap_err(),
            client.sessions().create("user_1").await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Redirect, "{error:?}");
        }
        assert_eq!(server.requests().len(), 2);
    }
    assert_eq!(thief.connections(), 0);
}

#[tokio::test]
async fn whatever_is_configured_redirects_stay_off() {
    let thief = FaultServer::start(|request| vec![session(request)])
        .await
        .unwrap();
    let server = redirecting(thief.url()).await;
    let follow = |builder: session_sdk::runtime::ReqwestClientBuilder| {
        builder.redirect(reqwest::redirect::Policy::limited(5))
    };
    let client = builder(server.url()).reqwest(follow).build().unwrap();
    let error = client.sessions().get("a").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(thief.connections(), 0);
}

/// What a caller's own client does cannot be prevented, but it does not go unnoticed.
#[tokio::test]
async fn a_caller_s_client_that_follows_redirects_is_reported() {
    let thief = FaultServer::start(|request| vec![session(request)])
        .await
        .unwrap();
    let client = |server: &FaultServer| -> clerk::Client {
        let own = reqwest::Client::builder().tls_backend_preconfigured(super::tls::trusting(None));
        builder(server.url())
            .reqwest_client(own.build().unwrap())
            .build()
            .unwrap()
    };
    let server = redirecting(thief.url()).await;
    let error = client(&server).sessions().get("a").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1));
    assert!(format!("{error:?}").contains("another origin"), "{error:?}");
    assert!(
        thief
            .requests()
            .iter()
            .all(|request| !request.text().contains(SECRET))
    );

    let endless = vec![answer("307 Again", "location: /again\r\n", b"")];
    let server = FaultServer::start(move |_| endless.clone()).await.unwrap();
    let error = client(&server).sessions().get("a").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1));
    assert_eq!(server.requests().len(), 11);

    let server = FaultServer::start(|request| match request.target() {
        "/moved" => vec![session(request)],
        _ => vec![
            answer("307 Moved", "location: /moved\r\n", b""),
            Step::Pause(LONG / 10_000),
        ],
    });
    let server = server.await.unwrap();
    assert_eq!(
        client(&server).sessions().get("a").await.unwrap().id,
        "moved"
    );
}
