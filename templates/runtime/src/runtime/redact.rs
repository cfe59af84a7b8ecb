//! Redacts messages: responses may contain secrets.

/// A secret of this length is not part of a word by accident.
const UNAMBIGUOUS_LENGTH: usize = 8;

/// The maximum length of an API's text in an error message.
const MAX_TEXT: usize = 300;

/// The maximum length of a message of the runtime, which may contain an API's text.
const MAX_MESSAGE: usize = 1000;

/// A message of serde_json without the values that it quotes. Property names, expected types
/// and the position are kept.
pub(crate) fn decode_message(text: &str) -> String {
    if text.starts_with("missing field `") || text.starts_with("duplicate field `") {
        return text.to_owned();
    }
    let Some(quote) = text.find(['"', '`', '\'']) else { return text.to_owned() };
    let quoting =
        ["invalid type: ", "invalid value: ", "unknown variant ", "unknown field "];
    let rest = if quoting.iter().any(|start| text.starts_with(start)) {
        // The value may contain ", expected " as well; serde's text is the last one.
        text.rfind(", expected ")
    } else {
        text.rfind(" at line ")
    };
    let rest = rest.filter(|rest| *rest > quote).map_or("", |rest| &text[rest..]);
    format!("{}…{rest}", &text[..quote])
}

/// An API's text as part of one line: without control characters, of limited length.
pub(crate) fn one_line(text: &str) -> String {
    bounded(text, MAX_TEXT)
}

/// The message of an error as part of one line. It may list the credentials of an operation.
pub(crate) fn message_line(text: &str) -> String {
    bounded(text, MAX_MESSAGE)
}

fn bounded(text: &str, length: usize) -> String {
    let mut line: String = text.chars().map(visible).take(length).collect();
    if text.chars().nth(length).is_some() {
        line.push('…');
    }
    line
}

/// A space instead of a character that is invisible or changes the direction of a line.
fn visible(c: char) -> char {
    match c {
        '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    }
}

/// An API's text without the secrets that it repeats. Short ones are removed only where they
/// are not part of a word.
pub(crate) fn redact(text: &str, secrets: &[String]) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        let mut rest = text.as_str();
        let mut kept = String::new();
        while let Some((before, after)) = rest.split_once(secret.as_str()) {
            kept.push_str(before);
            let inside_word =
                in_word(kept.chars().next_back()) || in_word(after.chars().next());
            kept.push_str(if inside_word && secret.len() < UNAMBIGUOUS_LENGTH {
                secret
            } else {
                "…"
            });
            rest = after;
        }
        kept.push_str(rest);
        text = kept;
    }
    text
}

fn in_word(neighbor: Option<char>) -> bool {
    neighbor.is_some_and(char::is_alphanumeric)
}
