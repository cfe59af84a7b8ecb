//! The hand-written half of the SDK, as a crate of its own so that it has its own tests.
//!
//! Everything under `src/runtime/` is copied verbatim into the generated crate.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod runtime;

#[cfg(test)]
mod tests;
