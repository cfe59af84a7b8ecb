//! Samples of rendered documentation.

use super::super::{first_block, first_line, item, lines};

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
fn brackets_and_html_are_escaped() {
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
fn control_and_direction_characters_are_removed() {
    assert_eq!(rendered("a\u{0}b\u{202e}c\u{7}\td"), "abc d");
}

#[test]
fn an_item_holds_any_block() {
    let rendered_item = |about: &str| item("`x`", &lines(about)).join("\n");
    assert_eq!(rendered_item("One.\n\nTwo."), "- `x`: One.\n\n  Two.");
    assert_eq!(
        rendered_item("```\na\n\nb\n```"),
        "- `x`:\n\n  ```text\n  a\n\n  b\n  ```"
    );
    assert_eq!(rendered_item("1. a\n2. b"), "- `x`:\n\n  1. a\n  2. b");
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
