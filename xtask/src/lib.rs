//! The command `openapi-sdk`: reads the inputs of the generator, and writes what it makes.

pub mod files;

pub mod targets;

pub mod codegen;
pub mod compare;
pub mod vendor;

pub mod arguments;
