//! Unions: which variant a JSON value is. The choice reads a table and knows no types, so
//! that a union's own code is little more than its table.

mod macros;
mod rank;
mod rule;

pub use rule::{Constant, Rule, Union, Variant};

use serde_json::Value;

use super::json;
use rank::{Depth, Rank};

/// A choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// The variant is this one.
    Sure(usize),
    /// Its constants say so, but required members are missing.
    Likely(usize),
    /// It is none that this version knows.
    Unknown,
}

impl Union {
    fn choose(&self, value: &Value) -> Choice {
        if let Some((index, _)) = self.best(value, Depth::WHOLE) {
            return Choice::Sure(index);
        }
        let lenient = |variant: &Variant| rank::by_constants(&variant.rule, value);
        let candidates = self.variants.iter().enumerate();
        let ranked = candidates.filter_map(|(index, v)| Some((index, lenient(v)?)));
        highest(ranked).map_or(Choice::Unknown, |(index, _)| Choice::Likely(index))
    }

    /// The most specific variant that `value` fits, the first of equals.
    fn best(&self, value: &Value, depth: Depth) -> Option<(usize, Rank)> {
        let tag = self.tag_of(value);
        let candidates = || self.variants.iter().enumerate();
        if let Some(tag) = &tag {
            let tagged = || candidates().filter(|(_, v)| v.tags.contains(&tag.as_str()));
            let fitting = tagged().filter_map(|(index, variant)| {
                Some((index, rank::of(&variant.rule, value, depth)?))
            });
            let first = || tagged().next().map(|(index, _)| (index, Rank::TAGGED));
            if let Some(best) = highest(fitting).or_else(first) {
                return Some((best.0, best.1.max(Rank::TAGGED)));
            }
        }
        // A tag that nobody has is a value of the future for all who have tags.
        let open = candidates().filter(|(_, v)| tag.is_none() || v.tags.is_empty());
        highest(open.filter_map(|(index, variant)| {
            Some((index, rank::of(&variant.rule, value, depth)?))
        }))
    }

    fn tag_of(&self, value: &Value) -> Option<String> {
        if self.tag.is_empty() {
            return None;
        }
        match value.get(self.tag)? {
            Value::String(tag) => Some(tag.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        }
    }
}

/// The highest, the first of equals.
fn highest(ranked: impl Iterator<Item = (usize, Rank)>) -> Option<(usize, Rank)> {
    ranked.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// Decodes the payload of one variant.
#[doc(hidden)]
pub type ReadVariant<T> = fn(Value) -> Result<T, json::Error>;

/// Reads a union: chooses the variant, and decodes it.
#[doc(hidden)]
pub fn read<T>(
    union: &Union,
    readers: &[ReadVariant<T>],
    unrecognized: fn(Value) -> T,
    value: Value,
) -> Result<T, json::Error> {
    let reader = |index: usize| readers.get(index);
    match union.choose(&value) {
        Choice::Sure(index) => match reader(index) {
            Some(read) => read(value),
            None => Ok(unrecognized(value)),
        },
        Choice::Likely(index) => {
            let read = reader(index).and_then(|read| read(value.clone()).ok());
            Ok(read.unwrap_or_else(|| unrecognized(value)))
        }
        Choice::Unknown => Ok(unrecognized(value)),
    }
}
