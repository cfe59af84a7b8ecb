//! Schemas that describe events, and JSON values one by one.

use futures_util::TryStreamExt;
use sdk_golden::{
    event_schemas::types::{Event, Tick},
    testing::MockTransport,
};
use serde_json::{Value, json};

fn events(body: &'static str) -> MockTransport {
    MockTransport::new().respond(200, &[("content-type", "text/event-stream")], body)
}

#[tokio::test]
async fn the_event_type_selects_the_variant_and_the_data_is_decoded() {
    let mock = events(
        "event: addString\ndata: 42\n\nevent: addInt\nid: 7\ndata: 64\n\n\
         event: addTick\nretry: 10\ndata: {\"n\": 3}\n\n",
    );
    let stream = client!(event_schemas, mock)
        .native()
        .stream_native()
        .await
        .unwrap();
    let events: Vec<Event> = stream.try_collect().await.unwrap();
    assert!(
        !events
            .iter()
            .any(|event| matches!(event, Event::Unrecognized(_)))
    );
    let values: Vec<Value> = events
        .iter()
        .map(|event| serde_json::to_value(event).unwrap())
        .collect();
    assert_eq!(
        values,
        [
            json!({ "event": "addString", "data": "42" }),
            json!({ "event": "addInt", "data": "64", "id": "7" }),
            json!({ "event": "addTick", "data": "{\"n\":3}", "id": "7", "retry": 10 }),
        ]
    );
}

#[tokio::test]
async fn data_is_decoded_by_its_content_schema() {
    let mock = events("id: 1\ndata: {\"n\": 3}\n\n");
    let client = client!(event_schemas, mock);
    let mut stream = client.data_only().stream_data_only().await.unwrap();
    let event = stream.try_next().await.unwrap().unwrap();
    assert_eq!((event.id.as_deref(), event.data.n), (Some("1"), 3));
}

#[tokio::test]
async fn an_alternative_that_only_ends_the_stream_is_none_of_its_values() {
    let mock = events("data: {\"n\": 3}\n\ndata: [DONE]\n\n");
    let stream = client!(event_schemas, mock)
        .sentinel()
        .stream_sentinel()
        .await
        .unwrap();
    let numbers: Vec<i64> = stream
        .map_ok(|event| event.data.n)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(numbers, [3]);
}

#[tokio::test]
async fn records_are_read_and_written() {
    let body = "\u{1E}{\n\"n\": 1\n}\n\u{1E}{\"n\":2}\n";
    let mock = MockTransport::new()
        .respond(200, &[("content-type", "application/json-seq")], body)
        .json(204, "")
        .json(204, "");
    let client = client!(event_schemas, mock);
    let stream = client.records().list().await.unwrap();
    let ticks: Vec<Tick> = stream.try_collect().await.unwrap();
    assert_eq!(ticks.iter().map(|tick| tick.n).collect::<Vec<_>>(), [1, 2]);
    client.records().send_records(ticks.clone()).await.unwrap();
    client.lines().send_lines(ticks).await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests[1].text(), "\u{1E}{\"n\":1}\n\u{1E}{\"n\":2}\n");
    assert_eq!(
        requests[1].header("content-type"),
        Some("application/json-seq")
    );
    assert_eq!(requests[2].text(), "{\"n\":1}\n{\"n\":2}\n");
}
