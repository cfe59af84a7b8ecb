//! The encoding of requests.

use super::sample_api::{CREATE, Client, GET, KEY, LIST, UPLOAD};
use crate::runtime::testing::{InstantTimer, MockTransport, RecordedRequest};
use crate::runtime::{
    Error, ErrorKind, Operation, Request, RequestBody, ResponseMode, Style, decode,
};
use serde_json::Value;

/// Sends a request and returns the recorded one.
pub(super) async fn sent(
    operation: &'static Operation,
    fill: impl Fn(&mut Request),
) -> RecordedRequest {
    let mock = MockTransport::new().json(200, "{}");
    let mut request = Client::mocked(&mock).core.request(operation);
    fill(&mut request);
    request.send::<(), ()>(decode::empty).await.unwrap();
    mock.requests().remove(0)
}

#[tokio::test]
async fn a_path_parameter_is_one_segment() {
    let request =
        sent(&GET, |request| request.path("thing_id", "a/b?c#d e%2F\\é")).await;
    assert_eq!(request.path(), "/v1/things/a%2Fb%3Fc%23d%20e%252F%5C%C3%A9");
    assert_eq!(request.uri.host(), Some("eu.sample.test"));
}

#[tokio::test]
async fn a_path_parameter_may_be_one_character() {
    for (id, path) in
        [("#", "/v1/things/%23"), ("/", "/v1/things/%2F"), ("~", "/v1/things/~")]
    {
        let request = sent(&GET, |request| request.path("thing_id", id)).await;
        assert_eq!(request.path(), path);
        assert_eq!(request.query(), "");
        let text = sent(&GET, |request| request.path_text("thing_id", id.to_owned()));
        assert_eq!(text.await.path(), path);
    }
}

#[tokio::test]
async fn path_text_is_encoded_like_any_path_value() {
    for character in (1..0x250).filter_map(char::from_u32) {
        let id = format!("a{character}b");
        let value = sent(&GET, |request| request.path("thing_id", &id)).await;
        let text = sent(&GET, |request| request.path_text("thing_id", id.clone())).await;
        assert_eq!(text.path(), value.path(), "{id:?}");
    }
}

#[tokio::test]
async fn a_path_parameter_that_changes_the_path_is_refused() {
    for id in ["", ".", ".."] {
        let mock = MockTransport::new();
        let error = Client::mocked(&mock).get(id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains("`thing_id`"), "{error}");
        assert_eq!(error.attempts(), 0);
        assert!(mock.requests().is_empty());
    }
    for id in ["...", ".a", "%2e%2e", "..%2f"] {
        let mock = MockTransport::new().json(200, r#"{"id":"x"}"#);
        Client::mocked(&mock).get(id).await.unwrap();
        assert!(!mock.requests()[0].path().ends_with("/.."), "{id}");
    }
}

#[tokio::test]
async fn a_dot_segment_of_a_parameter_and_a_literal_is_refused() {
    static BEHIND: Operation = Operation { path: "/x/.{a}", ..GET };
    static BETWEEN: Operation = Operation { path: "/x/{a}.{b}", ..GET };
    let call = async |operation: &'static Operation, values: [&str; 2]| {
        let mock = MockTransport::new().json(200, "{}");
        let mut request = Client::mocked(&mock).core.request(operation);
        request.path("a", values[0]);
        request.path("b", values[1]);
        let result = request.send::<(), ()>(decode::empty).await;
        result.map(|()| mock.requests()[0].path().to_owned()).ok()
    };
    assert_eq!(call(&BEHIND, [".", ""]).await, None);
    assert_eq!(call(&BEHIND, ["..", ""]).await.as_deref(), Some("/v1/x/..."));
    assert_eq!(call(&BETWEEN, [".", "."]).await.as_deref(), Some("/v1/x/..."));
    assert_eq!(call(&BETWEEN, ["a", "."]).await.as_deref(), Some("/v1/x/a.."));
}

#[tokio::test]
async fn a_dot_segment_of_two_parameters_is_refused() {
    static PAIR: Operation = Operation { path: "/x/{a}{b}/y", ..GET };
    let mock = MockTransport::new();
    let mut request = Client::mocked(&mock).core.request(&PAIR);
    request.path("a", ".");
    request.path("b", ".");
    let error = request.send::<(), ()>(decode::empty).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn every_request_has_the_default_headers() {
    let request = sent(&GET, |request| request.path("thing_id", "x")).await;
    assert_eq!(request.header("user-agent"), Some("session-sdk/0.1.0"));
    assert_eq!(request.header("sample-version"), Some("2026-01-02"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("authorization"), Some(&*format!("Bearer {KEY}")));
    assert_eq!(request.header("content-type"), None);
}

#[tokio::test]
async fn setting_a_parameter_again_replaces_it() {
    let request = sent(&LIST, |request| {
        request.query("a", 1);
        request.query("b", ["x", "y"]);
        request.query("a", 2);
        request.header_param("x-one", "first");
        request.header_param("x-one", "second");
        request.cookie("c", "a b");
        request.cookie("d", true);
    })
    .await;
    assert_eq!(request.query(), "a=2&b=x&b=y");
    assert_eq!(request.header("x-one"), Some("second"));
    assert_eq!(request.header("cookie"), Some("c=a%20b; d=true"));
}

#[tokio::test]
async fn null_removes_a_query_parameter() {
    let request = sent(&LIST, |request| {
        request.query("a", 1);
        request.query("a", None::<i64>);
    })
    .await;
    assert_eq!(request.uri.query(), None);
}

#[tokio::test]
async fn parameters_with_json_content_are_json_text() {
    let request = sent(&LIST, |request| {
        let style = crate::runtime::QueryStyle {
            style: Style::Json,
            ..crate::runtime::QueryStyle::FORM
        };
        request.query_styled("filter", style, [1, 2]);
        request.header_styled("x-filter", Style::Json, false, [1, 2]);
    })
    .await;
    assert_eq!(request.query(), "filter=%5B1%2C2%5D");
    assert_eq!(request.header("x-filter"), Some("[1,2]"));
}

#[tokio::test]
async fn a_header_with_a_line_break_is_refused() {
    let mock = MockTransport::new();
    let request = Client::mocked(&mock).get("x").header("x-one", "secret\r\nx-two: 1");
    let error = request.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("x-one"), "{error}");
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[tokio::test]
async fn fields_are_properties_of_the_json_body() {
    let request = sent(&CREATE, |request| {
        request.field("name", "a\"b");
        request.field("tags", ["x"]);
        request.field("na\"me", ());
    })
    .await;
    assert_eq!(request.text(), r#"{"name":"a\"b","tags":["x"],"na\"me":null}"#);
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(sent(&CREATE, |_| {}).await.text(), "{}");
}

#[tokio::test]
async fn an_optional_body_can_be_omitted() {
    static WHOLE: Operation =
        Operation { body: RequestBody::Json("application/vnd.x+json"), ..CREATE };
    let request = sent(&WHOLE, |_| {}).await;
    assert_eq!((request.text(), request.header("content-type")), ("", None));
    let request = sent(&WHOLE, |request| request.body([1, 2])).await;
    assert_eq!(request.text(), "[1,2]");
    assert_eq!(request.header("content-type"), Some("application/vnd.x+json"));
}

#[tokio::test]
async fn a_redirect_can_be_the_success() {
    static REDIRECT: Operation =
        Operation { response: ResponseMode::Redirect, accept: "", ..GET };
    let send = |status, headers: &'static [(&str, &str)]| async move {
        let mock = MockTransport::new().respond(status, headers, "");
        let mut request = Client::mocked(&mock).core.request(&REDIRECT);
        request.path("thing_id", "1");
        let location: Result<String, Error<Value>> =
            request.send(decode::location).await;
        location
    };
    let there = send(302, &[("location", "https://b.test/x?y=1")]).await;
    assert_eq!(there.unwrap(), "https://b.test/x?y=1");
    assert_eq!(send(302, &[]).await.unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(send(304, &[]).await.unwrap_err().kind(), ErrorKind::Status);
}

#[tokio::test]
async fn bytes_are_sent_unchanged() {
    let request = sent(&UPLOAD, |request| request.bytes("abc")).await;
    assert_eq!(request.text(), "abc");
    assert_eq!(request.header("content-type"), Some("application/octet-stream"));
}

#[tokio::test]
async fn build_sends_nothing() {
    let mock = MockTransport::new();
    let client = Client::mocked(&mock);
    let request = client.create().name("n").header("x-one", "1").build().await.unwrap();
    assert_eq!(request.uri(), "https://eu.sample.test/v1/things");
    assert_eq!(request.method(), "POST");
    assert_eq!(&request.body().as_bytes().unwrap()[..], br#"{"name":"n"}"#);
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(request.headers()["x-one"].is_sensitive());
    assert!(mock.requests().is_empty());
}

#[test]
fn invalid_base_urls_are_errors_of_build() {
    let build = |base: &str| {
        let builder = Client::builder().base_url(base).transport(MockTransport::new());
        builder.timer(InstantTimer::new()).build()
    };
    for good in ["http://127.0.0.1:80/a/b/", "https://h", "HTTPS://h/"] {
        build(good).unwrap();
    }
    for bad in [
        "",
        "h",
        "/v1",
        "ftp://h",
        "https://",
        "https://h?a=1",
        "https://h#f",
        "https://u:p@h",
        "https://h/../x",
        "https://h /",
        "file:///etc",
        "https://h:",
        "https://h:0",
        "https://h:99999",
        "https://h:+1",
        "https://[::1]:x",
        "https://.h",
        "https://a..h",
        "https://h/v1/%2e%2e/%2E%2e/admin",
        "https://h/.%2e",
        "https://h/%2e/x",
        "https://h/a\\..\\b",
    ] {
        let error = build(bad).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{bad}");
    }
}

#[tokio::test]
async fn the_path_of_the_base_url_is_kept() {
    let mock = MockTransport::new().json(200, r#"{"id":"x"}"#);
    let builder =
        Client::builder().secret_key("k").base_url("http://localhost:1/pre/fix/");
    let client =
        builder.transport(mock.clone()).timer(InstantTimer::new()).build().unwrap();
    client.get("x").await.unwrap();
    assert_eq!(mock.requests()[0].uri, "http://localhost:1/pre/fix/things/x");
}

#[tokio::test]
async fn base_urls_are_not_normalized() {
    for (base, uri) in [
        ("https://h//", "https://h/things/x"),
        ("https://h/a//b/", "https://h/a//b/things/x"),
        ("https://h//a", "https://h//a/things/x"),
        ("https://h/a%2Fb%20c", "https://h/a%2Fb%20c/things/x"),
        ("HTTPS://H:8080/A", "https://H:8080/A/things/x"),
    ] {
        let mock = MockTransport::new().json(200, r#"{"id":"x"}"#);
        let builder = Client::builder().secret_key("k").base_url(base);
        let builder = builder.transport(mock.clone()).timer(InstantTimer::new());
        builder.build().unwrap().get("x").await.unwrap();
        assert_eq!(mock.requests()[0].uri.to_string(), uri, "{base}");
    }
}

#[tokio::test]
async fn a_url_has_at_most_65534_bytes() {
    let before = "https://h/things/".len();
    for (length, fits) in [(65_534, true), (65_535, false), (1_000_000, false)] {
        let mock = MockTransport::new().json(200, r#"{"id":"x"}"#);
        let builder = Client::builder().secret_key("k").base_url("https://h");
        let builder = builder.transport(mock.clone()).timer(InstantTimer::new());
        let id = "x".repeat(length - before);
        let result = builder.build().unwrap().get(&id).await;
        assert_eq!(result.is_ok(), fits, "{length}");
        assert_eq!(mock.requests().len(), usize::from(fits));
    }
}

#[tokio::test]
async fn server_variables_and_user_agent_products_are_sent() {
    let mock = MockTransport::new().json(200, r#"{"id":"x"}"#);
    let mut builder = Client::builder().secret_key("k").user_agent("app/1");
    builder.core.server_variable("region", "us");
    let client =
        builder.transport(mock.clone()).timer(InstantTimer::new()).build().unwrap();
    client.get("x").await.unwrap();
    assert_eq!(mock.requests()[0].uri.host(), Some("us.sample.test"));
    assert_eq!(mock.requests()[0].header("user-agent"), Some("session-sdk/0.1.0 app/1"));

    let mut builder = Client::builder();
    builder.core.server_variable("region", "asia");
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().ends_with("`region` must be one of eu, us"), "{error}");
}

#[tokio::test]
async fn headers_of_the_http_client_are_refused() {
    for name in [
        "Content-Length",
        "transfer-encoding",
        "Connection",
        "te",
        "Trailer",
        "upgrade",
        "Host",
        "keep-alive",
        "proxy-connection",
    ] {
        let mock = MockTransport::new();
        let error = Client::mocked(&mock).create().header(name, "5").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{name}");
        assert!(error.to_string().contains(&name.to_lowercase()), "{error}");
        assert!(mock.requests().is_empty());
        let error = Client::builder().header(name, "5").build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{name}");
    }
}
