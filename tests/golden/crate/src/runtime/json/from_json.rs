use std::collections::BTreeMap;
use std::iter;

use jiff::{Timestamp, civil::Date};
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::{Error, Node};

/// A type that is read from JSON.
pub trait FromJson: Sized {
    /// Reads a value.
    fn from_json(node: Node<'_>) -> Result<Self, Error>;

    /// What a member that is not there stands for, where it may be missing.
    fn absent() -> Option<Self> {
        None
    }
}

/// A form that a `T` is read from, where it is not the type's own.
pub trait ReadAs<T> {
    /// Reads a value.
    fn read_as(node: Node<'_>) -> Result<T, Error>;

    /// What a member that is not there stands for, where it may be missing.
    fn absent() -> Option<T> {
        None
    }
}

impl FromJson for String {
    #[inline]
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        node.text().map(str::to_owned)
    }
}

impl FromJson for SecretString {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        node.text().map(Self::from)
    }
}

impl FromJson for bool {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        node.as_bool().ok_or_else(|| Error::expected("a boolean", node))
    }
}

impl FromJson for f64 {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        node.as_f64().ok_or_else(|| Error::expected("a number", node))
    }
}

macro_rules! integers {
    ($($integer:ident)*) => {$(
        impl FromJson for $integer {
            #[inline]
            fn from_json(node: Node<'_>) -> Result<Self, Error> {
                match node.as_integer().map(Self::try_from) {
                    Some(Ok(number)) => Ok(number),
                    Some(Err(_)) => Err(Error::expected_other(stringify!($integer), node)),
                    None => Err(Error::expected(stringify!($integer), node)),
                }
            }
        }
    )*};
}

integers!(i32 i64 u64);

/// Implements reading for a type of another crate that is made of text.
#[doc(hidden)]
#[macro_export]
macro_rules! read_by_text {
    ($type:ty, $what:literal) => {
        impl $crate::runtime::json::FromJson for $type {
            fn from_json(
                node: $crate::runtime::json::Node<'_>,
            ) -> ::core::result::Result<Self, $crate::runtime::json::Error> {
                let parsed = node.text()?.parse();
                parsed.map_err(|_| {
                    $crate::runtime::json::Error::expected_other($what, node)
                })
            }
        }
    };
}

read_by_text!(Timestamp, "a date and time (RFC 3339)");
read_by_text!(Date, "a date (RFC 3339)");

/// Anything.
impl FromJson for Value {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        Ok(node.to_value())
    }
}

/// Any object.
impl FromJson for Map<String, Value> {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        match node.to_value() {
            Value::Object(members) => Ok(members),
            _ => Err(Error::expected("an object", node)),
        }
    }
}

/// Nothing, whatever came.
impl FromJson for () {
    fn from_json(_: Node<'_>) -> Result<Self, Error> {
        Ok(())
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        T::from_json(node).map(Self::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
}

impl<T, F: ReadAs<T>> ReadAs<Box<T>> for Box<F> {
    fn read_as(node: Node<'_>) -> Result<Box<T>, Error> {
        F::read_as(node).map(Box::new)
    }

    fn absent() -> Option<Box<T>> {
        F::absent().map(Box::new)
    }
}

/// Null is none, and so is a member that is not there.
impl<T: FromJson> FromJson for Option<T> {
    #[inline]
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        if node.is_null() { Ok(None) } else { T::from_json(node).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T, F: ReadAs<T>> ReadAs<Option<T>> for Option<F> {
    fn read_as(node: Node<'_>) -> Result<Option<T>, Error> {
        if node.is_null() { Ok(None) } else { F::read_as(node).map(Some) }
    }

    fn absent() -> Option<Option<T>> {
        Some(None)
    }
}

/// Null is an empty list, and so is a member that is not there.
impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        read_list(node, T::from_json)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T, F: ReadAs<T>> ReadAs<Vec<T>> for Vec<F> {
    fn read_as(node: Node<'_>) -> Result<Vec<T>, Error> {
        read_list(node, F::read_as)
    }

    fn absent() -> Option<Vec<T>> {
        Some(Vec::new())
    }
}

fn read_list<T>(
    node: Node<'_>,
    read: fn(Node<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    if node.is_null() {
        return Ok(Vec::new());
    }
    let items = node.items().ok_or_else(|| Error::expected("a list", node))?;
    let mut list = Vec::new();
    for (index, item) in items.enumerate() {
        list.push(read(item).map_err(|error| error.in_item(index))?);
    }
    Ok(list)
}

/// Null is an empty map, and so is a member that is not there.
impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        read_map(node, T::from_json)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T, F: ReadAs<T>> ReadAs<BTreeMap<String, T>> for BTreeMap<String, F> {
    fn read_as(node: Node<'_>) -> Result<BTreeMap<String, T>, Error> {
        read_map(node, F::read_as)
    }

    fn absent() -> Option<BTreeMap<String, T>> {
        Some(BTreeMap::new())
    }
}

fn read_map<T>(
    node: Node<'_>,
    read: fn(Node<'_>) -> Result<T, Error>,
) -> Result<BTreeMap<String, T>, Error> {
    if node.is_null() {
        return Ok(BTreeMap::new());
    }
    let members = node.members().ok_or_else(|| Error::expected("an object", node))?;
    let mut map = BTreeMap::new();
    for (name, value) in members {
        // Of members with one name, the first counts.
        if !map.contains_key(name) {
            let value = read(value).map_err(|error| error.in_member(name))?;
            map.insert(name.to_owned(), value);
        }
    }
    Ok(map)
}

/// A tuple takes what it has room for: further items are of the future, missing ones null.
macro_rules! tuples {
    ($(($($item:ident)+))*) => {$(
        impl<$($item: FromJson),+> FromJson for ($($item,)+) {
            fn from_json(node: Node<'_>) -> Result<Self, Error> {
                let items = node.items().ok_or_else(|| Error::expected("a list", node))?;
                let items = &mut items.chain(iter::repeat(Node::NULL)).enumerate();
                Ok(($(read_next::<$item>(items)?,)+))
            }
        }
    )*};
}

fn read_next<'t, T: FromJson>(
    items: &mut impl Iterator<Item = (usize, Node<'t>)>,
) -> Result<T, Error> {
    let (index, item) = items.next().unwrap_or((0, Node::NULL));
    T::from_json(item).map_err(|error| error.in_item(index))
}

tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G)
    (A B C D E F G H) (A B C D E F G H I) (A B C D E F G H I J)
    (A B C D E F G H I J K) (A B C D E F G H I J K L)
}
