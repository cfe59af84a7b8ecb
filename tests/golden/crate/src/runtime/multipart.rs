//! `multipart/form-data` (RFC 7578), names quoted as the WHATWG's HTML standard does.

mod form;
mod part;

pub use form::{Encoded, Form, InvalidPart};
pub use part::Part;
