use std::str;

use super::{Error, Tape};

/// Parses JSON text. The error of other text names its probable type.
pub fn parse(text: &[u8]) -> Result<Tape<'_>, Error> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    // One check of the whole text is faster than one per string.
    let Ok(text) = str::from_utf8(text) else { return Err(not_utf8(text)) };
    let mut tape = Tape::for_text(text.len());
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let filled = tape.fill(&mut deserializer).and_then(|()| deserializer.end());
    filled.map(|()| tape).map_err(|error| {
        let incomplete = error.is_eof();
        Error::syntax(describe(text.as_bytes(), incomplete, &error.to_string()))
    })
}

fn not_utf8(text: &[u8]) -> Error {
    Error::syntax(describe(text, false, "it is not UTF-8"))
}

/// The message for text that is not JSON. `detail` must not contain any of it.
fn describe(text: &[u8], incomplete: bool, detail: &str) -> String {
    let length = text.len();
    let start = text.trim_ascii_start();
    if start.is_empty() {
        return "expected JSON, got an empty body".to_owned();
    }
    if start.starts_with(b"<") {
        let what = if is_html(start) { "an HTML page" } else { "markup (HTML or XML)" };
        return format!("expected JSON, got {what} of {length} bytes");
    }
    if incomplete {
        return format!("the JSON is incomplete: it ends after {length} bytes");
    }
    format!("the body is not JSON: {detail}")
}

fn is_html(text: &[u8]) -> bool {
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| {
        text.get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    })
}
