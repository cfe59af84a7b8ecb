//! What holds for any input, however hostile: each property once, as a function of bytes.
//!
//! `tests/fuzz` feeds them what libFuzzer finds, `tests/suite` what proptest makes up. An `Err`
//! says how the property was broken; a panic or a wait without end breaks it too.

mod change;
pub mod corrections;
pub mod documents;
mod generator;
pub mod responses;
pub mod server;
pub mod values;

pub use generator::{Given, Outcome, generate, root};
