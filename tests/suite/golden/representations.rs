//! Responses of several media types, and redirects.

use futures_util::TryStreamExt;
use sdk_golden::{RequestExt, representations::Client, testing::MockTransport};

/// A client whose only response has this media type.
fn client(media_type: &str, body: &'static str) -> (Client, MockTransport) {
    let mock = MockTransport::new().respond(200, &[("content-type", media_type)], body);
    (client!(representations, mock), mock)
}

#[tokio::test]
async fn each_representation_can_be_requested() {
    let (json, mock) = client("application/json", r#"{"status":"done"}"#);
    assert_eq!(
        json.render().render().await.unwrap().status.as_deref(),
        Some("done")
    );
    assert_eq!(
        mock.requests()[0].header("accept"),
        Some("application/json")
    );

    let (bytes, mock) = client("application/octet-stream", "BYTES");
    let stream = bytes.render().render().receive_bytes().await.unwrap();
    let chunks: Vec<bytes::Bytes> = stream.try_collect().await.unwrap();
    assert_eq!(chunks.concat(), b"BYTES");
    assert_eq!(
        mock.requests()[0].header("accept"),
        Some("application/octet-stream")
    );

    let (events, mock) = client("text/event-stream", "data: 1\n\n");
    let stream = events.render().render().stream_events().await.unwrap();
    let values: Vec<serde_json::Value> = stream.try_collect().await.unwrap();
    assert_eq!(values, [1]);
    assert_eq!(
        mock.requests()[0].header("accept"),
        Some("text/event-stream")
    );

    let (text, mock) = client("text/plain", "picked");
    assert_eq!(text.pick().pick().receive_text().await.unwrap(), "picked");
    assert_eq!(mock.requests()[0].header("accept"), Some("text/plain"));
}

#[tokio::test]
async fn representations_of_one_kind_have_their_own_types() {
    let (first, _) = client("application/vnd.api.v1+json", r#"{"a":1}"#);
    assert_eq!(first.versions().versions().await.unwrap().a, 1);
    let (second, mock) = client("application/vnd.api.v2+json", r#"{"b":"x"}"#);
    let response = second
        .versions()
        .versions()
        .receive_vnd_api_v2_json()
        .await
        .unwrap();
    assert_eq!(response.b, "x");
    assert_eq!(
        mock.requests()[0].header("accept"),
        Some("application/vnd.api.v2+json")
    );
}

#[tokio::test]
async fn a_redirect_returns_its_location() {
    let mock = MockTransport::new().respond(302, &[("location", "/there")], "");
    let location = client!(representations, mock)
        .redirect()
        .redirect()
        .await
        .unwrap();
    assert_eq!(location, "/there");
}

#[tokio::test]
async fn setters_can_be_applied_to_optional_values() {
    let mock = MockTransport::new().json(204, "").json(204, "");
    let client = client!(representations, mock);
    for foo in [Some("x"), None] {
        client
            .account()
            .account()
            .with(foo, |call, foo| call.foo(foo))
            .await
            .unwrap();
    }
    let requests = mock.requests();
    let queries: Vec<&str> = requests.iter().map(|request| request.query()).collect();
    assert_eq!(queries, ["foo=x", ""]);
}
