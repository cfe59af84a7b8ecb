//! Documentation that is safe to print: converts untrusted Markdown to Markdown for rustdoc.
//!
//! The text is parsed and written anew, so that whatever a document holds ends up as prose,
//! lists, tables and `text` blocks: no HTML, no intra-doc link, no doctest, no control
//! character.

mod address;
mod escape;
mod html;
mod markdown;
#[cfg(test)]
mod tests;
mod wrap;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use sdk_model::TypeDef;

pub use address::text;
pub use escape::{is_printable, is_visible};

/// Longer examples are omitted.
const MAX_EXAMPLE_LINES: usize = 60;

/// Examples with longer lines are omitted.
const MAX_EXAMPLE_WIDTH: usize = 100;

/// The lines of a text, without the slashes.
pub fn lines(markdown: &str) -> Vec<String> {
    markdown::render(markdown)
}

/// The first paragraph as one line, for tables and lists.
pub fn first_line(markdown: &str) -> String {
    let lines = markdown::render(markdown);
    let prose = blocks(&lines).find(|block| block.first().is_some_and(|line| is_prose(line)));
    let words = prose.into_iter().flatten().map(|line| without_break(line));
    words.collect::<Vec<_>>().join(" ")
}

/// The first block: a paragraph, a list, a table.
pub fn first_block(markdown: &str) -> Vec<String> {
    let lines = markdown::render(markdown);
    let first = blocks(&lines).next().unwrap_or_default();
    first.to_vec()
}

/// A list item with a name and its documentation.
pub fn item(name: &str, about: &[String]) -> Vec<String> {
    let gap = if about.first().is_some_and(|line| is_prose(line)) {
        " "
    } else {
        "\n\n  "
    };
    lines(&format!("- {name}:{gap}{}", about.join("\n  ")))
}

/// Rendered lines, block by block.
fn blocks(lines: &[String]) -> impl Iterator<Item = &[String]> {
    // The number of backticks of the fence of the open code block.
    let mut fence = 0;
    lines.split(move |line| {
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        if fence == 0 && ticks >= 3 {
            fence = ticks;
        } else if fence == ticks && ticks == line.len() {
            fence = 0;
        }
        line.is_empty() && fence == 0
    })
}

/// Whether a rendered line is of a paragraph.
fn is_prose(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let blocks = ["```", "- ", "> ", "| ", "#", "---", " "];
    !blocks.iter().any(|start| line.starts_with(start))
        && (number.len() == line.len() || !number.starts_with(". "))
}

/// A line without the backslash of a hard line break.
fn without_break(line: &str) -> &str {
    let marks = line.len() - line.trim_end_matches('\\').len();
    let end = line.len() - marks % 2;
    line.get(..end).unwrap_or(line)
}

/// Outer doc attributes for blocks of text, an empty line between two of them.
pub(super) fn outer(blocks: &[Vec<String>]) -> TokenStream {
    let lines = joined(blocks);
    quote!(#(#[doc = #lines])*)
}

/// Inner doc attributes for blocks of text.
pub fn inner(blocks: &[Vec<String>]) -> TokenStream {
    let lines = joined(blocks);
    quote!(#(#![doc = #lines])*)
}

/// Blocks of text as one text, separated by empty lines.
pub(super) fn paragraphs(blocks: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        if !lines.is_empty() && !block.is_empty() {
            lines.push(String::new());
        }
        lines.extend(block);
    }
    lines
}

/// A default value, unless it is too long to be useful.
pub(super) fn default_value(value: Option<&Value>) -> Vec<String> {
    let text = value.filter(|value| !value.is_null()).map(Value::to_string);
    let short = text.filter(|text| text.len() <= 60 && !text.contains('`'));
    short
        .map(|text| format!("Default: `{}`.", code(&text)))
        .into_iter()
        .collect()
}

/// A name from the document between backticks.
pub(crate) fn code(name: &str) -> String {
    let mut code = String::with_capacity(name.len());
    for c in name.chars().filter(|c| *c != '`') {
        if is_visible(c) {
            code.push(c);
        } else {
            code.extend(c.escape_default());
        }
    }
    code
}

/// The wire name of an item, unless it is the item's identifier in another case.
pub(super) fn wire_name(wire: &str, ident: &str) -> Option<String> {
    let letters = |text: &str| {
        let text = text.chars().filter(|c| c.is_alphanumeric());
        text.flat_map(char::to_lowercase).collect::<String>()
    };
    let same = letters(wire) == letters(ident);
    (!same).then(|| match code(wire) {
        wire if wire.trim().is_empty() => "The empty string.".to_owned(),
        wire => format!("`{wire}`."),
    })
}

/// An example as JSON: inline if it is short, otherwise a block, which is never a documentation test.
pub fn example(value: &Value) -> Vec<String> {
    let Ok(text) = serde_json::to_string_pretty(value) else {
        return Vec::new();
    };
    let printable = text.chars().all(|c| c == '\n' || is_printable(c));
    let many = text.lines().count() > MAX_EXAMPLE_LINES
        || text.lines().any(|l| l.len() > MAX_EXAMPLE_WIDTH);
    if value.is_null() || many || !printable {
        return Vec::new();
    }
    if !text.contains(['\n', '`']) {
        return vec![format!("Example: `{text}`")];
    }
    let fence = "`".repeat(escape::longest_run(&text, '`').max(2) + 1);
    let mut lines = vec![format!("{fence}json")];
    lines.extend(text.lines().map(str::to_owned));
    lines.push(fence);
    lines
}

/// A type's example.
pub fn example_of(definition: &TypeDef) -> Vec<String> {
    definition.example.as_ref().map(example).unwrap_or_default()
}

fn joined(blocks: &[Vec<String>]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for block in blocks.iter().filter(|block| !block.is_empty()) {
        if !joined.is_empty() {
            joined.push(String::new());
        }
        joined.extend(block.iter().map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        }));
    }
    joined
}
