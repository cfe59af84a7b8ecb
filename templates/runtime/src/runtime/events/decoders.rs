//! The decoders of streams. Generated methods refer to them as those of `decode`.

use super::{EventStream, Format, ServerSentItem};
use crate::runtime::json::FromJson;
use crate::runtime::{AnyError, Operation, Payload};

/// Streams server-sent events with JSON data.
pub fn events<T: FromJson>(
    payload: Payload,
    _: &'static Operation,
) -> Result<EventStream<T>, AnyError> {
    let format = Format::ServerSentEvents(ServerSentItem::Data);
    Ok(EventStream::new(payload.into_stream(), format))
}

/// Streams server-sent events as objects of `event`, `data`, `id` and `retry`; the data is text.
pub fn described_events<T: FromJson>(
    payload: Payload,
    _: &'static Operation,
) -> Result<EventStream<T>, AnyError> {
    let format = Format::ServerSentEvents(ServerSentItem::Event);
    Ok(EventStream::new(payload.into_stream(), format))
}

/// Streams server-sent events as objects of `event`, `data`, `id` and `retry`; the data is JSON.
pub fn described_json_events<T: FromJson>(
    payload: Payload,
    _: &'static Operation,
) -> Result<EventStream<T>, AnyError> {
    let format = Format::ServerSentEvents(ServerSentItem::EventWithJson);
    Ok(EventStream::new(payload.into_stream(), format))
}

/// Streams a JSON sequence (RFC 7464).
pub fn json_sequence<T: FromJson>(
    payload: Payload,
    _: &'static Operation,
) -> Result<EventStream<T>, AnyError> {
    Ok(EventStream::new(payload.into_stream(), Format::JsonSequence))
}

/// Streams JSON lines.
pub fn json_lines<T: FromJson>(
    payload: Payload,
    _: &'static Operation,
) -> Result<EventStream<T>, AnyError> {
    Ok(EventStream::new(payload.into_stream(), Format::JsonLines))
}
