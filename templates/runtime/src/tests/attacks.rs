//! What a hostile server, argument or environment tries.

use http::{HeaderMap, HeaderValue, Method};

use super::sample_api::{Client, KEY};
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{ErrorKind, RequestExt};

/// A client whose base URL has no path.
fn at_the_root(mock: &MockTransport) -> Client {
    let builder = Client::builder().base_url("https://api.sample.test");
    let builder = builder.secret_key(KEY).transport(mock.clone());
    builder.timer(InstantTimer::new()).build().unwrap()
}

#[tokio::test]
async fn the_path_of_a_custom_request_cannot_change_the_host() {
    for path in [
        "@evil.test/x",
        ".evil.test/x",
        ":8443/x",
        "evil.test/x",
        "//evil.test/x",
        "\\evil.test/x",
        "/\\evil.test/x",
        "https://evil.test/x",
        "?x",
        "#x",
        "",
        "/x?admin=true",
        "/x#y",
        "/../admin",
        "/%2e%2e/admin",
        "/x\r\nevil: 1",
        "/x y",
    ] {
        let mock = MockTransport::new().json(200, "1");
        // Refused, or sent below the base URL.
        let _ = at_the_root(&mock).request(Method::GET, path).raw().await;
        if let Some(request) = mock.requests().first() {
            let uri = &request.uri;
            assert_eq!(uri.host(), Some("api.sample.test"), "{path:?}: {uri}");
            assert_eq!(uri.port(), None, "{path:?}: {uri}");
            assert!(uri.path().starts_with('/'), "{path:?}: {uri}");
            assert!(!uri.path().contains(".."), "{path:?}: {uri}");
            assert!(
                !uri.path().to_ascii_lowercase().contains("%2e%2e"),
                "{path:?}: {uri}"
            );
            assert_ne!(uri.path(), "/admin", "{path:?}: {uri}");
        }
    }
}

#[tokio::test]
async fn a_hook_for_traces_cannot_replace_a_credential() {
    for name in ["authorization", "cookie", "x-workspace", "host", "transfer-encoding"] {
        let mock = MockTransport::new().json(200, r#"{"id":"x"}"#);
        let builder = Client::builder().secret_key(KEY).transport(mock.clone());
        let add = move |headers: &mut HeaderMap| {
            headers.insert(name, HeaderValue::from_static("of the hook"));
        };
        let client = builder.timer(InstantTimer::new()).propagate(add).build().unwrap();
        let sent = client.get("x").await;
        match name {
            "x-workspace" => assert!(sent.is_ok()),
            _ => {
                assert_eq!(sent.unwrap_err().kind(), ErrorKind::InvalidRequest, "{name}")
            }
        }
    }
}

#[tokio::test]
async fn no_character_of_a_server_changes_how_a_line_of_an_error_reads() {
    for character in [
        '\u{61C}',
        '\u{180E}',
        '\u{200B}',
        '\u{200F}',
        '\u{202E}',
        '\u{2066}',
        '\u{2029}',
        '\u{FEFF}',
        '\u{FFF9}',
        '\u{E0041}',
        '\u{AD}',
        '\u{85}',
        '\u{1B}',
        '\u{7F}',
        '\0',
    ] {
        let text = format!("a{character}b");
        let body = serde_json::json!({"error": {"type": text, "message": text}});
        let mock = MockTransport::new().respond(400, &[], body.to_string());
        let error = Client::mocked(&mock).get("x").retries(0).await.unwrap_err();
        assert!(!error.to_string().contains(character), "{character:?}: {error}");
        let body = serde_json::json!({"id": {text: 1}});
        let mock = MockTransport::new().respond(200, &[], body.to_string());
        let error = Client::mocked(&mock).get("x").await.unwrap_err();
        assert!(!error.to_string().contains(character), "{character:?}: {error}");
    }
}

#[test]
fn a_base_url_with_a_second_meaning_is_an_error() {
    for url in [
        "https://api.sample.test\n",
        " https://api.sample.test",
        "https://api.sample.test\u{200B}",
        "https:/api.sample.test",
        "https:api.sample.test",
        "https:///api.sample.test",
        "//api.sample.test",
        "https://@api.sample.test",
        "https://:@api.sample.test",
        "https://api.sample.test:",
        "https://api.sample.test:0",
        "https://api.sample.test:-1",
        "https://api.sample.test:65536",
        "https://api.sample.test:443:80",
        "https://[::1",
        "https://[::1]x",
        "https://*.sample.test",
        "https://api%2esample.test",
        "https://api.sample.test/v1/.%2E/x",
        "https://api.sample.test/a b",
        "ftp://api.sample.test",
        "file:///etc/passwd",
        "data:text/plain,x",
        "https://",
        "https://.",
        "https://a..b",
        "{region}",
    ] {
        let built = Client::builder().secret_key(KEY).base_url(url).build();
        assert!(built.is_err(), "{url:?}: {:?}", built.map(|client| client.core));
    }
}

#[tokio::test]
async fn the_name_of_an_extra_parameter_is_encoded() {
    let mock = MockTransport::new().json(200, "{}");
    let call = Client::mocked(&mock).get("x").extra_query("a&b=c#d", "e");
    let uri = call.build().await.unwrap().uri().to_string();
    assert!(uri.ends_with("?a%26b%3Dc%23d=e"), "{uri}");
}

#[tokio::test]
async fn contents_of_other_media_types_are_no_json() {
    for (media_type, body) in [
        ("text/html", "<html>"),
        ("application/json; charset=utf-16", "\u{0}{\u{0}}"),
        ("application/json", "{\"id\":\"x\"}{\"id\":\"y\"}"),
        ("application/json", "\u{FEFF}\u{FEFF}{\"id\":\"x\"}"),
        ("application/json", "{\"id\":\"x\"} trailing"),
        ("application/json", "{\"id\":\"x\",}"),
        ("application/json", "{'id':'x'}"),
        ("application/json", "NaN"),
        ("application/json", "{\"id\":\"\\ud800\"}"),
        ("application/x-www-form-urlencoded", "id=x"),
    ] {
        let mock =
            MockTransport::new().respond(200, &[("content-type", media_type)], body);
        let decoded = Client::mocked(&mock).get("x").await;
        assert_eq!(decoded.unwrap_err().kind(), ErrorKind::Decode, "{body:?}");
    }
}
