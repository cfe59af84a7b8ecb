//! Small pieces of Rust.

use std::cmp::Ordering;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use sdk_model as model;

/// An identifier of the model.
pub(super) fn ident(name: &model::Ident) -> Ident {
    word(name.as_str())
}

/// An identifier that is known to be one, `r#` included where it needs one.
pub(super) fn word(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(plain) => Ident::new_raw(plain, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A path of identifiers: `crate::runtime::Core`.
pub(super) fn path(segments: &str) -> TokenStream {
    let mut tokens = TokenStream::new();
    let (absolute, segments) = match segments.strip_prefix("::") {
        Some(rest) => (true, rest),
        None => (false, segments),
    };
    for (at, segment) in segments.split("::").enumerate() {
        if at > 0 || absolute {
            tokens.extend(quote!(::));
        }
        let segment = word(segment);
        tokens.extend(quote!(#segment));
    }
    tokens
}

/// Attributes for the module `name` inside `parent`, where both are called the same.
pub(super) fn same_name(parent: Option<&&str>, name: &str) -> TokenStream {
    if parent == Some(&name) {
        quote!(#[allow(clippy::module_inception, reason = "the document calls both so")])
    } else {
        TokenStream::new()
    }
}

/// A JSON constant as Rust; none where Rust has no literal for it.
pub(super) fn constant(value: &serde_json::Value) -> Option<TokenStream> {
    match value {
        serde_json::Value::String(text) => Some(quote!(#text)),
        serde_json::Value::Bool(flag) => Some(quote!(#flag)),
        serde_json::Value::Number(number) => {
            if let Some(number) = number.as_i64() {
                let literal = Literal::i64_unsuffixed(number);
                Some(quote!(#literal))
            } else {
                let number = number.as_f64().filter(|number| number.is_finite())?;
                let literal = Literal::f64_unsuffixed(number);
                Some(quote!(#literal))
            }
        }
        _ => None,
    }
}

/// The order that rustfmt gives modules: letter by letter.
pub(super) fn module_order(a: &str, b: &str) -> Ordering {
    plain(a).cmp(plain(b))
}

/// The order that rustfmt gives imports: digits by value, capitals before small letters, an
/// underscore before all.
pub(super) fn version_order(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (plain(a).as_bytes(), plain(b).as_bytes());
    loop {
        match (a.first(), b.first()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (left, after_left) = digits(a);
                let (right, after_right) = digits(b);
                let order = left.len().cmp(&right.len()).then_with(|| left.cmp(right));
                if order != Ordering::Equal {
                    return order;
                }
                (a, b) = (after_left, after_right);
            }
            (Some(x), Some(y)) => {
                let order = rank(*x).cmp(&rank(*y));
                if order != Ordering::Equal {
                    return order;
                }
                (a, b) = (&a[1..], &b[1..]);
            }
        }
    }
}

/// A name without `r#`.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn rank(byte: u8) -> u8 {
    if byte == b'_' { b' ' } else { byte }
}

/// The digits at the start, without zeros before them, and what follows.
fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let start = digits
        .iter()
        .position(|digit| *digit != b'0')
        .unwrap_or(digits.len());
    (&digits[start..], rest)
}

#[cfg(test)]
mod tests {
    use super::{module_order, version_order};

    #[test]
    fn modules_are_ordered_as_rustfmt_does() {
        let mut names = ["user_id", "int8", "r#box", "user1", "int16", "a_b", "aa"];
        names.sort_by(|a, b| module_order(a, b));
        assert_eq!(
            names,
            ["a_b", "aa", "r#box", "int16", "int8", "user1", "user_id"]
        );
    }

    #[test]
    fn names_are_ordered_as_rustfmt_does() {
        let mut names = [
            "base64", "Zed", "_x", "Http10", "decode", "ALL", "Base64", "Http2", "user_id", "user",
            "r#box",
        ];
        names.sort_by(|a, b| version_order(a, b));
        let expected = [
            "_x", "ALL", "Base64", "Http2", "Http10", "Zed", "base64", "r#box", "decode", "user",
            "user_id",
        ];
        assert_eq!(names, expected);
    }
}
