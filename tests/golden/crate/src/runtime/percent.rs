//! Percent-encoding: which characters travel as they are.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters. What goes through this is one path
/// segment, one query name or one query value, whatever it holds.
const COMPONENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// For `allowReserved`: reserved characters stay, but for those that would end the value
/// (`&`, `#`), that servers read as a space (`+`), and that no query may hold (`[`, `]`).
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
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Encodes a query value, keeping reserved characters where asked to.
pub(crate) fn encode_value(text: &str, allow_reserved: bool) -> String {
    let set = if allow_reserved { RESERVED } else { COMPONENT };
    utf8_percent_encode(text, set).to_string()
}
