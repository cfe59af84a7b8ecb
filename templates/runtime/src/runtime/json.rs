//! Decodes JSON, with the JSON path of every error.
//!
//! JSON text is parsed once into a [`Tape`], from which each type decodes itself ([`FromJson`]).
//! The code of a type is a list of its properties; it is not generic, so it is compiled once for
//! bodies, envelopes, pages and unions. `4.0` is accepted as an integer.

pub(crate) mod date_time;
mod digits;
mod error;
mod from_json;
mod members;
mod node;
mod object;
mod parse;
mod tape;

pub use digits::read;
pub use error::Error;
pub use from_json::{FromJson, ReadAs};
pub use members::Members;
pub use node::Node;
pub use object::ObjectWriter;
pub use parse::parse;
pub use tape::Tape;

use serde::{Deserialize, Deserializer, de::Error as _};

/// Decodes JSON text.
///
/// ```
/// use session_sdk::runtime::json;
///
/// let count: i64 = json::from_slice(b"4.0")?;
/// assert_eq!(count, 4);
///
/// let error = json::from_slice::<Vec<bool>>(b"[true, null]").unwrap_err();
/// assert_eq!(error.path().as_deref(), Some("$[1]"));
/// # Ok::<(), json::Error>(())
/// ```
pub fn from_slice<T: FromJson>(text: &[u8]) -> Result<T, Error> {
    read(text, T::from_json)
}

/// The `Deserialize` implementation of types that implement [`FromJson`]: the values of any
/// format are treated as JSON.
#[doc(hidden)]
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let tape = Tape::deserialize(deserializer)?;
    T::from_json(tape.root()).map_err(D::Error::custom)
}

#[cfg(test)]
mod tests;
