//! From an answer's bytes to what a call returns. Each generated method names one of these.

mod envelope;
mod text;

pub use text::text;

use http::header::CONTENT_TYPE;

use super::events::{EventStream, Format};
use super::json::{FromJson, Node, Tape};
use super::{ByteStream, Content, Failure, Operation, Payload};

/// JSON, out of its envelope.
pub fn json<T: FromJson>(
    payload: Payload,
    operation: &'static Operation,
) -> Result<T, Failure> {
    let (context, body) = payload.into_bytes()?;
    let read = envelope::read(&body, operation.envelope, T::from_json);
    read.map_err(|error| Failure::decode_json(context, body, &error))
}

/// JSON where the answer says so, and text as a JSON string where not. No text at all is null.
pub fn json_or_text<T: FromJson>(
    payload: Payload,
    operation: &'static Operation,
) -> Result<T, Failure> {
    if is_json(&payload) {
        return json(payload, operation);
    }
    let (context, body) = payload.into_bytes()?;
    let content = Content::Buffered(body.clone());
    let text = text(Payload { context: context.clone(), content }, operation)?;
    let read = match text.as_str() {
        "" => T::from_json(Node::NULL),
        text => T::from_json(Tape::text(text).root()),
    };
    read.map_err(|error| Failure::decode_json(context, body, &error))
}

fn is_json(payload: &Payload) -> bool {
    let media_type = payload.context.headers.get(CONTENT_TYPE);
    let media_type = media_type.and_then(|value| value.to_str().ok());
    let essence = media_type.and_then(|value| value.split(';').next());
    let essence = essence.unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Nothing, whatever came.
pub fn empty(_: Payload, _: &'static Operation) -> Result<(), Failure> {
    Ok(())
}

/// Bytes, as they arrive.
pub fn bytes(payload: Payload, _: &'static Operation) -> Result<ByteStream, Failure> {
    Ok(payload.into_stream())
}

/// Server-sent events whose data is JSON, as they arrive.
pub fn events<T: FromJson>(
    payload: Payload,
    _: &'static Operation,
) -> Result<EventStream<T>, Failure> {
    Ok(EventStream::new(payload.into_stream(), Format::ServerSentEvents))
}

/// One JSON value a line, as they arrive.
pub fn json_lines<T: FromJson>(
    payload: Payload,
    _: &'static Operation,
) -> Result<EventStream<T>, Failure> {
    Ok(EventStream::new(payload.into_stream(), Format::JsonLines))
}
