//! Selection and encoding of credentials.

use std::ffi::OsString;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::sample_api::{API, Client, ClientBuilder, GET};
use crate::runtime::security::select;
use crate::runtime::testing::{InstantTimer, MockTransport, RecordedRequest};
use crate::runtime::{BoxError, CoreBuilder, Credential, ErrorKind, Operation, decode};

type Security = &'static [&'static [&'static str]];

fn selected(security: Security, available: &[&str]) -> Option<Vec<&'static str>> {
    let has = |index: usize| available.contains(&API.schemes[index].name);
    select(&API, security, has).map(<[_]>::to_vec)
}

#[test]
fn the_first_complete_security_requirement_is_selected() {
    let security: Security = &[&["key", "workspace"], &["login"], &["token"]];
    assert_eq!(selected(security, &["key"]), None);
    assert_eq!(selected(security, &["key", "token"]), Some(vec!["token"]));
    assert_eq!(selected(security, &["login", "token"]), Some(vec!["login"]));
    let all = &["key", "workspace", "login"];
    assert_eq!(selected(security, all), Some(vec!["key", "workspace"]));
}

#[test]
fn no_credential_is_needed_without_requirements_or_with_an_empty_one() {
    assert_eq!(selected(&[], &["key"]), Some(vec![]));
    assert_eq!(selected(&[&[], &["key"]], &[]), Some(vec![]));
    assert_eq!(selected(&[&[], &["key"]], &["key"]), Some(vec!["key"]));
    assert_eq!(selected(&[&["unknown"]], &["key"]), None);
}

fn with(credentials: &[(&str, &str)]) -> ClientBuilder {
    let mut builder = Client::builder();
    for (scheme, secret) in credentials {
        builder.core.credential(scheme, Credential::from(*secret));
    }
    builder
}

async fn sent(
    operation: &'static Operation,
    credentials: &[(&str, &str)],
) -> RecordedRequest {
    let mock = MockTransport::new().json(200, "{}");
    let client = with(credentials).transport(mock.clone()).timer(InstantTimer::new());
    let mut request = client.build().unwrap().core.request(operation);
    request.path("thing_id", "x");
    request.query("q", 1);
    request.send::<(), ()>(decode::empty).await.unwrap();
    mock.requests().remove(0)
}

#[tokio::test]
async fn each_scheme_is_sent_in_its_location() {
    static BOTH: Operation = Operation { security: &[&["key", "workspace"]], ..GET };
    let request = sent(&BOTH, &[("key", "k"), ("workspace", "w")]).await;
    assert_eq!(request.header("authorization"), Some("Bearer k"));
    assert_eq!(request.header("x-workspace"), Some("w"));

    static LOGIN: Operation = Operation { security: &[&["login"]], ..GET };
    let request = sent(&LOGIN, &[("login", "Aladdin:open sesame")]).await;
    let expected = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    assert_eq!(request.header("authorization"), Some(expected));

    static TOKEN: Operation = Operation { security: &[&["token", "sid"]], ..GET };
    let request = sent(&TOKEN, &[("token", "a&b"), ("sid", "s;t")]).await;
    assert_eq!(request.query(), "q=1&token=a%26b");
    assert_eq!(request.header("cookie"), Some("sid=s%3Bt"));

    static DIGEST: Operation = Operation { security: &[&["digest"]], ..GET };
    let request = sent(&DIGEST, &[("digest", "d")]).await;
    assert_eq!(request.header("authorization"), Some("Token d"));
}

#[test]
fn an_invalid_credential_is_an_error_of_build() {
    for secret in [
        "",
        " ",
        " planted",
        "planted ",
        "plan ted planted",
        "planted\n",
        "planted\r\nx: y",
        "planted\0",
        "\u{e9}planted",
    ] {
        let error = with(&[("key", secret)]).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credential, "{secret:?}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("`secret_key`"), "{shown}");
        assert!(!shown.contains("planted"), "{shown}");
    }
}

#[test]
fn the_user_name_of_a_basic_credential_has_no_colon() {
    let build = |credential| {
        let mut builder = Client::builder();
        builder.core.credential("login", credential);
        builder.transport(MockTransport::new()).timer(InstantTimer::new()).build()
    };
    build(Credential::basic("ann", "a:b")).unwrap();
    let wrong = [
        (Credential::basic("a:n", "planted"), "has a colon in its user name"),
        (Credential::from("planted"), "has no colon"),
    ];
    for (credential, message) in wrong {
        let error = build(credential).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credential);
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(message) && !shown.contains("planted"), "{shown}");
    }
}

#[tokio::test]
async fn the_error_of_a_missing_credential_lists_setters_and_variables() {
    static ANY: Operation =
        Operation { security: &[&["key", "workspace"], &["login"]], ..GET };
    let mock = MockTransport::new();
    let client = Client::builder().transport(mock.clone()).timer(InstantTimer::new());
    let request = client.build().unwrap().core.request(&ANY);
    let mut request = request;
    request.path("thing_id", "x");
    let error = request.send::<(), ()>(decode::empty).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert_eq!(
        error.to_string(),
        "GetThing (GET /things/{thing_id}): no usable credential: set `secret_key` (or \
         SAMPLE_KEY for `from_env`) and `workspace` (or SAMPLE_SPACE for `from_env`), or `login` \
         on the client's builder"
    );
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn a_provider_is_called_before_each_attempt() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let provider = Credential::provider(move || {
        let call = counted.fetch_add(1, Ordering::SeqCst);
        async move { Ok::<_, std::io::Error>(format!("token-{call}")) }
    });
    let mock = MockTransport::new().json(503, "").json(200, r#"{"id":"x"}"#);
    let client = Client::builder().secret_key(provider).transport(mock.clone());
    let client = client.timer(InstantTimer::new()).build().unwrap();
    client.get("x").await.unwrap();
    let sent: Vec<_> = mock.requests();
    assert_eq!(sent[0].header("authorization"), Some("Bearer token-0"));
    assert_eq!(sent[1].header("authorization"), Some("Bearer token-1"));
}

#[tokio::test]
async fn fixed_credentials_and_providers_can_be_combined() {
    static BOTH: Operation = Operation { security: &[&["key", "workspace"]], ..GET };
    let body = r#"{"errors":[{"message":"fresh-token of fixed-space is bad"}]}"#;
    let mock = MockTransport::new().json(401, body).json(401, body);
    let mut builder = Client::builder();
    let provider = || async { Ok::<_, std::io::Error>("fresh-token") };
    builder.core.credential("key", Credential::provider(provider));
    builder.core.credential("workspace", Credential::from("fixed-space"));
    let client = builder.transport(mock.clone()).timer(InstantTimer::new());
    let mut request = client.build().unwrap().core.request(&BOTH);
    request.path("thing_id", "x");
    let error = request.send::<(), ()>(decode::empty).await.unwrap_err();
    assert_eq!(mock.requests()[0].header("authorization"), Some("Bearer fresh-token"));
    assert_eq!(mock.requests()[0].header("x-workspace"), Some("fixed-space"));
    let shown = format!("{error} {:?}", error.message());
    assert!(!shown.contains("fresh-token") && !shown.contains("fixed-space"), "{shown}");
}

#[tokio::test]
async fn a_provider_is_not_called_if_the_caller_sets_its_header() {
    let provider =
        Credential::provider(|| async { Err::<String, _>("must not be called") });
    let mock = MockTransport::new().json(200, r#"{"id":"x"}"#);
    let client = Client::builder().secret_key(provider).transport(mock.clone());
    let client = client.timer(InstantTimer::new()).build().unwrap();
    client.get("x").header("authorization", "Bearer own").await.unwrap();
    assert_eq!(mock.requests()[0].header("authorization"), Some("Bearer own"));
}

#[tokio::test]
async fn a_failed_provider_or_an_invalid_credential_of_one_is_an_error() {
    let call = |provider: Credential| async {
        let client =
            Client::builder().secret_key(provider).transport(MockTransport::new());
        client.timer(InstantTimer::new()).build().unwrap().get("x").await.unwrap_err()
    };
    let failing =
        Credential::provider(|| async { Err::<String, _>("the vault is sealed") });
    let error = call(failing).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credential, 0));
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "the vault is sealed"
    );

    let broken = Credential::provider(|| async { Ok::<_, std::io::Error>("planted\n") });
    let error = call(broken).await;
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert!(!format!("{error} {error:?}").contains("planted"));
}

#[tokio::test]
async fn a_header_of_the_caller_replaces_a_credential() {
    let mock =
        MockTransport::new().json(200, r#"{"id":"x"}"#).json(200, r#"{"id":"x"}"#);
    let open = Client::builder().transport(mock.clone()).timer(InstantTimer::new());
    open.build().unwrap().get("x").header("Authorization", "Bearer own").await.unwrap();
    Client::mocked(&mock).get("x").header("Authorization", "Bearer own").await.unwrap();
    for request in mock.requests() {
        assert_eq!(request.header("authorization"), Some("Bearer own"));
    }
}

#[test]
fn credentials_and_base_url_are_read_from_the_environment() {
    let build = |variables: &'static [(&str, &str)]| {
        let variable = move |name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| OsString::from(*value))
        };
        let mut builder = CoreBuilder::from_variables(&API, variable);
        builder.transport(MockTransport::new());
        builder.timer(InstantTimer::new());
        builder.build()
    };
    let core = build(&[("SAMPLE_KEY", "k"), ("SAMPLE_BASE_URL", "https://h")]).unwrap();
    assert_eq!(core.base_url(), "https://h");
    let core = build(&[("SAMPLE_KEY", "k"), ("SAMPLE_ENDPOINT", "https://e")]).unwrap();
    assert_eq!(core.base_url(), "https://e");
    // A workspace alone completes no requirement.
    for variables in [&[("SAMPLE_KEY", "")], &[("SAMPLE_SPACE", "w")]] {
        let error = build(variables).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credential);
        assert_eq!(
            error.to_string(),
            "sample: no usable credential: set the environment variable SAMPLE_KEY, or \
             SAMPLE_SPACE and SAMPLE_KEY"
        );
    }
}

/// A credential whose provider is slow and counts its calls.
fn cached(
    calls: &Arc<AtomicUsize>,
    outcome: fn(usize) -> Result<String, &'static str>,
) -> Credential {
    let calls = Arc::clone(calls);
    Credential::cached(move || {
        let call = calls.fetch_add(1, Ordering::SeqCst);
        async move {
            tokio::task::yield_now().await;
            outcome(call)
        }
    })
}

fn client_of(credential: Credential, mock: &MockTransport) -> Client {
    let builder = Client::builder().secret_key(credential).transport(mock.clone());
    builder.timer(InstantTimer::new()).build().unwrap()
}

#[tokio::test]
async fn waiting_calls_share_one_call_of_a_cached_provider() {
    let calls = Arc::new(AtomicUsize::new(0));
    let mock =
        (0..50).fold(MockTransport::new(), |mock, _| mock.json(200, r#"{"id":"x"}"#));
    let client = client_of(cached(&calls, |call| Ok(format!("token-{call}"))), &mock);
    let tasks: Vec<_> =
        (0..50).map(|_| tokio::spawn(client.get("x").into_future())).collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!((mock.requests().len(), calls.load(Ordering::SeqCst)), (50, 1));
}

#[tokio::test]
async fn waiting_calls_share_the_error_of_a_cached_provider() {
    let calls = Arc::new(AtomicUsize::new(0));
    let client =
        client_of(cached(&calls, |_| Err("the vault is sealed")), &MockTransport::new());
    let tasks: Vec<_> =
        (0..9).map(|_| tokio::spawn(client.get("x").into_future())).collect();
    for task in tasks {
        let error = task.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credential);
        let source = std::error::Error::source(&error).unwrap();
        assert_eq!(source.to_string(), "the vault is sealed");
    }
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    client.get("x").await.unwrap_err();
    assert_eq!(calls.load(Ordering::SeqCst), 2, "an error is not kept");
}

#[tokio::test]
async fn a_401_is_retried_once_with_a_fresh_credential() {
    let calls = Arc::new(AtomicUsize::new(0));
    let ok = r#"{"id":"x"}"#;
    let mock = MockTransport::new().json(200, ok).json(401, "{}").json(200, ok);
    let client = client_of(cached(&calls, |call| Ok(format!("token-{call}"))), &mock);
    client.get("x").await.unwrap();
    client.create().await.unwrap();
    let sent: Vec<_> = mock.requests();
    let tokens: Vec<_> =
        sent.iter().map(|it| it.header("authorization").unwrap()).collect();
    assert_eq!(tokens, ["Bearer token-0", "Bearer token-0", "Bearer token-1"]);

    let mock = MockTransport::new().json(401, "{}").json(401, "{}");
    let client = client_of(cached(&calls, |call| Ok(format!("token-{call}"))), &mock);
    let error = client.get("x").await.unwrap_err();
    assert_eq!((error.status().map(u16::from), error.attempts()), (Some(401), 2));

    let mock = MockTransport::new().json(401, "{}");
    let error = Client::mocked(&mock).get("x").await.unwrap_err();
    assert_eq!(error.attempts(), 1, "a fixed credential stays what it is");
}

#[tokio::test]
async fn a_credential_of_another_kind_is_refused_before_it_is_sent() {
    for (scheme, secret, message) in [
        ("key", "pk_planted", "the credential `secret_key` is a publishable key"),
        ("key", "sk_login_planted:x", "`secret_key` belongs to the setter `login`"),
        ("workspace", "sk_planted", "`workspace` belongs to the setter `secret_key`"),
    ] {
        let error = with(&[(scheme, secret)]).build().unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(message), "{shown}");
        assert!(!shown.contains("planted"), "{shown}");
    }
    let provider = Credential::provider(|| async { Ok::<_, BoxError>("pk_planted") });
    let mock = MockTransport::new();
    let error = client_of(provider, &mock).get("x").await.unwrap_err();
    let message = "the credential of the provider of `secret_key` is a publishable key";
    assert!(error.to_string().contains(message), "{error}");
    assert!(mock.requests().is_empty());
}

#[cfg(unix)]
#[test]
fn an_environment_variable_that_is_not_utf_8_is_an_error() {
    use std::os::unix::ffi::OsStringExt;

    let build = |invalid: &'static str| {
        let variable = move |name: &str| match name == invalid {
            true => Some(OsString::from_vec(b"https://h\xFF".to_vec())),
            false => Some(OsString::from("https://h")),
        };
        let mut builder = CoreBuilder::from_variables(&API, variable);
        builder.transport(MockTransport::new());
        builder.timer(InstantTimer::new());
        builder.build().unwrap_err()
    };
    for (name, kind) in
        [("SAMPLE_BASE_URL", ErrorKind::Build), ("SAMPLE_KEY", ErrorKind::Credential)]
    {
        let error = build(name);
        assert_eq!(error.kind(), kind);
        let message = format!("the environment variable {name} is not valid UTF-8");
        assert!(error.to_string().ends_with(&message), "{error}");
    }
}

#[tokio::test]
async fn a_credential_is_sent_over_plain_http_to_this_machine_only() {
    let build = |base_url: &str, allow: bool| {
        let builder = Client::builder().secret_key("k").base_url(base_url);
        let builder = builder.transport(MockTransport::new().json(200, r#"{"id":"x"}"#));
        let builder = if allow { builder.allow_insecure_http() } else { builder };
        builder.timer(InstantTimer::new()).build()
    };
    for loopback in [
        "http://localhost",
        "http://a.localhost:1/v1",
        "http://LOCALHOST./",
        "http://127.9.9.9:80",
        "http://[::1]:80",
        "https://h",
    ] {
        build(loopback, false).unwrap().get("x").await.unwrap();
    }
    for remote in [
        "http://h",
        "http://localhost.test",
        "http://10.0.0.1",
        "http://[::2]",
        "HTTP://h",
    ] {
        let error = build(remote, false).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{remote}");
        assert!(error.to_string().contains("`allow_insecure_http`"), "{error}");
        build(remote, true).unwrap().get("x").await.unwrap();
    }
    // Without a credential of the client, the check applies to the request.
    let mock = MockTransport::new();
    let builder = Client::builder().base_url("http://h").transport(mock.clone());
    let client = builder.timer(InstantTimer::new()).build().unwrap();
    let error = client.get("x").header("authorization", "Bearer k").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(mock.requests().is_empty());
}
