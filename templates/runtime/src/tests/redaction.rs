//! Redaction of secrets.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

use secrecy::SecretString;

use super::sample_api::{CREATE, Client, FORM, KEY, LIST};
use crate::runtime::redact::{decode_message, one_line, redact};
use crate::runtime::serde::Secret;
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{
    AnyError, Body, Credential, Operation, Request, RequestBody, decode,
};

#[tokio::test]
async fn debug_output_contains_no_secret() {
    let mock = MockTransport::new().json(200, r#"{"id":"planted_response"}"#);
    let builder = Client::builder().secret_key(KEY).header("x-key", "planted_header");
    let builder = builder.transport(mock.clone()).timer(InstantTimer::new());
    let client = builder.clone().build().unwrap();
    let mut create = client.create().name("planted_field");
    create.request.query("q", "planted_query");
    create.request.path("p", "planted_path");
    let response = client.get("planted_id").with_response().await.unwrap();
    let shown = [
        format!("{builder:?} {client:?} {create:?} {response:?}"),
        format!("{:?}", create.clone().build().await.unwrap().headers()),
        format!("{:?} {:?}", client.list().pages(), client.list().items()),
        format!("{:?} {:?}", client.get("planted_id"), client.get("planted_id").send()),
        format!("{:?}", Body::from("planted_body")),
        format!("{:?}", Credential::from(KEY)),
        format!("{:?}", Credential::from(SecretString::from(KEY))),
        format!("{:?}", Credential::basic("user", KEY)),
        format!("{:?}", Credential::provider(|| async { Ok::<_, std::io::Error>(KEY) })),
    ];
    for shown in shown {
        assert!(!shown.contains("planted"), "{shown}");
    }
}

#[test]
fn values_quoted_by_serde_are_removed() {
    let rows = [
        (
            r#"invalid type: string "sk, expected x", expected i64 at line 1 column 9"#,
            "invalid type: string …, expected i64 at line 1 column 9",
        ),
        (
            "invalid value: integer `7`, expected u8",
            "invalid value: integer …, expected u8",
        ),
        (
            "unknown variant `sk`, expected `a` or `b`",
            "unknown variant …, expected `a` or `b`",
        ),
        (
            "missing field `id` at line 1 column 2",
            "missing field `id` at line 1 column 2",
        ),
        (
            r#"failed to parse "sk" at line 3 column 1"#,
            "failed to parse … at line 3 column 1",
        ),
        ("bad 'sk'", "bad …"),
        ("expected value at line 1 column 1", "expected value at line 1 column 1"),
    ];
    for (text, expected) in rows {
        assert_eq!(decode_message(text), expected);
    }
}

#[test]
fn a_message_of_an_api_is_one_short_line() {
    assert_eq!(one_line("a\r\nb\u{1b}[31m"), "a  b [31m");
    assert_eq!(one_line(&"ä".repeat(301)).chars().count(), 301);
    assert_eq!(one_line(&"ä".repeat(300)).chars().count(), 300);
}

/// The error of a request whose server repeats a text.
async fn repeated(
    operation: &'static Operation,
    fill: impl FnOnce(&mut Request),
    text: &str,
) -> AnyError {
    let body = serde_json::json!({ "error": { "type": text, "message": text } });
    let mock = MockTransport::new().respond(
        400,
        &[("x-request-id", &text.replace(|c: char| !c.is_ascii(), ""))],
        body.to_string(),
    );
    let mut request = Client::mocked(&mock).core.request(operation);
    fill(&mut request);
    let call = request.send::<(), ()>(decode::empty);
    call.await.unwrap_err().into_any_error()
}

fn secret(text: &str) -> Secret {
    Secret(text.into())
}

static MULTIPART: Operation =
    Operation { body: RequestBody::Multipart("multipart/form-data"), ..CREATE };
static WHOLE: Operation =
    Operation { body: RequestBody::Json("application/json"), ..CREATE };

#[derive(Debug)]
struct Login {
    password: SecretString,
    older: Vec<SecretString>,
}
crate::json_object!(Login {
    password = required_as::<Secret>("password"),
    older = required_as::<Vec<Secret>>("older"),
});

#[tokio::test]
async fn a_token_that_an_earlier_attempt_sent_is_redacted() {
    let provider = || {
        let calls = AtomicUsize::new(0);
        move || {
            let call = calls.fetch_add(1, Ordering::SeqCst);
            async move { Ok::<_, Infallible>(format!("planted-{call}")) }
        }
    };
    let body =
        r#"{"error":{"message":"planted-0 and planted-1 are no tokens of ours"}}"#;
    for (credential, status) in
        [(Credential::cached(provider()), 401), (Credential::provider(provider()), 503)]
    {
        let mock = MockTransport::new().json(status, "{}").json(status, body);
        let builder = Client::builder().secret_key(credential).transport(mock);
        let client = builder.timer(InstantTimer::new()).retries(1).build().unwrap();
        let error = client.get("x").await.unwrap_err();
        assert_eq!(error.attempts(), 2);
        assert_eq!(error.message(), Some("… and … are no tokens of ours"));
    }
}

#[tokio::test]
async fn a_sensitive_value_in_a_response_is_redacted() {
    type Fill = fn(&mut Request);
    let cases: [(&'static Operation, Fill); 9] = [
        (&CREATE, |it| it.field("f", secret("planted value"))),
        (&CREATE, |it| it.path("p", secret("planted value"))),
        (&CREATE, |it| it.query("q", secret("planted value"))),
        (&CREATE, |it| it.query("q", vec![secret("x"), secret("planted value")])),
        (&CREATE, |it| it.header_param("x-h", secret("planted value"))),
        (&CREATE, |it| it.cookie("c", secret("planted value"))),
        (&FORM, |it| it.field("f", secret("planted value"))),
        (&MULTIPART, |it| it.field("f", secret("planted value"))),
        (&WHOLE, |it| {
            let older = vec!["planted value".into()];
            it.body(Login { password: "hush".into(), older });
        }),
    ];
    for (case, (operation, fill)) in cases.into_iter().enumerate() {
        for text in ["planted value", "planted%20value"] {
            let error = repeated(operation, fill, &format!("no: {text}")).await;
            let details = [error.code(), error.message(), error.request_id()];
            assert_eq!(details, [Some("no: …"); 3], "{case}");
            assert!(!format!("{error} {error:?}").contains("planted"), "{case}");
            assert!(error.bytes().unwrap().len() > 20, "{case}: the body is kept");
        }
    }
}

#[tokio::test]
async fn an_authorization_header_of_the_caller_is_redacted() {
    let fill = |it: &mut Request| it.header("authorization", "Bearer planted-by-hand");
    let error = repeated(&CREATE, fill, "planted-by-hand").await;
    assert_eq!(error.message(), Some("…"));
}

#[tokio::test]
async fn header_values_of_the_caller_are_redacted_except_well_known_ones() {
    let fill = |it: &mut Request| {
        it.header("x-workspace", "planted-key");
        it.header("x-extra", "Token planted-extra");
        it.header("cookie", "a=1; sid=planted%2Dcookie");
        it.header("accept-language", "de-AT");
    };
    let text = "planted-key, planted-extra, planted-cookie, planted%2Dcookie, de-AT";
    let error = repeated(&CREATE, fill, text).await;
    assert_eq!(error.message(), Some("…, …, …, …, de-AT"));
}

/// The error of a response that cannot be decoded.
async fn undecodable(headers: &[(&str, &str)], body: String) -> AnyError {
    type Map = std::collections::BTreeMap<String, i64>;
    let mock = MockTransport::new().respond(200, headers, body);
    let mut request = Client::mocked(&mock).core.request(&LIST);
    request.field("f", secret("quo\"ted value"));
    request.send::<Map, ()>(decode::json).await.unwrap_err().into_any_error()
}

#[tokio::test]
async fn errors_of_decoding_are_redacted() {
    let headers = [("content-encoding", KEY), ("x-request-id", KEY)];
    let error = undecodable(&headers, "\u{1f}\u{8b}".to_owned()).await;
    assert!(!format!("{error} {error:?}").contains("planted"), "{error:?}");
    assert!(error.to_string().contains("content encoding …"), "{error}");

    let error = undecodable(&[], format!(r#"{{"a {KEY}":"x"}}"#)).await;
    assert_eq!(error.json_path(), Some("$[\"a …\"]"));
    assert!(!format!("{error} {error:?}").contains("planted"), "{error:?}");

    let error = undecodable(&[], r#"{"quo\"ted value":"x"}"#.to_owned()).await;
    assert_eq!(error.json_path(), Some("$[\"…\"]"));
}

#[tokio::test]
async fn an_error_line_is_bounded_whatever_the_server_sends() {
    let long = "ä\u{202e}".repeat(1_000_000);
    let error = undecodable(&[], format!(r#"{{"{long}":"x"}}"#)).await;
    assert!(error.to_string().chars().count() < 500, "{}", error.to_string().len());
    assert!(format!("{error:?}").chars().count() < 1000);
    assert!(!error.to_string().contains('\u{202e}'));
    let body = format!(r#"{{"{long}":"x"}}"#);
    let error = crate::runtime::json::from_slice::<
        std::collections::BTreeMap<String, i64>,
    >(body.as_bytes());
    let error = error.unwrap_err();
    assert!(format!("{error} {error:?}").chars().count() < 1000);
}

#[tokio::test]
async fn errors_of_events_are_redacted() {
    let headers = [("content-type", "text/event-stream")];
    let body = format!("data: {{\"{KEY}\": \"x\"}}\n\n");
    let mock = MockTransport::new().respond(200, &headers, body);
    static EVENTS: Operation =
        Operation { response: crate::runtime::ResponseMode::Streamed, ..LIST };
    type Map = std::collections::BTreeMap<String, i64>;
    let request = Client::mocked(&mock).core.request(&EVENTS);
    let mut events = request.send::<_, ()>(decode::events::<Map>).await.unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.json_path(), Some("$.…"));
    assert!(!format!("{error} {error:?}").contains("planted"), "{error:?}");
}

#[test]
fn debug_of_a_builder_contains_no_password_of_an_invalid_base_url() {
    let builder = Client::builder().base_url("https://user:planted@h");
    assert!(!format!("{builder:?}").contains("planted"));
    let builder = Client::builder().base_url("https://h/v1");
    assert!(format!("{builder:?}").contains("https://h/v1"));
}

#[tokio::test]
async fn other_texts_are_not_redacted() {
    let fill = |it: &mut Request| {
        // Serialized, but not by this request.
        serde_json::to_string(&secret("unrelated")).unwrap();
        it.field("f", "value");
    };
    let error = repeated(&CREATE, fill, "value unrelated").await;
    assert_eq!(error.message(), Some("value unrelated"));
}

#[test]
fn short_secrets_are_redacted_unless_they_are_part_of_a_word() {
    let secrets = ["planted-long", "planted", "1234"].map(str::to_owned);
    let rows = [
        ("code 1234 is taken", "code … is taken"),
        ("1234", "…"),
        ("(1234), 1234", "(…), …"),
        ("12345 and a1234 and 1234ä", "12345 and a1234 and 1234ä"),
        ("planted-long", "…"),
        ("planted planted-longer", "… …er"),
        ("", ""),
    ];
    for (text, redacted) in rows {
        assert_eq!(redact(text, &secrets), redacted);
    }
}
