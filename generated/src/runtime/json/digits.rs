//! The digits of numbers, for the types that keep them all.
//!
//! A tape has numbers with a fraction as 64-bit floats. Where a type asks for their digits, the
//! text is scanned for them, and decoded again.

use std::cell::Cell;

use super::{Error, Node, Tape, parse, tape::Entry};

thread_local! {
    /// Whether a type has asked for digits that the tape does not have.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Notes that the digits of a float are wanted.
pub(super) fn ask() {
    ASKED.set(true);
}

/// Parses JSON text and decodes its value.
pub fn read<T>(
    text: &[u8],
    mut decode: impl FnMut(Node<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut tape = parse(text)?;
    ASKED.set(false);
    let decoded = decode(tape.root());
    if !ASKED.replace(false) {
        return decoded;
    }
    tape.keep_digits(text);
    decode(tape.root())
}

impl<'a> Tape<'a> {
    /// Replaces floats by their digits in the text that the tape was parsed from.
    fn keep_digits(&mut self, text: &'a [u8]) {
        let mut numbers = Numbers(text);
        for entry in self.entries_mut() {
            match entry {
                Entry::Float(_) => {
                    if let Some(digits) = numbers.next() {
                        *entry = Entry::Digits(digits);
                    }
                }
                Entry::Unsigned(_) | Entry::Signed(_) => {
                    numbers.next();
                }
                _ => {}
            }
        }
    }
}

/// The numbers of a JSON text, in order.
struct Numbers<'a>(&'a [u8]);

impl<'a> Iterator for Numbers<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        while let Some((first, rest)) = self.0.split_first() {
            match first {
                b'"' => self.0 = after_string(rest),
                b'-' | b'0'..=b'9' => {
                    let is_part = |byte: &u8| {
                        matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')
                    };
                    let length = self.0.iter().take_while(|byte| is_part(byte)).count();
                    let (number, rest) = self.0.split_at_checked(length)?;
                    self.0 = rest;
                    return std::str::from_utf8(number).ok();
                }
                _ => self.0 = rest,
            }
        }
        None
    }
}

/// The text after a string, of which the opening quote is gone.
fn after_string(mut text: &[u8]) -> &[u8] {
    while let Some((byte, rest)) = text.split_first() {
        text = match byte {
            b'"' => return rest,
            b'\\' => rest.get(1..).unwrap_or_default(),
            _ => rest,
        };
    }
    text
}
