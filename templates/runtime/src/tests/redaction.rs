//! No secret shows anywhere.

use secrecy::SecretString;

use super::sample::{Client, KEY};
use crate::runtime::redact::{decode_message, one_line};
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{Body, Credential};

#[tokio::test]
async fn no_debug_shows_a_secret() {
    let mock = MockTransport::new().json(200, r#"{"id":"planted_answer"}"#);
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
fn what_serde_quotes_is_taken_out() {
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
fn an_api_s_message_is_one_short_line() {
    assert_eq!(one_line("a\r\nb\u{1b}[31m"), "a  b [31m");
    assert_eq!(one_line(&"ä".repeat(301)).chars().count(), 301);
    assert_eq!(one_line(&"ä".repeat(300)).chars().count(), 300);
}
