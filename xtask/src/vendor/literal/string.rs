//! Strings: in `''`, `""` and backticks.

use super::{Problem, cursor::Cursor};

/// A string, whose opening quote is next.
pub(super) fn string(cursor: &mut Cursor<'_>) -> Result<String, Problem> {
    let start = cursor.position();
    let Some(quote) = cursor.bump() else {
        return Err(cursor.expected("a string"));
    };
    let mut text = String::new();
    loop {
        text.push_str(cursor.take_while(|c| !matches!(c, '\\' | '\n' | '\r' | '$') && c != quote));
        let here = cursor.position();
        match cursor.bump() {
            Some(c) if c == quote => return Ok(text),
            Some('\\') => escape(cursor, quote, &mut text)?,
            Some('$') if quote == '`' && cursor.peek() == Some('{') => {
                return Err(cursor.problem_at(here, "`${` is an expression, not data"));
            }
            Some('\n' | '\r') if quote != '`' => {
                return Err(cursor.problem_at(here, "line break in a string"));
            }
            // Within backticks every line ends with `\n`, whatever the file's ends are.
            Some('\r') => {
                cursor.take("\n");
                text.push('\n');
            }
            Some(c) => text.push(c),
            None => return Err(cursor.problem_at(start, "unterminated string")),
        }
    }
}

/// What follows a backslash.
fn escape(cursor: &mut Cursor<'_>, quote: char, text: &mut String) -> Result<(), Problem> {
    let start = cursor.position();
    let Some(kind) = cursor.bump() else {
        return Err(cursor.problem_at(start, "unterminated string"));
    };
    match kind {
        'n' => text.push('\n'),
        'r' => text.push('\r'),
        't' => text.push('\t'),
        'b' => text.push('\u{8}'),
        'f' => text.push('\u{c}'),
        'v' => text.push('\u{b}'),
        '\r' => {
            cursor.take("\n");
        }
        '\n' | '\u{2028}' | '\u{2029}' => {}
        'x' => text.push(character(cursor, start, 2)?),
        'u' => text.push(unicode(cursor, start)?),
        '0' if !cursor.peek().is_some_and(|c| c.is_ascii_digit()) => text.push('\0'),
        '0'..='9' => {
            let message = format!("`\\{kind}` is not a valid escape in a {quote}…{quote} string");
            return Err(cursor.problem_at(start, message));
        }
        other => text.push(other),
    }
    Ok(())
}

/// `\uXXXX`, two of them that make one character, or `\u{X…}`.
fn unicode(cursor: &mut Cursor<'_>, start: usize) -> Result<char, Problem> {
    let problem = |cursor: &Cursor<'_>| cursor.problem_at(start, "invalid escape: not a character");
    if cursor.take("{") {
        let digits = cursor.take_while(|c| c.is_ascii_hexdigit());
        let code = u32::from_str_radix(digits, 16).ok();
        let found = code.and_then(char::from_u32).filter(|_| cursor.take("}"));
        return found.ok_or_else(|| problem(cursor));
    }
    let first = code(cursor, start, 4)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first).ok_or_else(|| problem(cursor));
    }
    if !cursor.take("\\u") {
        return Err(problem(cursor));
    }
    let second = code(cursor, start, 4)?;
    let whole = second
        .checked_sub(0xdc00)
        .filter(|low| *low < 0x400)
        .map(|low| 0x10000 + ((first - 0xd800) << 10) + low);
    whole
        .and_then(char::from_u32)
        .ok_or_else(|| problem(cursor))
}

fn character(cursor: &mut Cursor<'_>, start: usize, digits: usize) -> Result<char, Problem> {
    let code = code(cursor, start, digits)?;
    char::from_u32(code).ok_or_else(|| cursor.problem_at(start, "invalid escape: not a character"))
}

/// So many hexadecimal digits.
fn code(cursor: &mut Cursor<'_>, start: usize, digits: usize) -> Result<u32, Problem> {
    let mut code = 0;
    for _ in 0..digits {
        let digit = cursor.peek().and_then(|c| c.to_digit(16));
        let Some(digit) = digit else {
            let message = format!("this escape needs {digits} hexadecimal digits");
            return Err(cursor.problem_at(start, message));
        };
        cursor.bump();
        code = code * 16 + digit;
    }
    Ok(code)
}
