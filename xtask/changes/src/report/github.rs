//! Annotations of a GitHub workflow: an error for what breaks, a warning for changed behavior, a
//! notice for the rest.

use std::fmt::Write as _;

use super::{Detail, Report, Section};

/// One annotation for each group that concerns callers, and the verdict.
pub(super) fn report(report: &Report, detail: &Detail<'_>) -> String {
    let mut text = String::new();
    for group in &report.groups {
        let level = match Section::of(group) {
            Section::WireBreaking | Section::RustBreaking => "error",
            Section::Behavior => "warning",
            Section::Additive => "notice",
            Section::Internal | Section::Documentation => continue,
        };
        let first = group.changes.first().and_then(|id| report.change(id));
        let location = first.and_then(|change| detail.locations.in_document(change));
        let location = location.map_or_else(String::new, |found| {
            format!("file={},line={},", property(&found.path), found.line)
        });
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "::{level} {location}title={}::{} (wire: {}, Rust: {}, id: {})",
            property(&format!("{} {}", group.api, group.kind)),
            data(&group.sentence()),
            group.wire.as_str(),
            group.rust.as_str(),
            group.id
        );
    }
    let _ = writeln!(
        text,
        "::notice title=API changes::{}",
        data(&report.verdict.to_string())
    );
    text
}

/// Escapes the text of an annotation.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of an annotation.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
