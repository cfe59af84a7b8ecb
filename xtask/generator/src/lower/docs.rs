use std::collections::BTreeMap;

use crate::extensions;
use sdk_model::Deprecation;
use sdk_model::names::{snake, words};
use sdk_openapi::{Document, OperationView};

/// The documentation of the tags, by the words of their names.
pub(super) fn tags(document: &Document) -> BTreeMap<String, String> {
    let list = document.root().get("tags");
    let tags = list.iter().flat_map(|list| list.elements());
    tags.filter_map(|tag| {
        let text = tag.text("description").or_else(|| tag.text("summary"))?;
        Some((snake(&words(tag.text("name")?)), text.to_owned()))
    })
    .collect()
}

/// An operation's line and the rest.
pub(super) fn operation(view: &OperationView<'_>) -> (String, String) {
    let has_text = |text: &&str| !text.trim().is_empty() && text.trim() != view.path;
    let summary = view
        .summary
        .filter(has_text)
        .or(extensions::title(view))
        .unwrap_or_default()
        .trim();
    let text = view.description.unwrap_or_default().trim();
    if !summary.is_empty() {
        let rest = if text == summary { "" } else { text };
        return (one_line(summary), rest.to_owned());
    }
    match text.split_once("\n\n").unwrap_or((text, "")) {
        (first, rest) if is_prose(first) => (one_line(first), rest.trim().to_owned()),
        _ => (String::new(), text.to_owned()),
    }
}

/// Whether a paragraph is one, so that its lines may be joined: no code, list, table, quote.
fn is_prose(paragraph: &str) -> bool {
    let marks = [
        "```", "~~~", "- ", "* ", "+ ", "#", ">", "|", "<", "    ", "\t",
    ];
    let begins_block = |line: &str| {
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = number.len() < line.len() && number.starts_with(['.', ')']);
        numbered || marks.iter().any(|mark| line.starts_with(mark))
    };
    !paragraph.lines().any(begins_block)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an operation or a parameter is deprecated.
pub(super) fn deprecation(deprecated: bool, note: String) -> Option<Deprecation> {
    (deprecated || !note.is_empty()).then_some(Deprecation { note })
}
