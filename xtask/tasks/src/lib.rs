//! What only this repository runs, as `cargo xtask NAME`.

pub mod arguments;
pub mod bench;
pub mod browser;
pub mod conformance;
pub mod corpus;
pub mod features;
pub mod load;
mod npm;
pub mod semver;
pub mod timing;
