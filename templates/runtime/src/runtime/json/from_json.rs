use std::collections::BTreeMap;
use std::iter;

use jiff::{Timestamp, civil::Date};
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::{Error, Node, date_time};
use crate::runtime::sensitive::REDACTED;

/// A type that can be decoded from JSON.
pub trait FromJson: Sized {
    /// Decodes a value.
    fn from_json(node: Node<'_>) -> Result<Self, Error>;

    /// The value of a missing property, if the property may be missing.
    fn absent() -> Option<Self> {
        None
    }

    /// The value of a response without content, if there is one: that of null. A list or a map is
    /// not empty because a server sent nothing.
    fn of_empty_body() -> Option<Self> {
        Self::from_json(Node::NULL).ok()
    }
}

/// A wire format from which a `T` is decoded, other than the type's own.
pub trait ReadAs<T> {
    /// Decodes a value.
    fn read_as(node: Node<'_>) -> Result<T, Error>;

    /// The value of a missing property, if the property may be missing.
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
        match node.text()? {
            REDACTED => Err(Error::custom(
                "the secret is redacted: serialize it within `expose_secrets`",
            )),
            secret => Ok(Self::from(secret)),
        }
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
                    Some(Err(_)) => Err(Error::invalid_value(stringify!($integer), node)),
                    None => Err(Error::expected(stringify!($integer), node)),
                }
            }
        }
    )*};
}

integers!(i32 i64 u64);

/// Implements [`FromJson`] for a type that implements `FromStr`.
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
                    $crate::runtime::json::Error::invalid_value($what, node)
                })
            }
        }
    };
}

impl FromJson for Timestamp {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        date_time::parse(node.text()?).map_err(|error| Error::invalid_value(error, node))
    }
}

read_by_text!(Date, "a date (RFC 3339)");

impl FromJson for Value {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        Ok(node.to_value())
    }
}

impl FromJson for Map<String, Value> {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        match node.to_value() {
            Value::Object(members) => Ok(members),
            _ => Err(Error::expected("an object", node)),
        }
    }
}

/// Ignores the value.
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

/// Null and a missing property are `None`.
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

/// Null is an empty list, since many servers encode one so.
impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        read_list(node, T::from_json)
    }

    fn of_empty_body() -> Option<Self> {
        None
    }
}

impl<T, F: ReadAs<T>> ReadAs<Vec<T>> for Vec<F> {
    fn read_as(node: Node<'_>) -> Result<Vec<T>, Error> {
        read_list(node, F::read_as)
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

/// Null is an empty map, as for lists.
impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        read_map(node, T::from_json)
    }

    fn of_empty_body() -> Option<Self> {
        None
    }
}

impl<T, F: ReadAs<T>> ReadAs<BTreeMap<String, T>> for BTreeMap<String, F> {
    fn read_as(node: Node<'_>) -> Result<BTreeMap<String, T>, Error> {
        read_map(node, F::read_as)
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
        // The first of duplicate properties is used.
        if !map.contains_key(name) {
            let value = read(value).map_err(|error| error.in_member(name))?;
            map.insert(name.to_owned(), value);
        }
    }
    Ok(map)
}

/// A tuple ignores additional items, and decodes missing ones as null.
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
