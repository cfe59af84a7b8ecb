//! What the tests and examples share: servers that run inside the process.

pub mod faults;
pub mod load;
pub mod server;

/// The README's examples, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
