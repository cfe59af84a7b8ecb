use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::json_lines::JsonLines;
use super::json_sequence::JsonSequence;
use super::server_sent::ServerSent;
use super::{Event, EventStream, Events, Format, ServerSentItem, TooLong};
use crate::runtime::{AnyError, Api, ByteStream, Context, ErrorKind};

const LIMIT: usize = 1000;

static API: Api = Api { name: "test", ..Api::NONE };

/// A stream of buffered chunks.
struct Chunks(VecDeque<Result<Bytes, AnyError>>);

impl Stream for Chunks {
    type Item = Result<Bytes, AnyError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut TaskContext<'_>,
    ) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn byte_stream(chunks: impl IntoIterator<Item = Result<Bytes, AnyError>>) -> ByteStream {
    let chunks = Chunks(chunks.into_iter().collect());
    ByteStream::new(Context::new(&API, None), Box::pin(chunks))
}

fn chunks(text: &[u8], size: usize) -> ByteStream {
    byte_stream(text.chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk))))
}

fn all<S: Stream + Unpin>(mut stream: S) -> Vec<S::Item> {
    let mut items = Vec::new();
    let mut cx = TaskContext::from_waker(Waker::noop());
    while let Poll::Ready(Some(item)) = Pin::new(&mut stream).poll_next(&mut cx) {
        items.push(item);
    }
    items
}

fn server_sent(text: &[u8], size: usize) -> Vec<Event> {
    let events = all(Events::new(
        chunks(text, size),
        Format::ServerSentEvents(ServerSentItem::Data),
    ));
    events.into_iter().map(|event| event.unwrap()).collect()
}

fn event(kind: &str, data: &str, id: &str) -> Event {
    Event { event: kind.into(), data: data.into(), id: id.into(), retry: None }
}

#[test]
fn events_are_parsed_as_the_standard_defines() {
    let text = "\u{FEFF}: a comment\n\n\
        data: YHOO\ndata: +2\ndata:  10 \n\n\
        event: add\r\nid: 7\r\ndata:x:y\r\n\r\n\
        data\n\n\
        data\ndata\n\n\
        id\rdata: é€😀\r\r\
        id: no\0\nevent:\ndata: last\nother: 1\n\n\
        data: cut off\n";
    let wanted = [
        event("message", "YHOO\n+2\n 10 ", ""),
        event("add", "x:y", "7"),
        event("message", "\n", "7"),
        event("message", "é€😀", ""),
        event("message", "last", ""),
    ];
    for size in 1..text.len() {
        assert_eq!(server_sent(text.as_bytes(), size), wanted, "chunks of {size}");
    }
}

#[test]
fn an_invalid_retry_is_ignored() {
    let events = server_sent(b"retry: 1500\ndata: a\n\nretry: x\ndata: b\n\n", 5);
    let retry = Some(Duration::from_millis(1500));
    assert_eq!(events.iter().map(|e| e.retry).collect::<Vec<_>>(), [retry, retry]);
}

#[test]
fn an_event_above_the_limit_is_an_error() {
    for text in [vec![b'x'; 3 * LIMIT], b"data: 12345678\n".repeat(LIMIT)] {
        let bytes = chunks(&text, 7);
        let mut events = all(Events::with_limit(
            bytes,
            Format::ServerSentEvents(ServerSentItem::Data),
            LIMIT,
        ));
        let failure = events.pop().unwrap().unwrap_err();
        assert!(events.is_empty());
        assert_eq!(failure.kind(), ErrorKind::BodyTooLarge);
    }
}

#[test]
fn values_are_decoded_until_done() {
    let text = b"data: {\"n\": 1}\n\ndata: {\"n\": \"x\"}\n\ndata: {\"n\": 2.0}\n\n\
        data: [DONE]\n\ndata: {\"n\": 3}\n\n";
    #[derive(Debug, PartialEq)]
    struct N {
        n: i64,
    }
    crate::json_object!(N {
        n = required("n"),
    });
    let stream = EventStream::<N>::new(
        chunks(text, 9),
        Format::ServerSentEvents(ServerSentItem::Data),
    );
    let values = all(stream);
    assert_eq!(values.len(), 3);
    assert_eq!(values[0].as_ref().unwrap(), &N { n: 1 });
    let failure = values[1].as_ref().unwrap_err();
    assert_eq!(failure.kind(), ErrorKind::Decode);
    assert_eq!(failure.json_path(), Some("$.n"));
    assert_eq!(failure.bytes().unwrap(), "{\"n\": \"x\"}");
    assert_eq!(values[2].as_ref().unwrap(), &N { n: 2 });
}

#[test]
fn data_that_is_not_json_is_decoded_as_a_string() {
    let text = b"data: hello\n\ndata: \"quoted\"\n\ndata: 12\n\n";
    let stream = EventStream::<String>::new(
        chunks(text, 100),
        Format::ServerSentEvents(ServerSentItem::Data),
    );
    let values: Vec<_> = all(stream).into_iter().map(|value| value.unwrap()).collect();
    assert_eq!(values, ["hello", "quoted", "12"]);
}

#[test]
fn the_last_json_line_needs_no_line_ending() {
    let text = "{\"a\": 1}\r\n\n  \n[2]\n\"é\"";
    for size in 1..text.len() {
        let bytes = chunks(text.as_bytes(), size);
        let values: Vec<Value> = all(EventStream::new(bytes, Format::JsonLines))
            .into_iter()
            .map(|value| value.unwrap())
            .collect();
        assert_eq!(values, [json!({"a": 1}), json!([2]), json!("é")]);
    }
}

#[test]
fn a_record_of_a_json_sequence_ends_where_the_next_begins() {
    let text = "\u{1E}{\n  \"a\": \"}\\\"\"\n}\n\u{1E}[2,\n3]\n\u{1E}4\u{1E}\"é\"";
    for size in 1..text.len() {
        let bytes = chunks(text.as_bytes(), size);
        let values: Vec<Value> = all(EventStream::new(bytes, Format::JsonSequence))
            .into_iter()
            .map(|value| value.unwrap())
            .collect();
        let wanted = [json!({"a": "}\""}), json!([2, 3]), json!(4), json!("é")];
        assert_eq!(values, wanted, "chunks of {size}");
    }
}

#[test]
fn a_complete_record_does_not_wait_for_the_next() {
    let mut parser = JsonSequence::new(LIMIT);
    parser.push(b"\x1E{\n\"a\": [1,\n2]}");
    assert_eq!(parser.next(), Ok(None));
    parser.push(b"\n");
    let record = parser.next().unwrap().unwrap();
    assert_eq!(record.data, "{\n\"a\": [1,\n2]}");
}

#[test]
fn a_broken_record_ends_at_the_next() {
    let text = b"\x1E{\"a\": 1\n\x1E2\n";
    let values: Vec<_> =
        all(EventStream::<i64>::new(chunks(text, 3), Format::JsonSequence));
    assert_eq!(values.len(), 2);
    assert_eq!(values[0].as_ref().unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(*values[1].as_ref().unwrap(), 2);
}

#[test]
fn an_event_can_be_decoded_as_an_object() {
    let text = b"event: add\nid: 7\nretry: 20\ndata: 42\n\ndata: {\"n\": 1}\n\n";
    let items = |item| -> Vec<Value> {
        let format = Format::ServerSentEvents(item);
        let values = all(EventStream::new(chunks(text, 9), format));
        values.into_iter().map(|value| value.unwrap()).collect()
    };
    let wanted = [
        json!({"event": "add", "id": "7", "retry": 20, "data": "42"}),
        json!({"event": "message", "id": "7", "retry": 20, "data": "{\"n\": 1}"}),
    ];
    assert_eq!(items(ServerSentItem::Event), wanted);
    let wanted = [
        json!({"event": "add", "id": "7", "retry": 20, "data": 42}),
        json!({"event": "message", "id": "7", "retry": 20, "data": {"n": 1}}),
    ];
    assert_eq!(items(ServerSentItem::EventWithJson), wanted);
}

#[test]
fn text_that_looks_like_json_is_text_where_the_type_takes_text() {
    #[derive(Debug, PartialEq)]
    struct Text {
        data: String,
    }
    crate::json_object!(Text {
        data = required("data"),
    });
    let format = Format::ServerSentEvents(ServerSentItem::EventWithJson);
    let values = all(EventStream::<Text>::new(chunks(b"data: 42\n\n", 9), format));
    assert_eq!(values[0].as_ref().unwrap().data, "42");
}

#[test]
fn a_broken_stream_ends_after_its_error() {
    let broken = AnyError::new(ErrorKind::Transport, Context::new(&API, None), "");
    let chunks = [Ok("1\n2".into()), Err(broken), Ok("3\n".into())];
    let values = all(EventStream::<i64>::new(byte_stream(chunks), Format::JsonLines));
    assert_eq!(values.len(), 2);
    assert_eq!(values[1].as_ref().unwrap_err().kind(), ErrorKind::Transport);
}

#[test]
fn streams_are_send() {
    fn is_send<T: Send>() {}
    is_send::<EventStream<std::cell::Cell<i64>>>();
    is_send::<Events>();
}

type Read = (Vec<Event>, bool);

fn read_server_sent(chunks: &[&[u8]]) -> Read {
    let mut parser = ServerSent::new(LIMIT);
    let mut events = Vec::new();
    for chunk in chunks {
        parser.push(chunk);
        loop {
            match parser.next() {
                Ok(Some(event)) => events.push(event),
                Ok(None) => break,
                Err(TooLong) => return (events, true),
            }
        }
    }
    (events, false)
}

fn read_json_lines(chunks: &[&[u8]]) -> Read {
    let mut parser = JsonLines::new(LIMIT);
    let mut events = Vec::new();
    for chunk in chunks {
        parser.push(chunk);
        loop {
            match parser.next() {
                Ok(Some(event)) => events.push(event),
                Ok(None) => break,
                Err(TooLong) => return (events, true),
            }
        }
    }
    events.extend(parser.last());
    (events, false)
}

fn read_json_sequence(chunks: &[&[u8]]) -> Read {
    let mut parser = JsonSequence::new(LIMIT);
    let mut events = Vec::new();
    for chunk in chunks {
        parser.push(chunk);
        loop {
            match parser.next() {
                Ok(Some(event)) => events.push(event),
                Ok(None) => break,
                Err(TooLong) => return (events, true),
            }
        }
    }
    events.extend(parser.last());
    (events, false)
}

proptest! {
    #[test]
    fn chunk_boundaries_do_not_matter(
        text in "(data|event|id|:|retry|[a-z ]|[\r\n]|\\{|é|😀){0,80}",
        cut in 0_usize..200,
    ) {
        let bytes = text.as_bytes();
        let (start, end) = bytes.split_at(cut.min(bytes.len()));
        prop_assert_eq!(read_server_sent(&[start, end]), read_server_sent(&[bytes]));
        prop_assert_eq!(read_json_lines(&[start, end]), read_json_lines(&[bytes]));
        prop_assert_eq!(read_json_sequence(&[start, end]), read_json_sequence(&[bytes]));
    }

    #[test]
    fn any_bytes_are_parsed_without_a_panic(chunks: Vec<Vec<u8>>) {
        let chunks: Vec<&[u8]> = chunks.iter().map(Vec::as_slice).collect();
        read_server_sent(&chunks);
        read_json_lines(&chunks);
        read_json_sequence(&chunks);
    }

    #[test]
    fn a_serialized_event_is_parsed(data in "[^\r\n\u{FEFF}]{1,40}", kind in "[a-z]{1,9}") {
        let text = format!("event: {kind}\ndata: {data}\n\n");
        prop_assert_eq!(server_sent(text.as_bytes(), 3), [event(&kind, &data, "")]);
    }
}
