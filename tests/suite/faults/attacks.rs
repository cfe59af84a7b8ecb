//! Servers and arguments that attack a caller: each must be an error, and must not repeat a secret.

use std::time::{Duration, Instant};

use sdk_golden::{bodies, maps, pagination, security};
use sdk_tests::faults::{FaultServer, Received, Step, answer, json};
use session_sdk::{Credential, ErrorKind, clerk, seam};

use super::{builder, client};

const KEY: &str = "planted-key-of-the-test";

async fn server(body: impl Into<String>) -> FaultServer {
    let body = body.into();
    FaultServer::start(move |_| vec![json("200 OK", &body)])
        .await
        .unwrap()
}

/// An error and its sources, by `Display` and `Debug`.
fn all_texts(error: &(dyn std::error::Error + 'static)) -> String {
    let errors = std::iter::successors(Some(error), |error| error.source());
    errors.map(|error| format!("{error} {error:?}\n")).collect()
}

#[tokio::test]
async fn a_server_variable_cannot_send_a_credential_to_another_host() {
    for region in [
        "evil.example/",
        "evil.example:8443/",
        "127.0.0.1:1/",
        "[::1]/",
        "",
        ".",
    ] {
        let builder = security::Client::builder().key(KEY).region(region);
        let error = builder.build().unwrap_err();
        assert_eq!(
            error.kind(),
            sdk_golden::ErrorKind::Build,
            "{region}: {error}"
        );
    }
}

#[tokio::test]
async fn a_framing_header_is_not_sent() {
    let server = server("{}").await;
    for name in [
        "content-length",
        "transfer-encoding",
        "connection",
        "te",
        "upgrade",
        "host",
    ] {
        let call = client(&server)
            .sessions()
            .create("user_1")
            .header(name, "5");
        assert_eq!(
            call.await.unwrap_err().kind(),
            ErrorKind::InvalidRequest,
            "{name}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_error_with_status_200_is_not_an_empty_list() {
    for body in ["{}", r#"{"errors":[{"code":"x","message":"m"}]}"#, "7"] {
        let server = server(body).await;
        let client = client(&server);
        let of_call = client.sessions().list().await.unwrap_err();
        let of_items = client
            .sessions()
            .list()
            .items()
            .try_next()
            .await
            .unwrap_err();
        let of_pages = client.sessions().list().pages().next_page().await;
        assert_eq!(of_call.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(of_items.to_string(), of_call.to_string());
        assert_eq!(
            of_pages.unwrap().unwrap_err().to_string(),
            of_call.to_string()
        );
    }
    // Null is an empty list, unless it contradicts the total.
    let null = server("null").await;
    assert!(client(&null).sessions().list().await.unwrap().is_empty());
    let null = server(r#"{"data":null,"total_count":7}"#).await;
    let error = client(&null)
        .sessions()
        .list()
        .items()
        .try_next()
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.json_path()),
        (ErrorKind::Decode, Some("$.data"))
    );
}

#[tokio::test]
async fn a_list_of_a_server_that_loops_ends_with_an_error() {
    let server = FaultServer::start(|request: &Received| {
        let next = if request.text().contains("\"a\"") {
            "b"
        } else {
            "a"
        };
        let body =
            format!(r#"{{"items":[{{"id":"1"}}],"pagination":{{"next_page_cursor":"{next}"}}}}"#);
        vec![json("200 OK", &body)]
    })
    .await
    .unwrap();
    let client = pagination::Client::builder()
        .base_url(server.url())
        .build()
        .unwrap();
    let mut items = client.cursor().list_by_cursor().items();
    let error = loop {
        match items.try_next().await {
            Ok(item) => assert!(item.is_some(), "the list ended"),
            Err(error) => break error,
        }
    };
    assert!(error.is_decode(), "{error}");
    assert_eq!(server.requests().len(), 3);

    let bodies = FaultServer::start(|_| vec![json("200 OK", r#"[{"id":"1"}]"#)])
        .await
        .unwrap();
    let builder = pagination::Client::builder()
        .base_url(bodies.url())
        .max_pages(5);
    let mut items = builder.build().unwrap().bare().list_bare().items();
    let error = loop {
        match items.try_next().await {
            Ok(item) => assert!(item.is_some(), "the list ended"),
            Err(error) => break error,
        }
    };
    assert!(error.to_string().contains("`max_pages`"), "{error}");
    assert_eq!(bodies.requests().len(), 5);
}

#[tokio::test]
async fn an_error_of_decoding_does_not_repeat_a_credential() {
    let server = FaultServer::start(|request: &Received| {
        let key = request.header("authorization").unwrap_or_default();
        let key = key.rsplit(' ').next().unwrap_or_default();
        vec![answer(
            "200 OK",
            &format!("content-encoding: {key}\r\n"),
            b"no JSON",
        )]
    })
    .await
    .unwrap();
    let client = clerk::Client::builder()
        .secret_key(KEY)
        .base_url(server.url());
    let error = client
        .build()
        .unwrap()
        .sessions()
        .get("s")
        .await
        .unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains('…'),
        "{error}"
    );
    assert!(!all_texts(&error).contains(KEY), "{}", all_texts(&error));
}

#[tokio::test]
async fn a_header_of_the_caller_is_not_repeated() {
    let server = FaultServer::start(|request: &Received| {
        let keys = [
            request.header("seam-publishable-key"),
            request.header("x-extra"),
        ];
        let message = format!("{:?} are not valid", keys);
        let body = serde_json::json!({ "error": { "type": "x", "message": message } });
        vec![json("401 Unauthorized", &body.to_string())]
    })
    .await
    .unwrap();
    let builder = seam::Client::builder().base_url(server.url());
    let builder = builder
        .header("seam-publishable-key", KEY)
        .header("x-extra", "planted-extra");
    let error = builder
        .build()
        .unwrap()
        .client_sessions()
        .create()
        .await
        .unwrap_err();
    assert_eq!(error.status().map(u16::from), Some(401), "{error}");
    assert!(
        error.message().is_some_and(|message| message.contains('…')),
        "{error}"
    );
    assert!(
        !all_texts(&error).contains("planted"),
        "{}",
        all_texts(&error)
    );
}

#[tokio::test]
async fn a_member_name_of_a_megabyte_does_not_make_a_line_of_a_megabyte() {
    let name = "x".repeat(1_000_000);
    let server = server(format!(r#"{{"numbers":{{"{name}":"no number"}}}}"#)).await;
    let client = maps::Client::builder()
        .base_url(server.url())
        .build()
        .unwrap();
    let error = client
        .maps()
        .put_maps(maps::types::Maps::new())
        .await
        .unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert!(all_texts(&error).chars().count() < 2_000);
}

#[tokio::test]
async fn a_time_that_means_never_does_not_fail_a_list() {
    let session = super::session_named("a").replace('\n', "");
    let mut session: serde_json::Value = serde_json::from_str(&session).unwrap();
    session["expire_at"] = 253_402_300_799_000_i64.into();
    let server = server(format!("[{session}]")).await;
    let sessions = client(&server).sessions().list().await.unwrap();
    assert_eq!(sessions[0].expire_at, jiff::Timestamp::MAX);
}

#[tokio::test]
async fn comments_do_not_hold_a_stream_open() {
    let server = FaultServer::start(|_| {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
        let mut steps = vec![Step::send(format!("{head}data: {{\"n\":1}}\n\n"))];
        for _ in 0..200 {
            steps.push(Step::Pause(Duration::from_millis(20)));
            steps.push(Step::send(": ping\n\n"));
        }
        steps
    })
    .await
    .unwrap();
    let limit = Duration::from_millis(300);
    let builder = bodies::Client::builder()
        .base_url(server.url())
        .event_timeout(limit);
    let mut events = builder.build().unwrap().events().watch().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().n, 1);
    let start = Instant::now();
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(error.to_string().contains("`event_timeout`"), "{error}");
    assert!(
        start.elapsed() < Duration::from_secs(3),
        "{:?}",
        start.elapsed()
    );
    assert!(events.next().await.is_none());
}

#[test]
fn a_provider_that_blocks_does_not_hold_the_call_of_another_client() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime
        .block_on(FaultServer::start(|request: &Received| {
            vec![super::session(request)]
        }))
        .unwrap();
    let provider = Credential::provider(|| async {
        std::thread::sleep(Duration::from_secs(4));
        Ok::<_, std::io::Error>(KEY)
    });
    let blocked = clerk::Client::builder()
        .secret_key(provider)
        .base_url(server.url());
    let blocked = blocked.build().unwrap();
    let free = builder(server.url())
        .total_timeout(Duration::from_secs(3))
        .build()
        .unwrap();
    std::thread::scope(|scope| {
        let blocked = scope.spawn(move || blocked.sessions().get("a").send().wait());
        std::thread::sleep(Duration::from_millis(100));
        let start = Instant::now();
        assert_eq!(free.sessions().get("b").send().wait().unwrap().id, "b");
        assert!(
            start.elapsed() < Duration::from_secs(3),
            "{:?}",
            start.elapsed()
        );
        assert!(!blocked.is_finished());
        assert_eq!(blocked.join().unwrap().unwrap().id, "a");
    });
}
