//! Text in sentences.

use sdk_model::{Presence, Safety};
use serde_json::Value;

/// Text as code.
pub(super) fn quoted(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c == '`' || c.is_control() { '\'' } else { c })
        .collect();
    format!("`{clean}`")
}

/// The most characters of a value in a sentence.
const LONGEST: usize = 80;

/// Text as code, cut where it is long.
pub(super) fn capped(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => quoted(&format!("{}…", text.get(..end).unwrap_or_default())),
        None => quoted(text),
    }
}

/// A JSON value as text.
pub(super) fn json(value: Option<&Value>) -> Option<String> {
    value.map(Value::to_string)
}

/// Whether a value is required, and whether it may be null.
pub(super) fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
        Presence::Nullable => "required, nullable",
        Presence::OptionalNullable => "optional, nullable",
    }
}

/// The word for a safety.
pub(super) fn safety(safety: Safety) -> &'static str {
    match safety {
        Safety::Safe => "safe",
        Safety::Idempotent => "idempotent",
        Safety::Unsafe => "neither safe nor idempotent",
    }
}

/// A list of names; none where it is empty.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.into_iter().collect();
    (!names.is_empty()).then(|| names.join(", "))
}
