//! The hand-written runtime of the SDK, as a separate crate with its own tests.
//!
//! Everything under `src/runtime/` is copied verbatim into the generated crate.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod runtime;

// A copied runtime gets this from the crate that it is copied into.
#[cfg(feature = "uuid")]
read_by_text!(uuid::Uuid, "a UUID");

#[cfg(test)]
mod tests;
