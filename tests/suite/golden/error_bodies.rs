//! Error bodies of several types: the message is visible, the typed body can be read.

use sdk_golden::{
    error_bodies::{
        Client, Error,
        resources::a::read_several::ReadSeveralError409,
        types::{ErrType, Problem},
    },
    testing::MockTransport,
};

async fn error(status: u16, media_type: &str, body: &'static str) -> Error {
    let mock = MockTransport::new().respond(status, &[("content-type", media_type)], body);
    let client: Client = client!(error_bodies, mock);
    client.a().read_several().retries(0).await.unwrap_err()
}

#[tokio::test]
async fn the_message_in_a_nested_error_is_in_the_text_of_the_error() {
    let error = error(
        400,
        "application/json",
        r#"{"error":{"message":"no such thing","code":"missing"}}"#,
    )
    .await;
    assert_eq!(error.message(), Some("no such thing"));
    assert_eq!(error.code(), Some("missing"));
    assert!(error.to_string().contains("no such thing"), "{error}");
    let body: ErrType = error.body_as().unwrap();
    assert_eq!(body.error.code.as_deref(), Some("missing"));
}

#[tokio::test]
async fn each_status_has_its_own_body() {
    let conflict = error(409, "application/json", r#"{"conflict_id":"c1"}"#).await;
    let body: ReadSeveralError409 = conflict.body_as().unwrap();
    assert_eq!(body.conflict_id, "c1");
    let problem = error(
        503,
        "application/problem+json",
        r#"{"title":"Overloaded","detail":"try later","status":503}"#,
    )
    .await;
    assert_eq!(problem.message(), Some("try later"));
    let body: Problem = problem.body_as().unwrap();
    assert_eq!(body.status, Some(503));
}

#[tokio::test]
async fn an_error_of_text_shows_its_text() {
    let error = error(422, "text/plain", "name is too long").await;
    assert!(error.to_string().contains("name is too long"), "{error}");
    assert_eq!(error.bytes().unwrap(), "name is too long");
}
