//! What callers learn from an answer that is no success.

use session_sdk::ErrorKind;

use crate::support::{clerk, clerk_answering, reply, reply_with, seam, seam_answering};

const CLERK: &str = r#"{"errors":[{"code":"resource_not_found","message":"not found","long_message":"No session was found","meta":{}}],"clerk_trace_id":"trace_1"}"#;
const SEAM: &str = r#"{"error":{"type":"invalid_input","message":"1 Input Error","validation_errors":{"_errors":[],"client_session_id":{"_errors":["Expected string, received number"]}}},"ok":false}"#;

#[tokio::test]
async fn clerk_errors_are_typed() {
    let error = clerk_answering(404, CLERK)
        .sessions()
        .get("s")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), Some("resource_not_found"));
    assert_eq!(error.message(), Some("No session was found"));
    assert_eq!(error.request_id(), Some("trace_1"));
    assert_eq!(error.body().unwrap().errors[0].code, "resource_not_found");
    assert_eq!(error.bytes().unwrap(), CLERK.as_bytes());
    assert_eq!(error.operation(), "GetSession");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn seam_errors_are_typed_field_by_field() {
    let (seam, mock, _) = seam();
    reply_with(&mock, 400, ("seam-request-id", "req_9"), SEAM);
    let error = seam.client_sessions().get().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.code(), Some("invalid_input"));
    assert_eq!(error.request_id(), Some("req_9"));
    let body = error.body().unwrap();
    let fields = body.error.validation_errors.unwrap();
    assert!(format!("{fields:?}").contains("Expected string, received number"));
}

#[tokio::test]
async fn a_status_the_document_never_declared_is_typed_too() {
    let error = clerk_answering(418, CLERK)
        .sessions()
        .get("s")
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 418);
    assert_eq!(error.code(), Some("resource_not_found"));
}

#[tokio::test]
async fn an_error_body_that_is_not_json_is_kept() {
    for body in [
        "Invalid JSON",
        "<html>Bad gateway</html>",
        "",
        "[1,2]",
        "{\"message\":\"other\"}",
    ] {
        let (seam, mock, _) = seam();
        reply(&mock, 400, body);
        let error = seam.client_sessions().get().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Status);
        assert_eq!(error.bytes().unwrap(), body.as_bytes());
        assert!(error.body().is_none());
        assert_eq!(error.code(), None);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (clerk, mock, _) = clerk();
    reply_with(&mock, 302, ("location", "https://elsewhere.test/"), "");
    let error = clerk.sessions().get("s").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let body = format!("{{\"padding\":\"{}\"}}", "x".repeat(40 * 1024 * 1024));
    let mock = session_sdk::testing::MockTransport::new();
    reply(&mock, 200, body);
    let clerk = session_sdk::clerk::Client::builder()
        .secret_key("k")
        .max_body_bytes(1024 * 1024)
        .transport(mock)
        .build()
        .unwrap();
    let error = clerk.sessions().get("s").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}

#[tokio::test]
async fn raw_gives_what_came_whatever_it_is() {
    let raw = seam_answering(500, "<oops>")
        .client_sessions()
        .get()
        .retries(0)
        .raw()
        .await
        .unwrap();
    assert_eq!(raw.status(), 500);
    assert_eq!(&raw.body()[..], b"<oops>");
}

#[tokio::test]
async fn metadata_comes_with_the_value() {
    let (clerk, mock, _) = clerk();
    reply(&mock, 503, "");
    reply(&mock, 200, crate::support::fixture("clerk/session.json"));
    let response = clerk.sessions().get("s").with_response().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.attempts(), 2);
    assert_eq!(
        response.into_body().user_id,
        "user_2kLQFJx3l7Qe8r9T0u1V2w3XyZ"
    );
}
