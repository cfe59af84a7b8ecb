//! Selects the variant of a union for a JSON value. The selection is driven by a table and is not
//! generic, so the code of a union is little more than its table.

mod choose;
mod debug;
mod limits;
mod macros;
mod member;
mod rank;
mod rule;

pub use debug::{fmt_unrecognized, fmt_variant};
pub use member::Member;
pub use rule::{Constant, Rule, Union, Variant};

use serde_json::Value;

use super::json::{self, Node};
use choose::Candidates;
use limits::Limits;

/// Decodes the payload of one variant.
#[doc(hidden)]
pub type ReadVariant<T> = fn(Node<'_>) -> Result<T, json::Error>;

/// Reads a union: decodes the variants that may hold the value, the most specific first, until
/// one succeeds.
#[doc(hidden)]
pub fn read<T>(
    union: &'static Union,
    readers: &[ReadVariant<T>],
    unrecognized: fn(Value) -> T,
    node: Node<'_>,
) -> Result<T, json::Error> {
    let Some(limits) = Limits::enter(node) else {
        return Ok(unrecognized(node.to_value()));
    };
    let mut candidates = Candidates::new(union, node);
    while let Some(index) = candidates.next() {
        let Some(read) = readers.get(index) else { break };
        match read(node) {
            Ok(value) => return Ok(value),
            Err(error) => candidates.failed(index, error),
        }
        if !limits.count_failure() {
            break;
        }
    }
    match candidates.error() {
        Some(error) => Err(error),
        None => Ok(unrecognized(node.to_value())),
    }
}

#[cfg(test)]
mod tests;
