use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{Error, digits, tape::Entry};

/// 2^63.
const BOUND: f64 = 9_223_372_036_854_775_808.0;

/// A value of a [`Tape`](super::Tape).
#[derive(Debug, Clone, Copy)]
pub struct Node<'t> {
    /// The entry of the value and its nested entries.
    entries: &'t [Entry<'t>],
}

impl<'t> Node<'t> {
    /// Null.
    pub const NULL: Self = Self { entries: &[] };

    pub(super) fn new(entries: &'t [Entry<'t>]) -> Self {
        Self { entries }
    }

    // part: union
    /// The address of the value's entry, which identifies the value on its tape.
    pub(crate) fn address(self) -> usize {
        self.entries.as_ptr().addr()
    }
    // end of part

    #[inline]
    pub(super) fn entry(self) -> &'t Entry<'t> {
        self.entries.first().unwrap_or(&Entry::Null)
    }

    /// The entries of a list's items or of an object's properties.
    #[inline]
    fn nested(self) -> &'t [Entry<'t>] {
        self.entries.get(1..).unwrap_or_default()
    }

    /// Whether it is null.
    pub fn is_null(self) -> bool {
        matches!(self.entry(), Entry::Null)
    }

    /// The value as a boolean.
    pub fn as_bool(self) -> Option<bool> {
        match self.entry() {
            Entry::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as a string.
    #[inline]
    pub fn as_str(self) -> Option<&'t str> {
        match self.entry() {
            Entry::Text(text) => Some(text),
            Entry::Unescaped(text) => Some(text),
            _ => None,
        }
    }

    /// The value as a string, or an error.
    #[inline]
    pub fn text(self) -> Result<&'t str, Error> {
        self.as_str().ok_or_else(|| Error::expected("a string", self))
    }

    /// The value as a number.
    pub fn as_f64(self) -> Option<f64> {
        match self.entry() {
            Entry::Float(number) => Some(*number),
            Entry::Unsigned(number) => Some(*number as f64),
            Entry::Signed(number) => Some(*number as f64),
            Entry::Digits(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The value as an integer: `4`, `4.0`, `4e0`.
    #[inline]
    pub fn as_integer(self) -> Option<i128> {
        match self.entry() {
            Entry::Unsigned(number) => Some(i128::from(*number)),
            Entry::Signed(number) => Some(i128::from(*number)),
            Entry::Float(number) => whole(*number),
            Entry::Digits(digits) => digits.parse().ok().and_then(whole),
            _ => None,
        }
    }

    /// The digits of the number that it is.
    pub(crate) fn digits(self) -> Option<Cow<'t, str>> {
        match self.entry() {
            Entry::Unsigned(number) => Some(number.to_string().into()),
            Entry::Signed(number) => Some(number.to_string().into()),
            Entry::Digits(digits) => Some((*digits).into()),
            Entry::Float(number) => {
                digits::ask();
                Some(Value::from(*number).to_string().into())
            }
            _ => None,
        }
    }

    /// The items of a list.
    pub fn items(self) -> Option<impl Iterator<Item = Node<'t>>> {
        matches!(self.entry(), Entry::List(_)).then(|| Values(self.nested()))
    }

    /// The names and values of an object's properties.
    pub fn members(self) -> Option<impl Iterator<Item = (&'t str, Node<'t>)>> {
        let mut entries = self.object()?;
        Some(std::iter::from_fn(move || {
            let (name, value, rest) = next_member(entries)?;
            entries = rest;
            Some((name, value))
        }))
    }

    /// The entries of an object's properties.
    pub(super) fn object(self) -> Option<&'t [Entry<'t>]> {
        matches!(self.entry(), Entry::Object(_)).then(|| self.nested())
    }

    /// The property of an object.
    pub fn get(self, name: &str) -> Option<Node<'t>> {
        self.members()?.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The value at a JSON pointer (RFC 6901).
    pub fn pointer(self, pointer: &str) -> Option<Node<'t>> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |node, step| {
            let step = step.replace("~1", "/").replace("~0", "~");
            match node.items() {
                Some(mut items) => items.nth(step.parse().ok()?),
                None => node.get(&step),
            }
        })
    }

    /// The value as a [`Value`]. The first of duplicate properties is used, as for fields.
    pub fn to_value(self) -> Value {
        match self.entry() {
            Entry::Null => Value::Null,
            Entry::Bool(value) => Value::Bool(*value),
            Entry::Unsigned(number) => Value::from(*number),
            Entry::Signed(number) => Value::from(*number),
            Entry::Float(number) => Value::from(*number),
            Entry::Digits(digits) => Value::from(digits.parse::<f64>().ok()),
            Entry::Text(text) => Value::from(*text),
            Entry::Unescaped(text) => Value::from(&**text),
            Entry::List(_) => Value::Array(
                self.items().into_iter().flatten().map(Node::to_value).collect(),
            ),
            Entry::Object(_) => {
                let mut members = Map::new();
                for (name, value) in self.members().into_iter().flatten() {
                    members.entry(name).or_insert_with(|| value.to_value());
                }
                Value::Object(members)
            }
        }
    }

    /// The type of the value, for errors, which must not contain the value.
    pub(super) fn kind(self) -> &'static str {
        match self.entry() {
            Entry::Null => "null",
            Entry::Bool(_) => "a boolean",
            Entry::Unsigned(_) | Entry::Signed(_) => "an integer",
            Entry::Float(number) if number.fract() != 0.0 => "a number with a fraction",
            Entry::Float(number) if number.abs() >= BOUND => {
                "an integer of more than 64 bits"
            }
            Entry::Float(_) => "an integer",
            Entry::Digits(_) => "a number with a fraction",
            Entry::Text(_) | Entry::Unescaped(_) => "a string",
            Entry::List(_) => "a list",
            Entry::Object(_) => "an object",
        }
    }
}

/// The first value and the entries after it.
/// The integer that a float is.
fn whole(number: f64) -> Option<i128> {
    (number.fract() == 0.0 && number.abs() < BOUND).then_some(number as i128)
}

#[inline]
fn next_value<'t>(entries: &'t [Entry<'t>]) -> Option<(Node<'t>, &'t [Entry<'t>])> {
    let length = match entries.first()? {
        Entry::List(inside) | Entry::Object(inside) => inside + 1,
        _ => 1,
    };
    let (value, rest) = entries.split_at_checked(length)?;
    Some((Node { entries: value }, rest))
}

/// The first property's name and value, and the entries after it.
#[inline]
pub(super) fn next_member<'t>(
    entries: &'t [Entry<'t>],
) -> Option<(&'t str, Node<'t>, &'t [Entry<'t>])> {
    let (name, rest) = next_value(entries)?;
    let (value, rest) = next_value(rest)?;
    Some((name.as_str().unwrap_or_default(), value, rest))
}

/// Iterates over values.
struct Values<'t>(&'t [Entry<'t>]);

impl<'t> Iterator for Values<'t> {
    type Item = Node<'t>;

    #[inline]
    fn next(&mut self) -> Option<Node<'t>> {
        let (value, rest) = next_value(self.0)?;
        self.0 = rest;
        Some(value)
    }
}
