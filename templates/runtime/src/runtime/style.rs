//! Parameter styles (OpenAPI 3.1, "Style Values").

use super::param::Param;
use super::percent::{encode, encode_value};

/// The style of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b` in paths and headers.
    Simple,
    /// `.a.b` in paths.
    Label,
    /// `;name=a,b` in paths.
    Matrix,
    /// `name=a&name=b` in queries and cookies.
    Form,
    /// `name=a%20b` in queries.
    SpaceDelimited,
    /// `name=a%7Cb` in queries.
    PipeDelimited,
    /// `name[key]=value` in queries.
    DeepObject,
    /// JSON text: a parameter with `content: application/json`.
    Json,
    /// The whole query is the JSON text: `in: querystring` with `application/json`.
    WholeJson,
    /// The whole query is the text: `in: querystring` with `text/plain`.
    WholeText,
}

/// The style of a query parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryStyle {
    /// The style.
    pub style: Style,
    /// Whether lists and objects are sent as several `name=value` pairs.
    pub explode: bool,
    /// Whether reserved characters are not encoded.
    pub allow_reserved: bool,
}

impl QueryStyle {
    /// The default style of a query parameter.
    pub const FORM: Self =
        Self { style: Style::Form, explode: true, allow_reserved: false };
}

/// How a member of a form is encoded.
#[derive(Debug)]
pub struct FormField {
    /// The member's name.
    pub name: &'static str,
    /// Its style; [`Style::Json`] for `contentType: application/json`.
    pub style: QueryStyle,
}

/// A path parameter's text, encoded.
pub(crate) fn path(style: Style, explode: bool, name: &str, value: &Param) -> String {
    let (start, separator) = match style {
        Style::Label if explode => (".", "."),
        Style::Label => (".", ","),
        Style::Matrix if explode => (";", ";"),
        Style::Matrix => (";", ","),
        _ => ("", ","),
    };
    let named = style == Style::Matrix;
    let text = match value {
        Param::Null => String::new(),
        Param::Text(text) | Param::Literal(text) => encode(text),
        Param::List(items) if named && explode => {
            return each(start, items.iter().map(|item| named_pair(name, item)));
        }
        Param::List(items) => {
            join(items.iter().map(|item| encode(&item.to_text())), separator)
        }
        Param::Object(members) => {
            let between = if explode { "=" } else { "," };
            let pairs = members.iter().map(|(key, value)| {
                format!("{}{between}{}", encode(key), encode(&value.to_text()))
            });
            if named && explode {
                return each(start, pairs);
            }
            join(pairs, separator)
        }
    };
    match named {
        true if text.is_empty() => format!(";{}", encode(name)),
        true => format!(";{}={text}", encode(name)),
        false => format!("{start}{text}"),
    }
}

fn named_pair(name: &str, value: &Param) -> String {
    match value.to_text() {
        text if text.is_empty() => encode(name),
        text => format!("{}={}", encode(name), encode(&text)),
    }
}

fn each(start: &str, parts: impl Iterator<Item = String>) -> String {
    parts.map(|part| format!("{start}{part}")).collect()
}

fn join(parts: impl Iterator<Item = String>, separator: &str) -> String {
    parts.collect::<Vec<_>>().join(separator)
}

/// A query or form parameter's text, encoded: `name=a&name=b`. Empty if nothing is sent.
pub(crate) fn query(style: QueryStyle, name: &str, value: &Param) -> String {
    let value_text = |text: &str| encode_value(text, style.allow_reserved);
    let pair = |key: &str, text: &str| format!("{}={}", encode(key), value_text(text));
    let separator = match style.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match value {
        Param::Null => String::new(),
        Param::Text(text) | Param::Literal(text) => pair(name, text),
        Param::List(_) | Param::Object(_) if style.style == Style::DeepObject => {
            let mut pairs = Vec::new();
            deep_object(&mut pairs, name.to_owned(), value, &pair);
            pairs.join("&")
        }
        Param::List(items) if items.is_empty() => String::new(),
        Param::List(items) if style.explode => {
            join(items.iter().map(|item| pair(name, &item.to_text())), "&")
        }
        Param::List(items) => {
            let items =
                join(items.iter().map(|item| value_text(&item.to_text())), separator);
            format!("{}={items}", encode(name))
        }
        Param::Object(members) => {
            let mut members = present(members).peekable();
            if members.peek().is_none() {
                return String::new();
            }
            if style.explode {
                return join(
                    members.map(|(key, value)| pair(key, &value.to_text())),
                    "&",
                );
            }
            let members = members.map(|(key, value)| {
                format!("{}{separator}{}", value_text(key), value_text(&value.to_text()))
            });
            format!("{}={}", encode(name), join(members, separator))
        }
    }
}

fn present(members: &[(String, Param)]) -> impl Iterator<Item = (&str, &Param)> {
    let members = members.iter().filter(|(_, value)| *value != Param::Null);
    members.map(|(key, value)| (key.as_str(), value))
}

/// `name[key][0]=value`. OpenAPI defines one level; deeper levels are written likewise, list
/// items by their index.
fn deep_object(
    pairs: &mut Vec<String>,
    name: String,
    value: &Param,
    pair: &dyn Fn(&str, &str) -> String,
) {
    match value {
        Param::Null => {}
        Param::Text(text) | Param::Literal(text) => pairs.push(pair(&name, text)),
        Param::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep_object(pairs, format!("{name}[{index}]"), item, pair);
            }
        }
        Param::Object(members) => {
            for (key, value) in members {
                deep_object(pairs, format!("{name}[{key}]"), value, pair);
            }
        }
    }
}

/// A cookie parameter's text, with encoded values: `name=a,b`. Exploded lists and objects are
/// several cookies.
pub(crate) fn cookie(explode: bool, name: &str, value: &Param) -> String {
    let text = |value: &Param| encode(&value.to_text());
    let pairs: Vec<(String, String)> = match value {
        Param::Null => Vec::new(),
        Param::Text(text) | Param::Literal(text) => {
            vec![(name.to_owned(), encode(text))]
        }
        Param::List(items) if explode => {
            items.iter().map(|item| (name.to_owned(), text(item))).collect()
        }
        Param::Object(members) if explode => {
            present(members).map(|(key, value)| (encode(key), text(value))).collect()
        }
        Param::List(items) => one_pair(name, items.iter().map(text)),
        Param::Object(members) => {
            let members = present(members);
            one_pair(name, members.flat_map(|(key, value)| [encode(key), text(value)]))
        }
    };
    join(pairs.iter().map(|(name, value)| format!("{name}={value}")), "; ")
}

/// Values of one name; empty without values.
fn one_pair(name: &str, values: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let values: Vec<String> = values.collect();
    if values.is_empty() {
        return Vec::new();
    }
    vec![(name.to_owned(), values.join(","))]
}

/// A header parameter's text: the style is always `simple`, and nothing is encoded.
pub(crate) fn header(explode: bool, value: &Param) -> String {
    match value {
        Param::Object(members) if explode => {
            let members = present(members);
            join(members.map(|(key, value)| format!("{key}={}", value.to_text())), ",")
        }
        value => value.to_text(),
    }
}

/// A form body, its members encoded as the document declares, or by default.
pub(crate) fn form(value: &Param, fields: &[FormField]) -> String {
    let Param::Object(members) = value else { return String::new() };
    let pairs = members.iter().map(|(name, value)| {
        match fields.iter().find(|field| field.name == name) {
            Some(field) => styled_field(field.style, name, value),
            None => form_field(name, value),
        }
    });
    join(pairs.filter(|pair| !pair.is_empty()), "&")
}

/// A form field that the document gives a style, or JSON.
pub(crate) fn styled_field(style: QueryStyle, name: &str, value: &Param) -> String {
    match (style.style, value) {
        (_, Param::Null) => String::new(),
        (Style::Json, value) => form_pair(name, &value.to_string()),
        (_, value) => query(style, name, value),
    }
}

/// A form field without a style: objects are JSON, lists are repeated.
pub(crate) fn form_field(name: &str, value: &Param) -> String {
    let text = |value: &Param| match value {
        Param::List(_) | Param::Object(_) => value.to_string(),
        value => value.to_text(),
    };
    match value {
        Param::Null => String::new(),
        Param::List(items) => {
            join(items.iter().map(|item| form_pair(name, &text(item))), "&")
        }
        value => form_pair(name, &text(value)),
    }
}

fn form_pair(name: &str, text: &str) -> String {
    format!("{}={}", encode(name), encode(text))
}
