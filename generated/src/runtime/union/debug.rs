//! The `Debug` output of unions.

use std::fmt::{self, Debug, Formatter};

use serde_json::Value;

/// Formats a declared variant.
pub fn fmt_variant(
    f: &mut Formatter<'_>,
    name: &str,
    payload: &dyn Debug,
) -> fmt::Result {
    f.debug_tuple(name).field(payload).finish()
}

/// Formats an unrecognized value. It may contain secrets, so only its type is written, with the
/// property names of an object and the length of a list.
pub fn fmt_unrecognized(f: &mut Formatter<'_>, value: &Value) -> fmt::Result {
    f.debug_tuple("Unrecognized").field(&Shape(value)).finish()
}

struct Shape<'a>(&'a Value);

impl Debug for Shape<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("null"),
            Value::Bool(_) => f.write_str("a boolean"),
            Value::Number(_) => f.write_str("a number"),
            Value::String(_) => f.write_str("a string"),
            Value::Array(items) => write!(f, "a list of {}", items.len()),
            Value::Object(members) => f.debug_set().entries(members.keys()).finish(),
        }
    }
}
