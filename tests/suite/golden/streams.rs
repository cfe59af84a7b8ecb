//! Answers that come piece by piece.

use futures_util::TryStreamExt;
use sdk_golden::{bodies::Client, testing::MockTransport};

fn client(mock: &MockTransport) -> Client {
    Client::builder()
        .base_url("https://golden.test")
        .transport(mock.clone())
        .build()
        .unwrap()
}

#[tokio::test]
async fn bytes_go_out_and_come_in() {
    let mock = MockTransport::new().answer(
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
    let mock = MockTransport::new().answer(
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
