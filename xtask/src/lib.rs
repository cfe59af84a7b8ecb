//! The command `openapi-sdk`: reads the inputs of the generator, and writes what it makes.

pub mod files;

pub mod exit;
pub mod terminal;

pub mod project;
pub mod targets;

pub mod changes;
pub mod codegen;
pub mod document;
pub mod vendor;

pub mod generate;
pub mod init;

pub mod arguments;
