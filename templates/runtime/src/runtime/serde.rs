//! The forms that values take on the wire, where a value's own is another.

mod as_form;
mod forms;
mod secret;

pub use as_form::{SerializeAs, Written};
pub use forms::Same;
pub use secret::Secret;

pub use super::unix_time::{UnixMillis, UnixSeconds};

#[cfg(test)]
mod tests;
