//! Secrets at every location where one can occur, servers that do their worst with them, and a search
//! of all that is said meanwhile.

use std::fmt::Debug;
use std::sync::Mutex;

use sdk_tests::faults::{FaultServer, Received, Step, answer, json};
use session_sdk::runtime::Base64;
use session_sdk::{Credential, RetryPolicy, clerk, seam};

use super::watch::{seen, watch};

const KEY: &str = "planted-bearer-1";
const PASSWORD: &str = "planted-password";
/// Sensitive fields of a body.
const TOKENS: [&str; 2] = ["planted-expired", "planted-refresh"];

/// No secret, in no form, anywhere in a text.
pub(super) fn assert_clean(shown: &str) {
    let basic = Base64::from(format!("ann:{PASSWORD}").into_bytes()).encode();
    for needle in ["planted", &basic] {
        if let Some(at) = shown.find(needle) {
            let from = shown[..at]
                .char_indices()
                .rev()
                .nth(400)
                .map_or(0, |(at, _)| at);
            panic!("a secret is shown: …{}", &shown[from..at + needle.len()]);
        }
    }
}

/// What servers do with secrets.
const WAYS: [fn(&Received) -> Vec<Step>; 8] = [
    |request| vec![json("200 OK", good(request))],
    // Each sensitive field is of another type than promised.
    |request| {
        let wrong = good(request).replace(r#""planted-"#, r#"{"planted":"planted-"#);
        let wrong = wrong.replace(r#"-answer""#, r#"-answer"}"#);
        vec![json("200 OK", &wrong)]
    },
    |request| vec![json("200 OK", &good(request)[..good(request).len() - 3])],
    |request| vec![echo("401 Who are you", request)],
    |request| vec![echo("429 Slow down", request)],
    |_| {
        let head = "HTTP/1.1 200 OK\r\nset-cookie: planted\r\ncontent-length: 99\r\n\r\n";
        vec![
            Step::send(format!("{head}{{\"jwt\":\"planted-")),
            Step::Reset,
        ]
    },
    |_| {
        vec![answer(
            "302 Moved",
            "location: http://127.0.0.1:1/?key=planted\r\n",
            b"planted",
        )]
    },
    |_| vec![Step::send("planted planted planted\r\n\r\n"), Step::Close],
];

/// A good answer, its sensitive fields filled.
fn good(request: &Received) -> &'static str {
    match request.target().rsplit('/').next().unwrap_or_default() {
        "tokens" => r#"{"object":"token","jwt":"planted-answer"}"#,
        "refresh" => r#"{"object":"cookies","cookies":["planted-answer"]}"#,
        _ => {
            r#"{"client_session":{"workspace_id":"w","token":"planted-answer",
               "user_identifier_key":null,"created_at":"2023-12-26T04:23:46.829Z",
               "client_session_id":"c","device_count":4,"connected_account_ids":[],
               "connect_webview_ids":[],"user_identity_ids":[]},"ok":true}"#
        }
    }
}

/// An error that repeats the credential and what else is secret, as some do.
fn echo(status: &str, request: &Received) -> Step {
    let key = request.header("authorization").unwrap_or_default();
    let key = key.rsplit(' ').next().unwrap_or_default();
    let mut says = format!("the key {key} is wrong");
    let body = request.text();
    for token in TOKENS.into_iter().filter(|token| body.contains(token)) {
        says += &format!(", so is {token}");
    }
    let body = serde_json::json!({
        "errors": [{ "code": key, "message": says, "long_message": says }],
        "error": { "type": key, "message": says },
        "clerk_trace_id": key,
    });
    let headers = format!("set-cookie: planted\r\nretry-after: 0\r\nseam-request-id: {key}\r\n");
    answer(status, &headers, body.to_string().as_bytes())
}

/// What there is to see of a call's result.
fn result<T: Debug, B: Debug + 'static>(result: Result<T, session_sdk::Error<B>>) -> String {
    match result {
        Ok(value) => format!("{value:?}\n{value:#?}\n"),
        Err(error) => seen(error),
    }
}

fn policy() -> RetryPolicy {
    let pause = std::time::Duration::from_millis(1);
    RetryPolicy::new().retries(1).backoff(pause, pause)
}

async fn clerk_s(url: &str, key: Credential) -> String {
    let builder = clerk::Client::builder().secret_key(key).base_url(url);
    let builder = builder
        .header("x-extra", "planted-header")
        .retry_policy(policy());
    let mut shown = format!("{builder:?}");
    let client = builder.build().unwrap();
    let sessions = client.sessions();
    let refresh = sessions.refresh("s", TOKENS[0], TOKENS[1], "https://a.test");
    shown += &format!(
        "{client:?}{sessions:?}{refresh:?}{:?}",
        refresh.clone().send()
    );
    shown += &result(refresh.clone().await);
    shown += &result(refresh.clone().raw().await);
    shown += &format!("{:?}", refresh.build().await.unwrap());
    shown += &result(sessions.create_token("s").with_response().await);
    // Most of the answers make an empty list.
    let item = sessions.list().items().next_item().await;
    shown + &item.map_or_else(String::new, result)
}

async fn seam_s(url: &str) -> String {
    let builder = seam::Client::builder().base_url(url).retry_policy(policy());
    let builder = builder
        .personal_access_token(KEY)
        .workspace_id("planted-workspace");
    let client = builder.build().unwrap();
    let call = client
        .client_sessions()
        .get()
        .user_identifier_key("planted-user");
    let mut shown = format!("{client:?}{call:?}");
    shown += &result(call.clone().await);
    shown += &result(call.with_response().await);
    shown
}

async fn golden_s(url: &str) -> String {
    let builder = || {
        let builder = sdk_golden::security::Client::builder().base_url(url);
        builder.retry_policy(sdk_golden::RetryPolicy::never())
    };
    let clients = [
        builder().basic("ann", PASSWORD).build(),
        builder().key("planted-key").app("planted-app").build(),
        builder()
            .query_key("planted-query&1")
            .cookie_key("planted-cookie;1")
            .build(),
    ];
    let mut shown = String::new();
    for client in clients {
        let client = client.unwrap();
        shown += &format!("{client:?}");
        shown += &golden_result(client.either().either().await);
        shown += &golden_result(client.query().by_query().await);
        shown += &golden_result(client.cookie().by_cookie().await);
    }
    shown
}

fn golden_result<T: Debug, B: Debug + 'static>(
    result: Result<T, sdk_golden::runtime::Error<B>>,
) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => seen(error),
    }
}

#[test]
fn no_secret_is_said_anywhere() {
    let came = Mutex::new(String::new());
    let shown = watch(|| async {
        let mut shown = String::new();
        for way in WAYS {
            let server = FaultServer::start(way).await.unwrap();
            let provided = Credential::provider(|| async { Ok::<_, std::io::Error>(KEY) });
            for key in [Credential::from(KEY), provided] {
                shown += &clerk_s(&server.url(), key).await;
            }
            shown += &seam_s(&server.url()).await;
            shown += &golden_s(&server.url()).await;
            for request in server.requests() {
                came.lock().unwrap().push_str(&request.text());
            }
        }
        shown
    });
    let came = came.into_inner().unwrap();
    for secret in [
        KEY,
        "planted-workspace",
        "planted-refresh",
        "planted-query%261",
    ] {
        assert!(came.contains(secret), "{secret} was not sent");
    }
    for heard in [
        "message=response received",
        "message=call failed",
        "starting new connection",
        "401",
    ] {
        assert!(shown.contains(heard), "`{heard}` was not heard");
    }
    assert_clean(&shown);
}

#[test]
fn no_secret_is_said_where_nobody_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let shown = watch(|| async {
        let mut shown = clerk_s(&nobody, Credential::from(KEY)).await;
        shown += &seam_s(&nobody).await;
        shown += &golden_s(&nobody).await;
        shown
    });
    assert!(shown.contains("Connection refused"), "{shown}");
    assert_clean(&shown);
}

/// An error keeps what the server said, without the secrets that it repeats.
#[tokio::test]
async fn what_a_server_repeats_is_cut_out_of_its_words() {
    let server = FaultServer::start(WAYS[3]).await.unwrap();
    let client = clerk::Client::builder()
        .secret_key(KEY)
        .base_url(server.url());
    let client = client.build().unwrap();
    let error = client.sessions().get("s").await.unwrap_err();
    assert_eq!(error.message(), Some("the key … is wrong"));
    assert_eq!(error.code(), Some("…"));
    assert!(error.to_string().contains("the key … is wrong"), "{error}");
    assert!(
        error.bytes().unwrap().len() > 50,
        "what came is kept as it came"
    );
    let [expired, refresh] = TOKENS;
    let call = client
        .sessions()
        .refresh("s", expired, refresh, "https://a.test");
    let error = call.await.unwrap_err();
    let says = "the key … is wrong, so is …, so is …";
    assert_eq!(error.message(), Some(says));
}
