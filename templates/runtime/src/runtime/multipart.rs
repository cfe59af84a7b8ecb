//! Multipart bodies (RFC 2046, RFC 7578), names quoted as in the WHATWG's HTML standard.

mod file_type;
mod form;
mod part;

pub use form::{Encoded, Form, InvalidPart};
pub use part::Part;

#[cfg(test)]
mod tests;
