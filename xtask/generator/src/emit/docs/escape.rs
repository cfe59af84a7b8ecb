//! Text that means nothing but itself in Markdown.

use std::borrow::Cow;

/// Whether generated files may contain a character. Direction overrides make code read
/// differently from what it does; rustc refuses them.
pub fn is_printable(c: char) -> bool {
    let direction = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !c.is_control() && !direction && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}')
}

/// Whether a reviewer sees a character. Zero-width characters may be part of prose, but in names they
/// would make two different ones look alike.
pub fn is_visible(c: char) -> bool {
    let zero_width =
        matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}');
    is_printable(c) && !zero_width
}

/// A text without characters that generated files must not contain, with uniform line endings.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    if text.bytes().all(plain) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|c| is_printable(*c) || matches!(c, '\n' | '\t'))
        .collect()
}

/// Whether a character is one that never has a meaning in Markdown.
fn means_itself(byte: u8) -> bool {
    matches!(byte, b'!'..=b'%' | b'\''..=b')' | b'+'..=b';' | b'='..=b'Z' | b'^' | b'a'..=b'{' | b'}')
}

/// A word as Markdown. What only means something at a line's start is left to the wrapping.
pub(super) fn word(plain: &str, in_table: bool) -> Cow<'_, str> {
    if plain.bytes().all(means_itself) {
        return Cow::Borrowed(plain);
    }
    let mut escaped = String::with_capacity(plain.len() + 4);
    let mut before = ' ';
    let mut rest = plain.chars();
    while let Some(c) = rest.next() {
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => {
                let after = rest.clone().next().unwrap_or(' ');
                !(before.is_alphanumeric() || before == '_')
                    || !(after.is_alphanumeric() || after == '_')
            }
            '|' => in_table,
            '&' => starts_entity(rest.as_str()),
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        if is_printable(c) {
            escaped.push(c);
            before = c;
        }
    }
    Cow::Owned(escaped)
}

/// Whether `&` before this text would begin an entity: `amp;`, `#60;`.
pub(super) fn starts_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    end > 0 && name[end..].starts_with(';')
}

/// A word at the start of a line, where it must not begin a block.
pub(super) fn line_start(word: &str) -> String {
    let all = |c: char| word.chars().all(|other| other == c);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) && matches!(&word[digits..], "." | ")") {
        return format!("{}\\{}", &word[..digits], &word[digits..]);
    }
    let begins_block = match word.chars().next() {
        Some('>') => true,
        Some(c @ ('-' | '=' | '#')) => all(c) || word.chars().all(|c| "-|:".contains(c)),
        Some('+') => word == "+",
        Some('|' | ':') => word.chars().all(|c| "-|:".contains(c)),
        _ => false,
    };
    if begins_block {
        format!("\\{word}")
    } else {
        word.to_owned()
    }
}

/// A heading's text. Number signs at its end would be marks.
pub(super) fn heading(text: &str) -> String {
    let words = text.trim_end_matches('#');
    let signs = &text[words.len()..];
    if signs.is_empty() || !words.is_empty() && !words.ends_with(' ') {
        return text.to_owned();
    }
    format!("{words}\\{signs}")
}

/// Inline code, with as many backticks as it takes.
pub(super) fn code(plain: &str, in_table: bool) -> String {
    let mut content = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '\n' | '\t' => content.push(' '),
            '|' if in_table => content.push_str("\\|"),
            c if is_printable(c) => content.push(c),
            _ => {}
        }
    }
    if content.trim().is_empty() {
        return String::new();
    }
    let ticks = "`".repeat(longest_run(&content, '`') + 1);
    let pad = if content.starts_with('`') || content.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{ticks}{pad}{content}{pad}{ticks}")
}

/// The longest run of a character in a text.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == of { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
