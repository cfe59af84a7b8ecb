//! The module and the values in it.

use serde_json::{Map, Value};

use super::{Problem, cursor::Cursor, number, string};
use sdk_openapi::diagnostics::sanitize;

/// Values may nest as deeply as those of documents.
const DEEPEST: usize = 128;

pub(super) fn module(cursor: &mut Cursor<'_>) -> Result<Value, Problem> {
    cursor.blank()?;
    while cursor.word("import") {
        import(cursor)?;
        cursor.blank()?;
    }
    for word in ["export", "default"] {
        cursor.blank()?;
        if !cursor.word(word) {
            return Err(cursor.expected("`export default`"));
        }
    }
    let value = value(cursor, 0)?;
    cursor.blank()?;
    cursor.take(";");
    cursor.blank()?;
    match cursor.peek() {
        None => Ok(value),
        Some(_) => Err(cursor.expected("the end of the module")),
    }
}

/// The rest of an import: all of it up to the module's name.
fn import(cursor: &mut Cursor<'_>) -> Result<(), Problem> {
    cursor.blank()?;
    cursor.take_while(|c| !matches!(c, '\'' | '"' | ';' | '(' | '`'));
    if !matches!(cursor.peek(), Some('\'' | '"')) {
        return Err(cursor.expected("the name of a module"));
    }
    string::string(cursor)?;
    cursor.blank()?;
    cursor.take(";");
    Ok(())
}

/// A value, type assertions skipped.
fn value(cursor: &mut Cursor<'_>, depth: usize) -> Result<Value, Problem> {
    cursor.blank()?;
    if depth > DEEPEST {
        let message = format!("this is nested too deeply (more than {DEEPEST} levels)");
        return Err(cursor.problem(message));
    }
    let value = match cursor.peek() {
        Some('{') => object(cursor, depth)?,
        Some('[') => array(cursor, depth)?,
        Some('\'' | '"' | '`') => Value::String(string::string(cursor)?),
        Some('.') if cursor.rest().starts_with("...") => return Err(spread(cursor)),
        Some('0'..='9' | '-' | '+' | '.') => number::number(cursor)?,
        _ => word(cursor)?,
    };
    claims(cursor)?;
    Ok(value)
}

/// What `...` would bring in is not known.
fn spread(cursor: &Cursor<'_>) -> Problem {
    cursor.problem("`...` is a spread, not data")
}

fn word(cursor: &mut Cursor<'_>) -> Result<Value, Problem> {
    let start = cursor.position();
    match cursor.name() {
        Some("true") => Ok(Value::Bool(true)),
        Some("false") => Ok(Value::Bool(false)),
        Some("null") => Ok(Value::Null),
        Some(name) => {
            let message = format!(
                "`{}` is not a literal; only data can be read",
                sanitize(name)
            );
            Err(cursor.problem_at(start, message))
        }
        None => Err(cursor.expected("a value")),
    }
}

fn array(cursor: &mut Cursor<'_>, depth: usize) -> Result<Value, Problem> {
    let mut values = Vec::new();
    cursor.take("[");
    loop {
        cursor.blank()?;
        if cursor.take("]") {
            return Ok(Value::Array(values));
        }
        values.push(value(cursor, depth + 1)?);
        separator(cursor, ']')?;
    }
}

fn object(cursor: &mut Cursor<'_>, depth: usize) -> Result<Value, Problem> {
    let mut members = Map::new();
    cursor.take("{");
    loop {
        cursor.blank()?;
        if cursor.take("}") {
            return Ok(Value::Object(members));
        }
        let start = cursor.position();
        let key = key(cursor)?;
        if members.contains_key(&key) {
            let message = format!("`{}` is a duplicate property", sanitize(&key));
            return Err(cursor.problem_at(start, message));
        }
        cursor.blank()?;
        if !cursor.take(":") {
            return Err(cursor.expected("`:`"));
        }
        let value = value(cursor, depth + 1)?;
        members.insert(key, value);
        separator(cursor, '}')?;
    }
}

/// A property's name.
fn key(cursor: &mut Cursor<'_>) -> Result<String, Problem> {
    let start = cursor.position();
    let key = match cursor.peek() {
        Some('\'' | '"') => string::string(cursor)?,
        Some('0'..='9') => {
            let digits = cursor.take_while(|c| c.is_ascii_digit());
            let exact = digits.len() < 16 && (digits == "0" || !digits.starts_with('0'));
            if !exact {
                return Err(cursor.problem_at(start, "this number is not a valid property name"));
            }
            digits.to_owned()
        }
        Some('.') if cursor.rest().starts_with("...") => return Err(spread(cursor)),
        Some('[') => return Err(cursor.problem("a computed property name is not data")),
        _ => match cursor.name() {
            Some(name) => name.to_owned(),
            None => return Err(cursor.expected("a name")),
        },
    };
    if key == "__proto__" {
        return Err(cursor.problem_at(start, "`__proto__` is not an own property"));
    }
    Ok(key)
}

/// What follows an element: a comma, or the end.
fn separator(cursor: &mut Cursor<'_>, end: char) -> Result<(), Problem> {
    cursor.blank()?;
    if cursor.take(",") || cursor.peek() == Some(end) {
        return Ok(());
    }
    Err(cursor.expected(&format!("`,` or `{end}`")))
}

/// Passes over `as const`, `as T` and `satisfies T`.
fn claims(cursor: &mut Cursor<'_>) -> Result<(), Problem> {
    loop {
        cursor.blank()?;
        if !cursor.word("as") && !cursor.word("satisfies") {
            return Ok(());
        }
        type_name(cursor)?;
    }
}

/// The name of a type, with its arguments: `a.B<C, 'd'>[]`.
fn type_name(cursor: &mut Cursor<'_>) -> Result<(), Problem> {
    cursor.blank()?;
    if cursor.name().is_none() {
        return Err(cursor.expected("the name of a type"));
    }
    while cursor.take(".") {
        if cursor.name().is_none() {
            return Err(cursor.expected("the name of a type"));
        }
    }
    if cursor.take("<") {
        let mut open = 1;
        while open > 0 {
            cursor.take_while(|c| !matches!(c, '<' | '>'));
            match cursor.bump() {
                Some('<') => open += 1,
                Some(_) => open -= 1,
                None => return Err(cursor.expected("`>`")),
            }
        }
    }
    while cursor.take("[]") {}
    Ok(())
}
