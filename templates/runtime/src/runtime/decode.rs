//! From an answer's bytes to what a call returns. Each generated method names one of these.

mod envelope;
mod text;

pub use text::text;

use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::events::{EventStream, Format};
use super::{ByteStream, Content, Failure, Operation, Payload, json as reading};

/// JSON, out of its envelope.
pub fn json<T: DeserializeOwned>(
    payload: Payload,
    operation: &'static Operation,
) -> Result<T, Failure> {
    let (value, origin) = envelope::open(payload, operation.envelope)?;
    reading::from_value(value).map_err(|error| origin.failure(error))
}

/// JSON where the answer says so, and text as a JSON string where not. No text at all is null.
pub fn json_or_text<T: DeserializeOwned>(
    payload: Payload,
    operation: &'static Operation,
) -> Result<T, Failure> {
    if is_json(&payload) {
        return json(payload, operation);
    }
    let (context, body) = payload.into_bytes()?;
    let content = Content::Buffered(body.clone());
    let value = match text(Payload { context: context.clone(), content }, operation)? {
        text if text.is_empty() => Value::Null,
        text => Value::String(text),
    };
    reading::from_value(value).map_err(|error| {
        let path = error.path().unwrap_or_default();
        Failure::decode(context, body, &path, error.message().to_owned())
    })
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
pub fn events<T: DeserializeOwned>(
    payload: Payload,
    _: &'static Operation,
) -> Result<EventStream<T>, Failure> {
    Ok(EventStream::new(payload.into_stream(), Format::ServerSentEvents))
}

/// One JSON value a line, as they arrive.
pub fn json_lines<T: DeserializeOwned>(
    payload: Payload,
    _: &'static Operation,
) -> Result<EventStream<T>, Failure> {
    Ok(EventStream::new(payload.into_stream(), Format::JsonLines))
}

#[cfg(test)]
mod tests;
