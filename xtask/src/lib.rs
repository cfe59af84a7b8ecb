//! The generator of session-sdk: OpenAPI documents in, a Rust client crate out.
//!
//! Data flows one way: document → model → tokens → files. A module uses only those above it.

pub mod files;

pub mod targets;

pub mod codegen;
pub mod compare;
pub mod semver;
pub mod vendor;

pub mod stopwatch;

pub mod conformance;
pub mod corpus;
pub mod features;
pub mod load;

pub mod bench;

pub mod arguments;
