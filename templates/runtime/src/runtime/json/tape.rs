use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor,
};

use super::Node;

/// Parsed JSON text: one entry per value and property name, in the order of the text.
///
/// Strings without escapes are borrowed from the text.
#[derive(Debug)]
pub struct Tape<'a> {
    entries: Vec<Entry<'a>>,
}

/// A value or a property name. A list and an object have the number of their nested entries.
#[derive(Debug)]
pub(super) enum Entry<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// A number with a fraction or beyond 64 bits, as the text has it.
    Digits(&'a str),
    Text(&'a str),
    Unescaped(Box<str>),
    List(usize),
    Object(usize),
}

impl<'a> Tape<'a> {
    /// A tape with a capacity estimated from the length of the text.
    pub(super) fn for_text(length: usize) -> Self {
        const BYTES_PER_ENTRY: usize = 16;
        Self { entries: Vec::with_capacity(length / BYTES_PER_ENTRY + 8) }
    }

    /// A tape with one string.
    pub fn text(text: &'a str) -> Self {
        Self { entries: vec![Entry::Text(text)] }
    }

    /// The whole value; null if the tape is empty.
    pub fn root(&self) -> Node<'_> {
        Node::new(&self.entries)
    }

    pub(super) fn entries_mut(&mut self) -> &mut [Entry<'a>] {
        &mut self.entries
    }

    /// Parses a value.
    pub(super) fn fill<D: Deserializer<'a>>(
        &mut self,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(Filler(&mut self.entries))
    }
}

impl<'de> Deserialize<'de> for Tape<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tape = Self { entries: Vec::new() };
        tape.fill(deserializer)?;
        Ok(tape)
    }
}

/// Appends the entries of a value.
struct Filler<'t, 'a>(&'t mut Vec<Entry<'a>>);

impl<'t, 'a> Filler<'t, 'a> {
    #[inline]
    fn push<E>(self, entry: Entry<'a>) -> Result<(), E> {
        self.0.push(entry);
        Ok(())
    }
}

impl<'a> DeserializeSeed<'a> for Filler<'_, 'a> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Filler<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.push(Entry::Null)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.push(Entry::Null)
    }

    fn visit_some<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'a>>(
        self,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.push(Entry::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.push(Entry::Unsigned(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        let unsigned = u64::try_from(value).map(Entry::Unsigned);
        self.push(unsigned.unwrap_or(Entry::Signed(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.push(Entry::Float(value))
    }

    fn visit_borrowed_str<E>(self, value: &'a str) -> Result<(), E> {
        self.push(Entry::Text(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.push(Entry::Unescaped(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<(), E> {
        self.push(Entry::Unescaped(value.into_boxed_str()))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut access: A) -> Result<(), A::Error> {
        let at = self.0.len();
        self.0.push(Entry::List(0));
        while access.next_element_seed(Filler(self.0))?.is_some() {}
        let inside = self.0.len() - at - 1;
        if let Some(list) = self.0.get_mut(at) {
            *list = Entry::List(inside);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'a>>(self, mut access: A) -> Result<(), A::Error> {
        let at = self.0.len();
        self.0.push(Entry::Object(0));
        while access.next_key_seed(Key(self.0))?.is_some() {
            access.next_value_seed(Filler(self.0))?;
        }
        let inside = self.0.len() - at - 1;
        if let Some(object) = self.0.get_mut(at) {
            *object = Entry::Object(inside);
        }
        Ok(())
    }
}

/// Appends a property name, which other formats than JSON may not store as a string.
struct Key<'t, 'a>(&'t mut Vec<Entry<'a>>);

impl<'a> DeserializeSeed<'a> for Key<'_, 'a> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(Filler(self.0))
    }
}
