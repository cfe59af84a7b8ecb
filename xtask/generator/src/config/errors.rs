//! Errors of codegen.yaml, with their location.

use sdk_openapi::diagnostics::{Diagnostic, Location, Position};

/// What is wrong with a file, and where.
pub(super) fn problem(error: &serde_yaml::Error, text: &str, file: &str) -> Diagnostic {
    let error_text = error.to_string();
    // The location is reported separately.
    let message = error_text.split(" at line ").next().unwrap_or(&error_text);
    let location = match error.location() {
        Some(location) => Location::At(Box::new(position(
            text,
            file,
            location.line(),
            location.column(),
        ))),
        None => Location::File(file.to_owned()),
    };
    let (message, help) = match message.split_once(", expected one of ") {
        Some((unknown, known)) => {
            let unknown = unknown.replace("unknown field", "there is no key");
            let known = known.replace('`', "");
            (
                unknown,
                closest(message, &known).unwrap_or(format!("the keys here are {known}")),
            )
        }
        None => (
            message.replace("invalid type: ", "wrong type: "),
            "see the comments of the other codegen.yaml files for its form".to_owned(),
        ),
    };
    Diagnostic::error(location, message).help(help)
}

/// The known key that is most like the unknown one.
fn closest(message: &str, known: &str) -> Option<String> {
    let unknown = message.split('`').nth(1)?;
    known
        .split(", ")
        .map(|key| (likeness(unknown, key), key))
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, key)| format!("did you mean `{key}`?"))
}

/// How much of two words is the same, from 0 to 1.
fn likeness(left: &str, right: &str) -> f32 {
    similar::TextDiff::from_chars(left, right).ratio()
}

fn position(text: &str, file: &str, line: usize, column: usize) -> Position {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text.get(before..).unwrap_or_default();
    let own = rest.lines().next().unwrap_or_default();
    let start = before
        + own
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(own.len(), |(at, _)| at);
    let meant = text.get(start..).unwrap_or_default();
    let word: usize = meant
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        .map(char::len_utf8)
        .sum();
    let first = meant.chars().next().map_or(1, char::len_utf8);
    Position {
        file: file.to_owned(),
        line,
        column,
        start,
        end: (start + word.max(first)).min(text.len()),
    }
}
