//! Output folders: generated files are written there, or compared with what is there.
//!
//! Files that were not generated are neither replaced nor removed (`owned`), and a run that is
//! interrupted or fails leaves each file either old or new (`staging`).

mod check;
mod error;
mod output;
mod owned;
mod staging;
mod write;

pub use check::Check;
pub use error::FileError;
pub use output::Output;
pub use staging::Leftover;
pub use write::{Staged, Written};

#[cfg(test)]
mod tests;
