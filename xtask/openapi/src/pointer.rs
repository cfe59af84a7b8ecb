//! JSON pointers (RFC 6901): the only module that escapes and parses them.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};

/// A JSON pointer into a document as a URI fragment, such as `#/paths/~1sessions/get`. One into
/// another file has that file's path before the `#`.
///
/// Shared, because everything that is made from a value of the document keeps its pointer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpecPointer(Arc<str>);

impl Default for SpecPointer {
    fn default() -> Self {
        Self::root()
    }
}

impl SpecPointer {
    /// The root of the main document.
    pub fn root() -> Self {
        Self("#".into())
    }

    /// A pointer given as `file#/pointer` or `#/pointer`, its tokens already escaped.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The pointer to a member or element of this value. `token` is the raw key.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        Self::new(child(&self.0, token))
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `#`: empty for the main document.
    pub fn file(&self) -> &str {
        self.0.split_once('#').map_or("", |(file, _)| file)
    }

    /// The JSON pointer, without the `#`: empty for a document's root.
    pub fn pointer(&self) -> &str {
        self.0.split_once('#').map_or("", |(_, pointer)| pointer)
    }
}

impl Serialize for SpecPointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for SpecPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A pointer to a member or element of the value at `pointer`. `token` is the raw key.
pub fn child(pointer: &str, token: &str) -> String {
    let mut text = String::with_capacity(pointer.len() + token.len() + 1);
    text.push_str(pointer);
    push(&mut text, token);
    text
}

/// Appends a raw key to a pointer.
pub fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    if !token.contains(['~', '/']) {
        pointer.push_str(token);
        return;
    }
    for c in token.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

/// The tokens of a pointer as raw keys.
pub fn tokens(pointer: &str) -> impl Iterator<Item = String> + '_ {
    let escaped = pointer.split('/').skip(1);
    escaped.map(|token| token.replace("~1", "/").replace("~0", "~"))
}

/// The last token of a pointer as a raw key, empty for a root.
pub fn last(pointer: &str) -> String {
    tokens(pointer).last().unwrap_or_default()
}

/// A pointer and those to the values that enclose it, the root last.
pub fn enclosing(pointer: &str) -> impl Iterator<Item = &str> {
    let above = pointer.rmatch_indices('/').map(|(at, _)| &pointer[..at]);
    std::iter::once(pointer).chain(above)
}

/// A percent-decoded URI fragment; none where it is not UTF-8.
pub fn decode(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut ahead = rest.clone();
        let hex = |digit: Option<u8>| digit.and_then(|digit| char::from(digit).to_digit(16));
        match (hex(ahead.next()), hex(ahead.next())) {
            (Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).ok()?);
                rest = ahead;
            }
            // A template such as `{a}%` written without escaping.
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_escaped_and_taken_apart() {
        let pointer = child(&child("#", "a/b"), "c~1");
        assert_eq!(pointer, "#/a~1b/c~01");
        assert_eq!(tokens(&pointer).collect::<Vec<_>>(), ["a/b", "c~1"]);
        assert_eq!(enclosing("/a/b").collect::<Vec<_>>(), ["/a/b", "/a", ""]);
    }

    #[test]
    fn fragments_are_decoded() {
        let decoded = decode("/paths/~1a~1%7Bid%7D");
        assert_eq!(decoded.as_deref(), Some("/paths/~1a~1{id}"));
        assert_eq!(decode("/a%zz%4").as_deref(), Some("/a%zz%4"));
        assert_eq!(decode("/%ff"), None);
    }
}
