//! Documentation that is safe to print: Markdown from anywhere in, rustdoc's Markdown out.
//!
//! The text is parsed and written anew, so that whatever a document holds ends up as prose,
//! lists, tables and `text` blocks: no HTML, no intra-doc link, no doctest, no control
//! character.

mod address;
mod escape;
#[cfg(test)]
mod harmless;
mod html;
mod markdown;
mod wrap;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use sdk_model::TypeDef;

pub use address::text;
pub use escape::is_printable;

/// An example that takes more lines is no help.
const MOST_LINES: usize = 60;

/// Nor is one with longer lines.
const LONGEST_LINE: usize = 100;

/// The lines of a text, without the slashes.
pub fn lines(markdown: &str) -> Vec<String> {
    markdown::render(markdown)
}

/// The first paragraph as one line, for tables and lists; nothing where there is none.
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

/// An item of a list: a name, and what is said about it.
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
    // How many backticks the open code block began with.
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

/// A line without the mark that ends it where it stands.
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

/// What the document says; what the facts say where it says nothing.
pub fn or(docs: &str, otherwise: impl FnOnce() -> String) -> Vec<String> {
    let lines = lines(docs);
    if lines.is_empty() {
        vec![otherwise()]
    } else {
        lines
    }
}

/// An example as JSON: a line where it is short, a block where not, nothing where it would fill
/// pages. A block says its language, so that no documentation test runs it.
pub fn example(value: &Value) -> Vec<String> {
    let Ok(text) = serde_json::to_string_pretty(value) else {
        return Vec::new();
    };
    let printable = text.chars().all(|c| c == '\n' || is_printable(c));
    let many = text.lines().count() > MOST_LINES || text.lines().any(|l| l.len() > LONGEST_LINE);
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

#[cfg(test)]
mod tests {
    use super::{first_block, first_line, item, lines};

    fn rendered(markdown: &str) -> String {
        lines(markdown).join("\n")
    }

    #[test]
    fn prose_is_kept_and_wrapped() {
        let text = "Retrieve a **single** session, by its `session_id`.\nMore   text.";
        assert_eq!(
            rendered(text),
            "Retrieve a **single** session, by its `session_id`. More text."
        );
        let long = "word ".repeat(40);
        assert!(lines(&long).iter().all(|line| line.len() <= 80));
        assert_eq!(lines("").len(), 0);
    }

    #[test]
    fn brackets_and_html_are_harmless() {
        assert_eq!(rendered("Takes [Foo] or [a](b::c)"), "Takes \\[Foo\\] or a");
        assert_eq!(
            rendered("a <session_id> and Vec<String>"),
            "a \\<session_id> and Vec\\<String>"
        );
        assert_eq!(rendered("one<br>two <b>bold</b>"), "one\\\ntwo bold");
        assert_eq!(rendered("<script>alert(1)</script>"), "alert(1)");
        assert_eq!(rendered("a <!-- gone --> b"), "a b");
    }

    #[test]
    fn addresses_become_links() {
        assert_eq!(
            rendered("See https://a.example/x_y."),
            "See <https://a.example/x_y>."
        );
        assert_eq!(
            rendered("[https://a.example](https://a.example)"),
            "<https://a.example>"
        );
        assert_eq!(
            rendered("[here](https://a.example/(1))"),
            "[here](https://a.example/%281%29)"
        );
        assert_eq!(rendered("https://{host}/v1"), "`https://{host}/v1`");
        assert_eq!(rendered("(https://a.example)"), "(<https://a.example>)");
        assert_eq!(
            rendered("[see https://a.example/x now](#there)"),
            "see <https://a.example/x> now"
        );
    }

    #[test]
    fn code_is_never_a_doctest() {
        assert_eq!(rendered("```\npanic!()\n```"), "```text\npanic!()\n```");
        assert_eq!(
            rendered("x:\n\n    indented\n"),
            "x:\n\n```text\nindented\n```"
        );
        assert_eq!(
            rendered("```rust\nlet x = \"```\";\n```"),
            "````text\nlet x = \"```\";\n````"
        );
        assert_eq!(rendered("~~~~\n```\n~~~~"), "````text\n```\n````");
        assert_eq!(rendered("```json\n{}\n```"), "```json\n{}\n```");
    }

    #[test]
    fn lists_and_tables_keep_their_form() {
        assert_eq!(rendered("* a\n* b\n  * c"), "- a\n- b\n  - c");
        assert_eq!(rendered("3) a\n4) b"), "3. a\n4. b");
        assert_eq!(
            rendered("|a|b|\n|-|-|\n|`x\\|y`|[z]|"),
            "| a | b |\n| --- | --- |\n| `x\\|y` | \\[z\\] |"
        );
        assert_eq!(rendered("> quoted\n> text"), "> quoted text");
    }

    #[test]
    fn a_wrapped_line_starts_no_block() {
        let text = format!("{} - not a list", "x".repeat(80));
        assert_eq!(lines(&text)[1], "\\- not a list");
        let text = format!("{} 1. not a list", "x".repeat(80));
        assert_eq!(lines(&text)[1], "1\\. not a list");
    }

    #[test]
    fn control_and_direction_characters_go() {
        assert_eq!(rendered("a\u{0}b\u{202e}c\u{7}\td"), "abc d");
    }

    #[test]
    fn an_item_holds_any_block() {
        let told = |about: &str| item("`x`", &lines(about)).join("\n");
        assert_eq!(told("One.\n\nTwo."), "- `x`: One.\n\n  Two.");
        assert_eq!(
            told("```\na\n\nb\n```"),
            "- `x`:\n\n  ```text\n  a\n\n  b\n  ```"
        );
        assert_eq!(told("1. a\n2. b"), "- `x`:\n\n  1. a\n  2. b");
    }

    #[test]
    fn a_first_block_is_whole() {
        assert_eq!(first_block("```\na\n\nb\n```\n\nc").len(), 5);
        assert_eq!(first_block("a\n\nb"), ["a"]);
        assert_eq!(first_block("").len(), 0);
    }

    #[test]
    fn a_first_line_is_one_line() {
        assert_eq!(first_line("One\ntwo.\n\nThree."), "One two.");
        assert_eq!(first_line("One  \ntwo."), "One two.");
        assert_eq!(first_line("```\na\n\nb\n```\n\nOne."), "One.");
        assert_eq!(first_line("- one\n- two"), "");
    }
}
