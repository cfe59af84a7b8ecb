//! What the tests and examples share: a server that runs inside the process.

pub mod server;

/// The README's examples, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
