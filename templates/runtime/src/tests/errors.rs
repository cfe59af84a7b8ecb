//! The accessors and messages of errors.

use super::sample_api::{Client, Thing};
use crate::runtime::testing::MockTransport;
use crate::runtime::{Error, ErrorKind, Method, TransportErrorKind};

const BODY: &str =
    r#"{"errors":[{"code":"not_found","message":"No such\nthing"}],"trace_id":"tr_1"}"#;

#[tokio::test]
async fn a_status_error_has_the_details_of_its_body() {
    let mock = MockTransport::new().json(404, BODY);
    let error = Client::mocked(&mock).get("secret_id").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.status(), Some(404));
    assert_eq!(error.code(), Some("not_found"));
    assert_eq!(error.message(), Some("No such\nthing"));
    assert_eq!(error.request_id(), Some("tr_1"));
    assert_eq!(error.operation(), "GetThing");
    assert_eq!(error.method(), Some(Method::Get));
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
    assert_eq!((error.json_path(), error.status()), (Some("$.id"), Some(200)));
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
