//! Words for sentences.

use serde_json::Value;

use sdk_model::{Presence, Safety};

/// Text as code.
pub(super) fn quoted(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c == '`' || c.is_control() { '\'' } else { c })
        .collect();
    format!("`{clean}`")
}

/// What a presence says of a value.
pub(super) fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "is required",
        Presence::Optional => "may be absent",
        Presence::Nullable => "is required and may be null",
        Presence::OptionalNullable => "may be absent or null",
    }
}

/// A default.
pub(super) fn value(value: Option<&Value>) -> String {
    value.map_or_else(
        || "nothing".to_owned(),
        |value| {
            let text: String = value.to_string().chars().take(60).collect();
            quoted(&text)
        },
    )
}

/// What a safety is called.
pub(super) fn safety(safety: Safety) -> &'static str {
    match safety {
        Safety::Safe => "safe",
        Safety::Idempotent => "idempotent",
        Safety::Unsafe => "not to be sent twice",
    }
}

/// A list of names, or that there is none.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(quoted).collect();
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(", ")
    }
}
