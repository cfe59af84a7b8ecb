//! Answers that come piece by piece.

use futures_util::TryStreamExt;
use sdk_golden::{
    bodies::Client,
    streams::types::{Event, Question},
    testing::MockTransport,
};
use serde_json::{Value, from_str, json};

fn client(mock: &MockTransport) -> Client {
    Client::builder()
        .base_url("https://golden.test")
        .transport(mock.clone())
        .build()
        .unwrap()
}

#[tokio::test]
async fn bytes_go_out_and_come_in() {
    let mock = MockTransport::new().respond(
        200,
        &[("content-type", "application/octet-stream")],
        &b"\x00\xffanswer"[..],
    );
    let stream = client(&mock)
        .raw()
        .send_bytes(&b"\x01\xfe"[..])
        .await
        .unwrap();
    let pieces: Vec<bytes::Bytes> = stream.try_collect().await.unwrap();
    assert_eq!(pieces.concat(), b"\x00\xffanswer");
    assert_eq!(&mock.requests()[0].body[..], b"\x01\xfe");
}

#[tokio::test]
async fn events_are_typed() {
    let mock = MockTransport::new().respond(
        200,
        &[("content-type", "text/event-stream")],
        ": hello\n\ndata: {\"n\":1}\n\nevent: x\ndata: {\"n\":\ndata: 2}\n\n",
    );
    let mut events = client(&mock).events().watch().await.unwrap();
    let mut seen = Vec::new();
    while let Some(event) = events.try_next().await.unwrap() {
        seen.push(event.n);
    }
    assert_eq!(seen, [1, 2]);
}

#[tokio::test]
async fn lines_are_typed() {
    let mock = MockTransport::new().respond(
        200,
        &[("content-type", "application/x-ndjson")],
        "{\"n\":1}\n\n{\"n\":2}",
    );
    let lines = client!(streams, mock).lines().watch_lines().await.unwrap();
    let seen: Vec<_> = lines.map_ok(|line| line.n).try_collect().await.unwrap();
    assert_eq!(seen, [1, 2]);
}

#[tokio::test]
async fn events_may_be_a_union() {
    let mock = MockTransport::new().respond(
        200,
        &[("content-type", "text/event-stream")],
        "data: {\"type\":\"said\",\"text\":\"hi\"}\n\ndata: {\"type\":\"done\"}\n\ndata: {\"type\":\"x\"}\n\n",
    );
    let events = client!(streams, mock)
        .events()
        .watch_events()
        .await
        .unwrap();
    let events: Vec<Event> = events.try_collect().await.unwrap();
    assert!(matches!(&events[0], Event::Said(said) if said.text == "hi"));
    assert!(matches!(&events[1], Event::Done(_)));
    assert!(matches!(&events[2], Event::Unrecognized(_)));
}

#[tokio::test]
async fn text_goes_out_and_comes_in() {
    let mock = MockTransport::new().respond(200, &[("content-type", "text/csv")], "a,b");
    let text = client!(streams, mock).text().replace("c").await.unwrap();
    assert_eq!(text, "a,b");
    let request = &mock.requests()[0];
    assert_eq!(
        (request.text(), request.header("accept")),
        ("c", Some("text/csv"))
    );
}

#[tokio::test]
async fn bytes_without_a_schema_are_a_stream() {
    let mock = MockTransport::new().respond(
        200,
        &[("content-type", "application/octet-stream")],
        &b"\x00\xff"[..],
    );
    let stream = client!(streams, mock).file().download().await.unwrap();
    let pieces: Vec<bytes::Bytes> = stream.try_collect().await.unwrap();
    assert_eq!(pieces.concat(), b"\x00\xff");
}

#[tokio::test]
async fn an_operation_with_both_representations_returns_the_stream_on_request() {
    let events = [("content-type", "text/event-stream")];
    let mock = MockTransport::new().json(200, r#"{"n":1}"#).respond(
        200,
        &events,
        "data: {\"word\":\"so\"}\n\ndata: [DONE]\n\n",
    );
    let client = client!(streams, mock);
    let question = || Question::new("why?").stream(false);
    let whole = client.chat().chat(question()).await.unwrap();
    assert_eq!(whole.n, 1);
    let words = client
        .chat()
        .chat(question())
        .stream_events()
        .await
        .unwrap();
    let words: Vec<_> = words
        .map_ok(|event| event.word)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(words, ["so"]);

    let requests = mock.requests();
    assert_eq!(requests[0].header("accept"), Some("application/json"));
    assert_eq!(requests[0].text(), r#"{"text":"why?","stream":false}"#);
    assert_eq!(requests[1].header("accept"), Some("text/event-stream"));
    let sent: Value = from_str(requests[1].text()).unwrap();
    assert_eq!(sent, json!({ "text": "why?", "stream": true }));
}

#[tokio::test]
async fn a_stream_is_asked_for_field_by_field_too() {
    let lines = [("content-type", "application/jsonl")];
    let events = [("content-type", "text/event-stream")];
    let mock = MockTransport::new()
        .respond(200, &lines, "{\"n\":1}\n{\"n\":2}\n")
        .respond(200, &events, "data: {\"n\":3}\n\n");
    let client = client!(streams, mock);
    let found = client.search().search("x").stream_events().await.unwrap();
    let found: Vec<_> = found.map_ok(|line| line.n).try_collect().await.unwrap();
    assert_eq!(found, [1, 2]);
    let again = client.search().again().stream_events().await.unwrap();
    let again: Vec<_> = again.map_ok(|line| line.n).try_collect().await.unwrap();
    assert_eq!(again, [3]);

    let requests = mock.requests();
    assert_eq!(requests[0].header("accept"), Some("application/jsonl"));
    assert_eq!(requests[0].text(), r#"{"text":"x","stream":true}"#);
    assert_eq!(requests[1].header("accept"), Some("text/event-stream"));
    assert_eq!(requests[1].text(), "");
}
