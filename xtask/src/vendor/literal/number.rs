//! Numbers.

use serde_json::{Number, Value};

use super::{Problem, cursor::Cursor};

/// A number, with its sign.
pub(super) fn number(cursor: &mut Cursor<'_>) -> Result<Value, Problem> {
    let start = cursor.position();
    let negative = cursor.take("-");
    if !negative {
        cursor.take("+");
    }
    let text = text(cursor);
    let found = value(&text, negative);
    found
        .map(Value::Number)
        .ok_or_else(|| cursor.problem_at(start, "not a JSON number"))
}

/// The digits, separators included.
fn text(cursor: &mut Cursor<'_>) -> String {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    let mut text = cursor.take_while(part).to_owned();
    // An exponent may have a sign, unless the number is hexadecimal.
    if text.ends_with(['e', 'E']) && !text.starts_with("0x") && !text.starts_with("0X") {
        text.push_str(cursor.take_while(|c| matches!(c, '+' | '-')));
        text.push_str(cursor.take_while(part));
    }
    text
}

fn value(text: &str, negative: bool) -> Option<Number> {
    let parts_well =
        |text: &str| !(text.starts_with('_') || text.ends_with('_') || text.contains("__"));
    if !parts_well(text) {
        return None;
    }
    let digits = text.replace('_', "");
    let radix = match digits.get(..2) {
        Some("0x" | "0X") => Some(16),
        Some("0o" | "0O") => Some(8),
        Some("0b" | "0B") => Some(2),
        _ => None,
    };
    if let Some(radix) = radix {
        let digits = digits.get(2..)?;
        let sign_free = digits.chars().all(|c| c.is_digit(radix));
        let value = u64::from_str_radix(digits, radix)
            .ok()
            .filter(|_| sign_free)?;
        return whole(value, negative);
    }
    if digits.chars().all(|c| c.is_ascii_digit()) {
        // `017` would be octal in old scripts, and an error in modules.
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        if let Some(number) = digits.parse().ok().and_then(|value| whole(value, negative)) {
            return Some(number);
        }
    }
    // `inf` and `nan` are numbers to Rust, and names here.
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let value: f64 = digits.parse().ok()?;
    Number::from_f64(if negative { -value } else { value })
}

fn whole(value: u64, negative: bool) -> Option<Number> {
    if !negative {
        return Some(value.into());
    }
    0_i64.checked_sub_unsigned(value).map(Number::from)
}
