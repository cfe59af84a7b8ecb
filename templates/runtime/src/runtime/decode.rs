//! The decoders of responses. Each generated method refers to one of them.

mod envelope;
mod text;

pub use super::events::decoders::*; // part: events
pub(crate) use envelope::check_success;
pub use text::text;

use http::header::{CONTENT_TYPE, LOCATION};
use serde::de::DeserializeOwned;

use super::json::{self, Error, FromJson, Node, Tape};
use super::{AnyError, ByteStream, Content, Operation, Payload, redact};

/// Decodes JSON, without its envelope.
pub fn json<T: FromJson>(
    payload: Payload,
    operation: &'static Operation,
) -> Result<T, AnyError> {
    let (context, body) = payload.into_bytes()?;
    let read = envelope::read(&body, context.api, operation.envelope);
    read.map_err(|error| AnyError::decode_json(context, body, &error))
}

/// Decodes JSON, or text as a JSON string, according to `Content-Type`. Empty text is null.
pub fn json_or_text<T: FromJson>(
    payload: Payload,
    operation: &'static Operation,
) -> Result<T, AnyError> {
    if is_json(&payload) {
        return json(payload, operation);
    }
    let (context, body) = payload.into_bytes()?;
    let content = Content::Buffered(body.clone());
    let text = text(Payload::new(context.clone(), content), operation)?;
    let read = match text.as_str() {
        "" => {
            T::of_empty_body().ok_or_else(|| Error::expected("text or JSON", Node::NULL))
        }
        text => T::from_json(Tape::text(text).root()),
    };
    read.map_err(|error| AnyError::decode_json(context, body, &error))
}

fn is_json(payload: &Payload) -> bool {
    let media_type = payload.context.headers.get(CONTENT_TYPE);
    let media_type = media_type.and_then(|value| value.to_str().ok());
    let essence = media_type.and_then(|value| value.split(';').next());
    let essence = essence.unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Ignores the body, unless it reports a failure.
pub fn empty(payload: Payload, _: &'static Operation) -> Result<(), AnyError> {
    if payload.context.api.success_flag.is_none() {
        return Ok(());
    }
    let (context, body) = payload.into_bytes()?;
    match json::parse(&body).map(|tape| check_success(tape.root(), context.api)) {
        Ok(Err(error)) => Err(AnyError::decode_json(context, body, &error)),
        _ => Ok(()),
    }
}

/// Decodes JSON of any type that serde reads.
pub(crate) fn serde_json<T: DeserializeOwned>(
    payload: Payload,
    operation: &'static Operation,
) -> Result<T, AnyError> {
    let (context, body) = payload.into_bytes()?;
    let content = Content::Buffered(body.clone());
    empty(Payload::new(context.clone(), content), operation)?;
    ::serde_json::from_slice(&body).map_err(|error| {
        let message = redact::decode_message(&error.to_string());
        AnyError::decode(context, body, message)
    })
}

/// The `Location` of a redirect.
pub fn location(payload: Payload, _: &'static Operation) -> Result<String, AnyError> {
    let location = payload.context.headers.get(LOCATION);
    match location.and_then(|value| value.to_str().ok()).map(str::to_owned) {
        Some(location) => Ok(location),
        None => {
            let (context, body) = payload.into_bytes()?;
            Err(AnyError::decode(context, body, "the redirect has no `Location` header"))
        }
    }
}

/// Streams the body.
pub fn bytes(payload: Payload, _: &'static Operation) -> Result<ByteStream, AnyError> {
    Ok(payload.into_stream())
}

#[cfg(test)]
mod tests;
