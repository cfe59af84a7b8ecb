//! Timestamps that are sent as seconds or milliseconds since 1970.

mod number;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::json::{Error, FromJson, Node, ReadAs};
use super::serde::SerializeAs;

/// A timestamp that is sent as an integer of milliseconds since 1970.
///
/// ```
/// use session_sdk::runtime::unix_time::UnixMillis;
///
/// let at: jiff::Timestamp = "2023-11-14T22:13:20Z".parse()?;
/// assert_eq!(serde_json::to_string(&UnixMillis(at))?, "1700000000000");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(pub Timestamp);

/// A timestamp that is sent as an integer of seconds since 1970.
///
/// ```
/// use session_sdk::runtime::unix_time::UnixSeconds;
///
/// let at: jiff::Timestamp = "2023-11-14T22:13:20Z".parse()?;
/// assert_eq!(serde_json::to_string(&UnixSeconds(at))?, "1700000000");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixSeconds(pub Timestamp);

macro_rules! unix_time {
    ($name:ident, $nanoseconds:literal, $write:ident) => {
        impl From<Timestamp> for $name {
            fn from(at: Timestamp) -> Self {
                Self(at)
            }
        }

        impl From<$name> for Timestamp {
            fn from(at: $name) -> Self {
                at.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0.$write())
            }
        }

        impl FromJson for $name {
            fn from_json(node: Node<'_>) -> Result<Self, Error> {
                number::timestamp(node, $nanoseconds).map(Self)
            }
        }

        impl ReadAs<Timestamp> for $name {
            fn read_as(node: Node<'_>) -> Result<Timestamp, Error> {
                number::timestamp(node, $nanoseconds)
            }
        }

        impl SerializeAs<Timestamp> for $name {
            fn serialize_as<S: Serializer>(
                value: &Timestamp,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                Self(*value).serialize(serializer)
            }
        }
    };
}

unix_time!(UnixMillis, 1_000_000, as_millisecond);
unix_time!(UnixSeconds, 1_000_000_000, as_second);

#[cfg(test)]
mod tests;
