//! From an answer's bytes to what a call returns. Each generated method names one of these.

mod envelope;
mod text;

pub use text::text;

use serde::de::DeserializeOwned;

use super::events::{EventStream, Format};
use super::{ByteStream, Failure, Operation, Payload, json as reading};

/// JSON, out of its envelope.
pub fn json<T: DeserializeOwned>(
    payload: Payload,
    operation: &'static Operation,
) -> Result<T, Failure> {
    let (value, origin) = envelope::open(payload, operation.envelope)?;
    reading::from_value(value).map_err(|error| origin.failure(error))
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
