//! The generator: documents and configuration in, the files of a Rust crate out. It does no I/O.
//!
//! Data flows one way: document → model → tokens → files. A module uses only those above it.

pub mod extensions;
mod reserved;

pub mod config;
pub mod config_schema;
pub mod files;
pub mod package;
pub mod selection;

pub mod lower;
pub mod passes;

pub mod print;

pub mod emit;
pub mod render;

pub mod assets;
mod pipeline;
mod runtime_parts;

pub use pipeline::{api_files, crate_files, files, model};
