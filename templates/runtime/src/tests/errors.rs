//! The accessors and messages of errors.

use super::sample_api::{Client, Thing};
use crate::runtime::testing::MockTransport;
use crate::runtime::{AnyError, Error, ErrorKind, TransportErrorKind, decode};

const BODY: &str =
    r#"{"errors":[{"code":"not_found","message":"No such\nthing"}],"trace_id":"tr_1"}"#;

#[tokio::test]
async fn a_status_error_has_the_details_of_its_body() {
    let mock = MockTransport::new().json(404, BODY);
    let error = Client::mocked(&mock).get("secret_id").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), Some("not_found"));
    assert_eq!(error.message(), Some("No such\nthing"));
    assert_eq!(error.request_id(), Some("tr_1"));
    assert_eq!(error.operation(), "GetThing");
    assert_eq!(error.method(), Some(http::Method::GET));
    assert_eq!(error.path(), "/things/{thing_id}");
    assert_eq!(error.body().unwrap().errors.len(), 1);
    assert_eq!(error.bytes().unwrap().len(), BODY.len());
    assert!(error.elapsed() > std::time::Duration::ZERO);
    assert!(!error.is_retryable() && !error.is_timeout() && !error.is_decode());
    assert_eq!(
        error.to_string(),
        "GetThing (GET /things/{thing_id}): 404 Not Found, not_found: No such thing \
         (request id tr_1)"
    );
}

#[tokio::test]
async fn the_request_id_of_a_header_takes_precedence() {
    let headers = &[("x-request-id", "req_1")];
    let mock =
        (0..3).fold(MockTransport::new(), |mock, _| mock.respond(503, headers, BODY));
    let error = Client::mocked(&mock).get("x").await.unwrap_err();
    assert_eq!(error.request_id(), Some("req_1"));
    assert!(
        error.to_string().ends_with("(request id req_1) after 3 attempts"),
        "{error}"
    );
}

#[tokio::test]
async fn bodies_that_are_not_json_are_kept() {
    for body in ["", "<html>down</html>", "{\"errors\":"] {
        let mock = MockTransport::new().respond(500, &[], body);
        let error = Client::mocked(&mock).get("x").retries(0).await.unwrap_err();
        assert_eq!(&error.bytes().unwrap()[..], body.as_bytes());
        assert!(error.body().is_none() && error.code().is_none());
        let line = "GetThing (GET /things/{thing_id}): 500 Internal Server Error";
        assert_eq!(error.to_string(), line);
    }
}

#[tokio::test]
async fn a_response_of_another_type_is_a_decode_error() {
    let mock = MockTransport::new().json(200, r#"{"id":{"secret":"planted"}}"#);
    let error = Client::mocked(&mock).get("x").await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        (error.json_path(), error.status().map(u16::from)),
        (Some("$.id"), Some(200))
    );
    assert!(
        error.to_string().contains("the response cannot be decoded at `$.id`"),
        "{error}"
    );
    assert!(!format!("{error} {error:?}").contains("planted"));
    assert!(error.bytes().unwrap().starts_with(b"{\"id\""));
    for html in ["<html>", "", "{\"id\":"] {
        let mock = MockTransport::new().respond(200, &[], html);
        let error = Client::mocked(&mock).get("x").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
    }
}

#[tokio::test]
async fn an_error_without_a_response_has_no_status() {
    let mock = MockTransport::new().error(TransportErrorKind::Connect);
    let error = Client::mocked(&mock).get("x").retries(0).await.unwrap_err();
    assert!(error.is_connect());
    assert_eq!((error.status(), error.bytes()), (None, None));
    assert!(error.headers().is_empty());
    let text = "GetThing (GET /things/{thing_id}): connecting failed";
    assert_eq!(error.to_string(), text);
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "queued error");
}

#[test]
fn an_error_is_send_sync_and_small() {
    fn is_send_and_sync<T: std::error::Error + Send + Sync + 'static>() {}
    is_send_and_sync::<Error<Thing>>();
    assert!(size_of::<Error<Thing>>() <= 8);
}

#[tokio::test]
async fn the_errors_of_all_apis_convert_into_one() {
    async fn both(clerk: &Client, seam: &Client) -> Result<(), AnyError> {
        clerk.get("x").await?;
        let other: Result<Thing, Error<serde_json::Value>> =
            seam.get("x").request.send(crate::runtime::decode::json).await;
        other?;
        Ok(())
    }
    let found = Client::mocked(&MockTransport::new().json(200, r#"{"id":"x"}"#));
    let absent = Client::mocked(&MockTransport::new().json(404, BODY));
    let error = both(&found, &absent).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.clone().to_string(), error.to_string());
    let typed: Error<Thing> = error.into();
    assert_eq!(typed.code(), Some("not_found"));
}

#[tokio::test]
async fn code_and_message_are_read_from_the_usual_members() {
    let plain = "text/plain; charset=utf-8";
    let json = "application/json";
    for (media_type, body, code, message) in [
        (json, r#"{"error":{"code":7,"message":"m"}}"#, Some("7"), Some("m")),
        (json, r#"{"code":"c","message":"m"}"#, Some("c"), Some("m")),
        (json, r#"{"errors":[{"code":"c","message":"m"}]}"#, Some("c"), Some("m")),
        (json, r#"{"title":"t","detail":"d","status":400}"#, None, Some("d")),
        (json, r#"{"title":"t"}"#, None, Some("t")),
        (json, r#"{"error":"m"}"#, None, Some("m")),
        (json, r#"{"message":null,"error":"m"}"#, None, Some("m")),
        (json, r#"{"ok":false}"#, None, None),
        (plain, " upstream is down\n", None, Some("upstream is down")),
        ("text/html", "<p>down</p>", None, None),
    ] {
        let mock =
            MockTransport::new().respond(400, &[("content-type", media_type)], body);
        let error = Client::mocked(&mock).get("x").await.unwrap_err();
        assert_eq!((error.code(), error.message()), (code, message), "{body}");
    }
}

#[tokio::test]
async fn a_response_that_reports_a_failure_is_an_error_whatever_its_status() {
    let body = r#"{"ok":false,"id":"x","error":{"type":"t","message":"m"}}"#;
    let mock = MockTransport::new().json(200, body).json(200, body).json(200, body);
    let client = Client::mocked(&mock);
    let error = client.get("x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    let line = "GetThing (GET /things/{thing_id}): 200 OK, t: m";
    assert_eq!(error.to_string(), line);
    let empty = client.get("x").request.send::<(), Thing>(decode::empty);
    assert_eq!(empty.await.unwrap_err().code(), Some("t"));
    assert_eq!(client.list().items().try_next().await.unwrap_err().code(), Some("t"));
    let mock = MockTransport::new().json(200, r#"{"ok":true,"id":"x"}"#);
    assert_eq!(Client::mocked(&mock).get("x").await.unwrap().id, "x");
}
