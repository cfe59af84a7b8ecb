//! Wire formats of values other than those of their types.

mod as_form;
mod forms;
mod json_text;
mod secret;
mod short_list;

pub use as_form::{SerializeAs, Written};
pub use forms::Same;
pub use json_text::JsonText;
pub use secret::Secret;
pub use short_list::ShortList;

pub use super::base64::Base64Url;
pub use super::unix_time::{UnixMillis, UnixSeconds};

#[cfg(test)]
mod tests;
