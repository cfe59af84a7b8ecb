//! Requests that the document lacks.

use http::Method;
use serde_json::{Value, json};

use super::sample_api::{Client, KEY};
use crate::runtime::testing::MockTransport;

#[tokio::test]
async fn a_request_has_the_clients_credentials_retries_and_errors() {
    let mock = MockTransport::new()
        .json(503, "{}")
        .json(200, r#"{"id":"u"}"#)
        .json(404, r#"{"error":{"type":"absent","message":"no user"}}"#);
    let client = Client::mocked(&mock);
    let call = client.request(Method::GET, "/users/{user_id}").path("user_id", "a/b");
    let user: Value = call.clone().query("limit", 10).json().await.unwrap();
    assert_eq!(user, json!({"id": "u"}));
    let error = call.json::<Value>().await.unwrap_err();
    let line = "GET /users/{user_id}: 404 Not Found, absent: no user";
    assert_eq!(error.to_string(), line);
    let sent = mock.requests();
    assert_eq!((sent[0].path(), sent[0].query()), ("/v1/users/a%2Fb", "limit=10"));
    let key = format!("Bearer {KEY}");
    assert!(sent.iter().all(|it| it.header("authorization") == Some(&key)));
}

#[tokio::test]
async fn bodies_are_sent_field_by_field_or_whole() {
    let mock = MockTransport::new().json(200, "1").json(200, "2").json(200, "3");
    let client = Client::mocked(&mock);
    let post = || client.request(Method::POST, "/users");
    let number = post().field("name", "n").field("age", 7).json::<u8>().await.unwrap();
    let response = post().body(json!([1])).with_response::<u8>().await.unwrap();
    let raw = client.request(Method::DELETE, "/users").raw().await.unwrap();
    assert_eq!((number, response.into_body(), &raw.body()[..]), (1, 2, &b"3"[..]));
    let texts: Vec<_> = mock.requests().iter().map(|it| it.text().to_owned()).collect();
    assert_eq!(texts, [r#"{"name":"n","age":7}"#, "[1]", ""]);
}

#[tokio::test]
async fn posts_are_not_repeated_unless_the_caller_says_so() {
    let down = || MockTransport::new().json(503, "{}").json(200, "1");
    let call =
        |mock: MockTransport| Client::mocked(&mock).request(Method::POST, "/users");
    assert_eq!(call(down()).json::<u8>().await.unwrap_err().attempts(), 1);
    assert_eq!(call(down()).idempotent(true).json::<u8>().await.unwrap(), 1);
}

#[tokio::test]
async fn an_unknown_method_is_an_error() {
    let purge = Method::from_bytes(b"PURGE").unwrap();
    let client = Client::mocked(&MockTransport::new());
    let error = client.request(purge, "/cache").raw().await.unwrap_err();
    assert!(error.to_string().contains("`PURGE` is not supported"), "{error}");
}
