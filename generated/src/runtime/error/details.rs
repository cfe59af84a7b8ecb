//! What error bodies contain, whatever their type: code, message, request id.

use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::Inner;
use crate::runtime::{Context, redact};

/// Where APIs usually put an error's code.
const CODE: [&str; 4] = ["/error/code", "/error/type", "/errors/0/code", "/code"];

/// Where APIs usually put an error's message; `detail` and `title` are those of RFC 9457.
const MESSAGE: [&str; 8] = [
    "/error/message",
    "/message",
    "/errors/0/message",
    "/errors/0/detail",
    "/detail",
    "/title",
    "/error_description",
    "/error",
];

/// The parts of an error body that every API has.
#[derive(Clone, Default)]
pub(super) struct ErrorDetails {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
}

impl Inner {
    pub(super) fn details(&self) -> &ErrorDetails {
        self.details.get_or_init(|| {
            let body = self.body.as_deref().unwrap_or_default();
            ErrorDetails::read(&self.context, body)
        })
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        let redacted = self.redacted_request_id.as_deref();
        let of_header = redacted.or_else(|| self.context.request_id());
        of_header.or_else(|| self.details().request_id.as_deref())
    }
}

impl ErrorDetails {
    fn read(context: &Context, body: &[u8]) -> Self {
        let Ok(body) = serde_json::from_slice::<Value>(body) else {
            return Self { message: plain_text(context, body), ..Self::default() };
        };
        let fields = &context.api.errors;
        let usual = |own, usual| text_at(&body, own).or_else(|| text_at(&body, usual));
        Self {
            code: usual(fields.code, &CODE),
            message: usual(fields.message, &MESSAGE),
            request_id: text_at(&body, fields.request_id),
        }
    }

    pub(super) fn redact(&mut self, secrets: &[String]) {
        for text in [&mut self.code, &mut self.message, &mut self.request_id] {
            *text = text.take().map(|text| redact::redact(&text, secrets));
        }
    }
}

/// The first string or number that a pointer refers to.
fn text_at(body: &Value, pointers: &[&str]) -> Option<String> {
    pointers.iter().find_map(|pointer| match body.pointer(pointer)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// The body, if it is plain text.
fn plain_text(context: &Context, body: &[u8]) -> Option<String> {
    let media_type = context.headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let text = std::str::from_utf8(body).ok()?.trim();
    let is_plain =
        media_type.trim_start().to_ascii_lowercase().starts_with("text/plain");
    (is_plain && !text.is_empty()).then(|| text.to_owned())
}
