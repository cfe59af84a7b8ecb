//! Takes what came out of messages that quote it: answers hold secrets.

/// A secret of this length stands in no word by chance.
const LONG: usize = 8;

/// The longest piece of an API's own message that is shown.
const LONGEST: usize = 300;

/// What serde says about JSON, without the values that it quotes. What it says about our
/// own types (member names, what was expected) and the position stay.
pub(crate) fn decode_message(text: &str) -> String {
    if text.starts_with("missing field `") || text.starts_with("duplicate field `") {
        return text.to_owned();
    }
    let Some(quote) = text.find(['"', '`', '\'']) else { return text.to_owned() };
    let of_serde =
        ["invalid type: ", "invalid value: ", "unknown variant ", "unknown field "];
    let rest = if of_serde.iter().any(|start| text.starts_with(start)) {
        // The value may say ", expected " too; what serde adds comes last.
        text.rfind(", expected ")
    } else {
        text.rfind(" at line ")
    };
    let rest = rest.filter(|rest| *rest > quote).map_or("", |rest| &text[rest..]);
    format!("{}…{rest}", &text[..quote])
}

/// An API's own message as part of one line: no control characters, not endless.
pub(crate) fn one_line(text: &str) -> String {
    let mut line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}

/// An API's own text, without secrets that it repeats. Short ones are taken out only where they
/// are no part of a word.
pub(crate) fn without(text: &str, secrets: &[String]) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        let mut rest = text.as_str();
        let mut kept = String::new();
        while let Some((before, after)) = rest.split_once(secret.as_str()) {
            kept.push_str(before);
            let inside_word =
                in_word(kept.chars().next_back()) || in_word(after.chars().next());
            kept.push_str(if inside_word && secret.len() < LONG {
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

fn in_word(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(char::is_alphanumeric)
}
