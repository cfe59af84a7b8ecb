//! Percent-encoding.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, so that any text is one path segment, one query
/// name or one query value.
const COMPONENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// For `allowReserved`: reserved characters are not encoded, except those that end the value
/// (`&`, `#`), that servers decode as a space (`+`), and that are not allowed in a query
/// (`[`, `]`).
const RESERVED: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Encodes text as one path segment, query name or query value.
pub(crate) fn encode(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, COMPONENT)).into_owned()
}

/// [`encode`] without an allocation if nothing needs encoding.
pub(crate) fn encode_owned(text: String) -> String {
    let is_unreserved = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
    };
    if text.bytes().all(is_unreserved) { text } else { encode(&text) }
}

/// Encodes a query value. With `allow_reserved`, reserved characters and percent-encoded octets
/// are kept (RFC 6570, section 3.2.3).
pub(crate) fn encode_value(text: &str, allow_reserved: bool) -> String {
    if !allow_reserved {
        return encode(text);
    }
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, tail) = rest.split_at(at);
        encoded.extend(utf8_percent_encode(before, RESERVED));
        let octet = tail.get(..3).filter(|octet| is_octet(octet));
        encoded.push_str(octet.unwrap_or("%25"));
        rest = tail.get(octet.map_or(1, str::len)..).unwrap_or_default();
    }
    encoded.extend(utf8_percent_encode(rest, RESERVED));
    encoded
}

/// Whether a text is `%` and two hexadecimal digits.
fn is_octet(text: &str) -> bool {
    text.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
}
