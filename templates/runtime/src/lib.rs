//! The hand-written runtime of the SDK, as a separate crate with its own tests.
//!
//! Everything under `src/runtime/` is copied verbatim into the generated crate.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod runtime;

#[cfg(test)]
mod tests;
