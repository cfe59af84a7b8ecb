use serde_json::Value;

use super::Error;

/// Reads JSON text; what is not JSON is told by what it seems to be.
pub fn parse(text: &[u8]) -> Result<Value, Error> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    serde_json::from_slice(text).map_err(|error| Error::syntax(describe(text, &error)))
}

fn describe(text: &[u8], error: &serde_json::Error) -> String {
    let length = text.len();
    let start = text.trim_ascii_start();
    if start.is_empty() {
        return "expected JSON, got an empty body".to_owned();
    }
    if start.starts_with(b"<") {
        let what = if is_html(start) { "an HTML page" } else { "markup (HTML or XML)" };
        return format!("expected JSON, got {what} of {length} bytes");
    }
    if error.is_eof() {
        return format!(
            "the JSON is cut off: it ends in the middle, after {length} bytes"
        );
    }
    // serde_json's own text holds no part of the body.
    format!("the body is not JSON: {error}")
}

fn is_html(text: &[u8]) -> bool {
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| {
        text.get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    })
}
