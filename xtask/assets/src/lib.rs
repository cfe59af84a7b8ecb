//! The files that every generated crate is made with: the templates, the runtime's sources without
//! their tests, and the workspace's manifest, which has the versions of shared dependencies.
//!
//! A crate of its own, so that an edit of the runtime rebuilds nothing but this list.

/// The files by path, `/` between the parts, relative to the repository's root.
pub static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
