//! JSON text into values, with the place of every failure.
//!
//! Everything that this SDK decodes takes one way: the text is taken apart once, into a
//! [`Tape`], and each type reads what it needs from there ([`FromJson`]). A type's own code is
//! a list of its members; nothing of it is generic, so it is compiled once, whether it stands
//! in a body, an envelope, a page or a union. An error knows its JSON path, and `4.0` is as
//! good as `4` wherever an integer is expected.

mod error;
mod from_json;
mod members;
mod node;
mod object;
mod parse;
mod tape;

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
/// use sdk_golden::runtime::json;
///
/// let count: i64 = json::from_slice(b"4.0")?;
/// assert_eq!(count, 4);
///
/// let error = json::from_slice::<Vec<bool>>(b"[true, null]").unwrap_err();
/// assert_eq!(error.path().as_deref(), Some("$[1]"));
/// # Ok::<(), json::Error>(())
/// ```
pub fn from_slice<T: FromJson>(text: &[u8]) -> Result<T, Error> {
    T::from_json(parse(text)?.root())
}

/// The `Deserialize` of a type that reads JSON: whatever the format, its values are taken for
/// JSON.
#[doc(hidden)]
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let tape = Tape::deserialize(deserializer)?;
    T::from_json(tape.root()).map_err(D::Error::custom)
}
