//! Web addresses.

use std::borrow::Cow;

use super::escape::{code, is_printable, starts_entity, word};

const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Plain text as Markdown: on one line, every special character escaped, addresses as links.
pub fn text(plain: &str) -> String {
    let words: Vec<Cow<'_, str>> = plain
        .split_whitespace()
        .map(|word| linked(word, false))
        .collect();
    words.join(" ")
}

/// A word as Markdown, its addresses as links; as code where they are only patterns of addresses.
pub(super) fn linked(plain: &str, in_table: bool) -> Cow<'_, str> {
    // Few words have an address, and looking for a character is quick.
    if !plain.contains(':') {
        return word(plain, in_table);
    }
    let mut written = String::with_capacity(plain.len());
    let mut rest = plain;
    while let Some((before, url, after)) = first(rest) {
        written.push_str(&word(before, in_table));
        if url.contains(['{', '}', '[', '\\', '*']) || url.ends_with("://") {
            written.push_str(&code(url, in_table));
        } else {
            written.push_str(&format!("<{url}>"));
        }
        rest = after;
    }
    written.push_str(&word(rest, in_table));
    Cow::Owned(written)
}

/// The first address of a word, and the text before and after it.
fn first(plain: &str) -> Option<(&str, &str, &str)> {
    let start = SCHEMES
        .iter()
        .filter_map(|scheme| plain.find(scheme))
        .min()?;
    let (before, address) = plain.split_at(start);
    let ends = |c: char| matches!(c, '<' | '>' | '"' | '\'' | '`' | '|') || !is_printable(c);
    let address = address.split(ends).next().unwrap_or_default();
    let mut url = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', ']']);
    if !url.contains('(') {
        url = url.trim_end_matches([')', '.', ',']);
    }
    let after = plain.get(start + url.len()..)?;
    Some((before, url, after))
}

/// A link's address between parentheses, where it is one that rustdoc takes for no
/// item of the crate.
pub(super) fn of_link(plain: &str) -> Option<String> {
    let known = ["https://", "http://", "mailto:"];
    if !known
        .iter()
        .any(|scheme| plain.starts_with(scheme) && plain.len() > scheme.len())
    {
        return None;
    }
    let mut address = String::with_capacity(plain.len());
    for (at, c) in plain.char_indices() {
        match c {
            ' ' => address.push_str("%20"),
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            '(' => address.push_str("%28"),
            ')' => address.push_str("%29"),
            '\\' => address.push_str("%5C"),
            '`' => address.push_str("%60"),
            '|' => address.push_str("%7C"),
            '*' => address.push_str("%2A"),
            '[' => address.push_str("%5B"),
            ']' => address.push_str("%5D"),
            '&' if starts_entity(&plain[at + 1..]) => address.push_str("&amp;"),
            c if is_printable(c) => address.push(c),
            _ => {}
        }
    }
    Some(address)
}

/// Whether an address is valid between angle brackets as it is.
pub(super) fn stands_alone(address: &str) -> bool {
    address
        .chars()
        .all(|c| is_printable(c) && !c.is_whitespace() && !matches!(c, '<' | '>' | '`' | '|'))
}
