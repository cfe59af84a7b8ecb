//! Mocks that know operations.

use http::StatusCode;

use super::sample_api::{Client, Errors, KEY, Thing};
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{AnyError, Body, Error, ErrorKind, RequestExt};

fn thing(id: &str) -> Thing {
    Thing { id: id.to_owned() }
}

#[tokio::test]
async fn responses_belong_to_calls_not_to_an_order() {
    let mock = MockTransport::new();
    let client = Client::mocked(&mock);
    mock.on(client.get("a b")).respond(&thing("first"));
    mock.on(client.get("c")).error(404, &Errors { errors: vec!["absent".into()] });
    mock.on(client.list().limit(2)).respond(&vec![thing("1"), thing("2")]);
    mock.on(client.create().name("n")).respond(&thing("made"));

    assert_eq!(
        client.create().name("n").extra_field("more", 1).await.unwrap().id,
        "made"
    );
    assert_eq!(client.list().limit(2).extra_query("x", 1).await.unwrap().len(), 2);
    let error = client.get("c").await.unwrap_err();
    assert_eq!(error.body().unwrap().errors, ["absent"]);
    assert_eq!(client.get("a b").await.unwrap(), thing("first"));
    assert_eq!(client.get("a b").await.unwrap(), thing("first"));
    mock.assert_done();
    assert_eq!(mock.requests()[0].operation, "CreateThing");
}

#[tokio::test]
async fn a_call_without_a_response_is_an_error_that_names_the_operation() {
    let mock = MockTransport::new();
    let client = Client::mocked(&mock);
    mock.on(client.create().name("n")).respond(&thing("made"));
    let error = client.create().name("other").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "CreateThing (POST /things): the request cannot be sent: MockTransport: no response is \
         queued for CreateThing (POST /things)"
    );
    let panic = std::panic::catch_unwind(|| mock.assert_done()).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert_eq!(
        message,
        "MockTransport: CreateThing (/v1/things) was not called; no response is queued for \
         CreateThing (POST /things)"
    );
}

#[tokio::test]
async fn one_call_may_have_several_responses_in_turn() {
    let mock = MockTransport::new();
    let client = Client::mocked(&mock);
    mock.on(client.get("x")).times(2).error(503, &Errors { errors: vec![] });
    mock.on(client.get("x")).respond_with(|request| {
        let id = request.path().rsplit('/').next().unwrap_or_default();
        http::Response::new(Body::from(format!(r#"{{"id":"{id}"}}"#)))
    });
    let response = client.get("x").with_response().await.unwrap();
    assert_eq!((response.body(), response.attempts()), (&thing("x"), 3));
    mock.assert_done();
}

#[tokio::test]
async fn parameters_can_be_ignored() {
    let mock = MockTransport::new();
    let builder = Client::builder().secret_key(KEY).transport(mock.clone());
    let client = builder.timer(InstantTimer::new()).build().unwrap();
    mock.on(client.get("any")).any_parameters().respond(&thing("x"));
    assert_eq!(client.get("another").await.unwrap(), thing("x"));
    mock.assert_done();
}

#[test]
fn errors_can_be_made_for_tests() {
    let body = r#"{"errors":[{"code":"c","message":"m"}]}"#;
    let error = Error::<Errors>::mock(StatusCode::CONFLICT, body);
    assert_eq!((error.code(), error.message()), (Some("c"), Some("m")));
    assert_eq!(error.body().unwrap().errors.len(), 1);
    assert_eq!(error.to_string(), "mock: 409 Conflict, c: m");
    assert!(AnyError::mock_kind(ErrorKind::Timeout).is_timeout());
}
