use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_TYPE};

use crate::runtime::{AnyError, Operation, Payload};

/// Decodes text: UTF-8, or ISO-8859-1 according to `Content-Type`.
pub fn text(payload: Payload, _: &'static Operation) -> Result<String, AnyError> {
    let (context, body) = payload.into_bytes()?;
    if is_latin1(&context.headers) {
        return Ok(body.iter().copied().map(char::from).collect());
    }
    match std::str::from_utf8(strip_byte_order_mark(&body)) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let message = format!("the text is not UTF-8: {error}");
            Err(AnyError::decode(context, body, message))
        }
    }
}

fn strip_byte_order_mark(body: &Bytes) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

fn is_latin1(headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some((_, parameters)) = media_type.and_then(|value| value.split_once(';'))
    else {
        return false;
    };
    parameters.split(';').filter_map(|parameter| parameter.split_once('=')).any(
        |(name, value)| {
            let value = value.trim().trim_matches('"').to_ascii_lowercase();
            name.trim().eq_ignore_ascii_case("charset")
                && matches!(value.as_str(), "iso-8859-1" | "latin1")
        },
    )
}
