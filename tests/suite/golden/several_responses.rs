//! Successes of several types and kinds, errors of several types, headers.

use futures_util::TryStreamExt;
use sdk_golden::{
    several_responses::{
        resources::{
            errors::errors::ErrorsError422, kinds::kinds::KindsResponse,
            types::types::TypesResponse,
        },
        types::{Missing, Problem},
    },
    testing::MockTransport,
};

fn text(status: u16, text: &'static str) -> MockTransport {
    MockTransport::new().respond(
        status,
        &[("content-type", "text/plain; charset=utf-8")],
        text,
    )
}

#[tokio::test]
async fn one_type_for_several_statuses_is_that_type() {
    let mock = MockTransport::new().json(201, r#"{"id":"1"}"#);
    assert_eq!(
        client!(several_responses, mock)
            .same()
            .same()
            .await
            .unwrap()
            .id,
        "1"
    );
}

#[tokio::test]
async fn several_types_are_a_union() {
    let mock = MockTransport::new()
        .json(200, r#"{"id":"1"}"#)
        .json(202, r#"{"ticket":7}"#);
    let client = client!(several_responses, mock);
    let TypesResponse::Ok(job) = client.types().types().await.unwrap() else {
        panic!("no job")
    };
    assert_eq!(job.id, "1");
    let TypesResponse::Accepted(ticket) = client.types().types().await.unwrap() else {
        panic!("no ticket")
    };
    assert_eq!(ticket.ticket, 7);
}

#[tokio::test]
async fn a_success_may_be_nothing() {
    let mock = MockTransport::new()
        .json(204, "")
        .json(200, r#"{"id":"1"}"#);
    let client = client!(several_responses, mock);
    assert_eq!(client.nothing().nothing().await.unwrap(), None);
    assert_eq!(client.nothing().nothing().await.unwrap().unwrap().id, "1");
}

#[tokio::test]
async fn a_success_may_be_json_text_or_nothing() {
    let json = MockTransport::new().json(200, r#"{"id":"1"}"#);
    let answer = client!(several_responses, json)
        .kinds()
        .kinds()
        .await
        .unwrap();
    assert!(matches!(answer, Some(KindsResponse::Ok(job)) if job.id == "1"));
    assert_eq!(
        json.requests()[0].header("accept"),
        Some("application/json, text/plain")
    );

    let answer = client!(several_responses, text(202, "soon"))
        .kinds()
        .kinds()
        .await;
    assert_eq!(
        answer.unwrap(),
        Some(KindsResponse::Accepted("soon".to_owned()))
    );
    let answer = client!(several_responses, text(204, ""))
        .kinds()
        .kinds()
        .await;
    assert_eq!(answer.unwrap(), None);
}

#[tokio::test]
async fn bytes_beside_json_are_bytes() {
    let mock = MockTransport::new().json(202, r#"{"ticket":7}"#);
    let stream = client!(several_responses, mock)
        .bytes()
        .bytes()
        .await
        .unwrap();
    let pieces: Vec<bytes::Bytes> = stream.try_collect().await.unwrap();
    assert_eq!(pieces.concat(), br#"{"ticket":7}"#);
}

#[tokio::test]
async fn headers_come_with_the_response() {
    let headers = [
        ("content-type", "application/json"),
        ("x-rate-limit-remaining", "41"),
    ];
    let mock = MockTransport::new().respond(200, &headers, r#"{"id":"1"}"#);
    let client = client!(several_responses, mock);
    let response = client.headers().headers().with_response().await.unwrap();
    let left = response.headers().get("x-rate-limit-remaining").unwrap();
    assert_eq!(left, "41");
    assert_eq!(response.body().id, "1");
}

#[tokio::test]
async fn each_error_has_its_type() {
    let mock = MockTransport::new()
        .json(404, r#"{"missing":"m"}"#)
        .json(422, r#"{"fields":["a"]}"#)
        .json(409, r#"{"title":"t"}"#);
    let client = client!(several_responses, mock);
    let error = client.errors().errors().await.unwrap_err();
    assert_eq!(error.body_as::<Missing>().unwrap().missing, "m");
    assert_eq!(error.body(), None, "that is no `Problem`");
    let error = client.errors().errors().await.unwrap_err();
    assert_eq!(error.body_as::<ErrorsError422>().unwrap().fields, ["a"]);
    let error = client.errors().errors().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 409);
    let problem: Problem = error.body().unwrap();
    assert_eq!(problem.title, "t");
}

#[tokio::test]
async fn default_is_the_success_where_there_is_no_other() {
    let mock = MockTransport::new().json(200, r#"{"id":"1"}"#);
    assert_eq!(
        client!(several_responses, mock)
            .default()
            .only_default()
            .await
            .unwrap()
            .id,
        "1"
    );
}
