//! Wire formats of values other than those of their types.

mod as_form;
mod forms;
mod secret;

pub use as_form::{SerializeAs, Written};
pub use forms::Same;
pub use secret::Secret;

pub use super::unix_time::{UnixMillis, UnixSeconds};
