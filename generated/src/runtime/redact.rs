//! Takes what came out of messages that quote it: answers hold secrets.

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

/// An API's own text, without secrets that it repeats.
pub(crate) fn without(text: String, secrets: &[String]) -> String {
    secrets.iter().fold(text, |text, secret| text.replace(secret.as_str(), "…"))
}
