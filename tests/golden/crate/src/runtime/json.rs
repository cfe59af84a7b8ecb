//! JSON text into values, with the place of every failure.
//!
//! Everything that this SDK decodes takes one way: bytes become a [`Value`], and the value is
//! read by one deserializer. Each generated type is therefore instantiated once, whether it
//! stands in a body, an envelope, a page or a union; an error knows its JSON path without a
//! second pass; and `4.0` is as good as `4` wherever an integer is expected.

mod error;
mod key;
mod parse;
mod reader;

pub use error::Error;
pub use parse::parse;

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Decodes JSON text.
///
/// ```
/// use sdk_golden::runtime::json;
///
/// let count: i64 = json::from_slice(b"4.0")?;
/// assert_eq!(count, 4);
///
/// let error = json::from_slice::<Vec<bool>>(b"[true, null]").unwrap_err();
/// assert_eq!(error.path().as_deref(), Some("$[1]"));
/// # Ok::<(), json::Error>(())
/// ```
pub fn from_slice<T: DeserializeOwned>(text: &[u8]) -> Result<T, Error> {
    from_value(parse(text)?)
}

/// Decodes a JSON value.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    T::deserialize(reader::Reader(value))
}

/// Decodes a JSON value by a `deserialize` function, as `#[serde(with = …)]` names one.
#[doc(hidden)]
pub fn read_with<T>(
    value: Value,
    read: fn(reader::Reader) -> Result<T, Error>,
) -> Result<T, Error> {
    read(reader::Reader(value))
}
