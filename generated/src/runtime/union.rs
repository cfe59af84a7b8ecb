//! Selects the variant of a union for a JSON value. The selection is driven by a table and is not
//! generic, so the code of a union is little more than its table.

mod debug;
mod macros;
mod rank;
mod rule;

pub use debug::{fmt_unrecognized, fmt_variant};
pub use rule::{Constant, Rule, Union, Variant};

use std::borrow::Cow;

use serde_json::Value;

use super::json::{self, Node};
use rank::{Depth, Rank};

/// The result of a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// The value matches this variant.
    Sure(usize),
    /// The constants of this variant match, but required properties are missing.
    Likely(usize),
    /// The value matches no variant.
    Unknown,
}

impl Union {
    fn choose(&self, value: Node<'_>) -> Choice {
        if let Some((index, _)) = self.best(value, Depth::WHOLE) {
            return Choice::Sure(index);
        }
        let lenient = |variant: &Variant| rank::by_constants(&variant.rule, value);
        let candidates = self.variants.iter().enumerate();
        let ranked = candidates.filter_map(|(index, v)| Some((index, lenient(v)?)));
        highest(ranked).map_or(Choice::Unknown, |(index, _)| Choice::Likely(index))
    }

    /// The most specific variant that matches `value`, the first of equal ones.
    fn best(&self, value: Node<'_>, depth: Depth) -> Option<(usize, Rank)> {
        let tag = self.tag_of(value);
        let candidates = || self.variants.iter().enumerate();
        if let Some(tag) = &tag {
            let tagged = || candidates().filter(|(_, v)| v.tags.contains(&&**tag));
            let fitting = tagged().filter_map(|(index, variant)| {
                Some((index, rank::of(&variant.rule, value, depth)?))
            });
            let first = || tagged().next().map(|(index, _)| (index, Rank::TAGGED));
            if let Some(best) = highest(fitting).or_else(first) {
                return Some((best.0, best.1.max(Rank::TAGGED)));
            }
        }
        // An unknown tag rules out all variants with tags.
        let open = candidates().filter(|(_, v)| tag.is_none() || v.tags.is_empty());
        highest(open.filter_map(|(index, variant)| {
            Some((index, rank::of(&variant.rule, value, depth)?))
        }))
    }

    fn tag_of<'t>(&self, value: Node<'t>) -> Option<Cow<'t, str>> {
        if self.tag.is_empty() {
            return None;
        }
        let tag = value.get(self.tag)?;
        match tag.as_str() {
            Some(text) => Some(text.into()),
            None if tag.is_null() => None,
            None => Some(tag.to_value().to_string().into()),
        }
    }
}

/// The highest rank, the first of equal ones.
fn highest(ranked: impl Iterator<Item = (usize, Rank)>) -> Option<(usize, Rank)> {
    ranked.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// Decodes the payload of one variant.
#[doc(hidden)]
pub type ReadVariant<T> = fn(Node<'_>) -> Result<T, json::Error>;

/// Decodes a union: selects the variant and decodes its payload.
#[doc(hidden)]
pub fn read<T>(
    union: &Union,
    readers: &[ReadVariant<T>],
    unrecognized: fn(Value) -> T,
    node: Node<'_>,
) -> Result<T, json::Error> {
    let read = |index: usize| readers.get(index).map(|read| read(node));
    let read = match union.choose(node) {
        Choice::Sure(index) => read(index),
        Choice::Likely(index) => read(index).filter(Result::is_ok),
        Choice::Unknown => None,
    };
    read.unwrap_or_else(|| Ok(unrecognized(node.to_value())))
}
