//! JSON that people may look at.

use serde::Serialize;

use super::render::escape_control;

/// A value as JSON, with what a terminal obeys, and what hides or turns text around, escaped.
///
/// # Errors
///
/// Where the value cannot be written as JSON.
pub fn json_text(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string_pretty(value)?;
    let mut text = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        // JSON has such characters in its strings only.
        if c == '\n' || escape_control(c) == c {
            text.push(c);
        } else {
            text.push_str(&format!("\\u{:04x}", u32::from(c)));
        }
    }
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost() -> Result<(), serde_json::Error> {
        let value = vec!["\u{1b}[31m\u{7f}\u{9b}2J\t\u{202e}\u{feff}é🦀"];
        let text = json_text(&value)?;
        assert_eq!(
            text,
            "[\n  \"\\u001b[31m\\u007f\\u009b2J\\t\\u202e\\ufeffé🦀\"\n]\n"
        );
        let read: Vec<String> = serde_json::from_str(&text)?;
        assert_eq!(read, value);
        Ok(())
    }
}
