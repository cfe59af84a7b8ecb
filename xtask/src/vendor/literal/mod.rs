//! Reads a JavaScript or TypeScript module whose default export is a literal, as data.
//!
//! No JavaScript runs: anything but a literal (a call, a spread, a template with `${`) is an error.
//! `as const`, `satisfies` and imports are skipped: they concern types only.

mod cursor;
mod module;
mod number;
mod string;
#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::Value;

use cursor::Cursor;

/// The data of a module's default export.
///
/// # Errors
///
/// Where the module is anything else.
pub fn read(text: &str) -> Result<Value, Problem> {
    module::module(&mut Cursor::new(text))
}

/// Why a module cannot be read as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}
