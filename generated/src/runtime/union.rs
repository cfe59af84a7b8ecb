//! Unions: which variant a JSON value is. The choice reads a table and knows no types, so
//! that a union's own code is little more than its table.

mod macros;
mod rank;
mod rule;
mod show;

pub use rule::{Constant, Rule, Union, Variant};
pub use show::{show, show_unrecognized};

use std::borrow::Cow;

use serde_json::Value;

use super::json::{self, Node};
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
    fn choose(&self, value: Node<'_>) -> Choice {
        if let Some((index, _)) = self.best(value, Depth::WHOLE) {
            return Choice::Sure(index);
        }
        let lenient = |variant: &Variant| rank::by_constants(&variant.rule, value);
        let candidates = self.variants.iter().enumerate();
        let ranked = candidates.filter_map(|(index, v)| Some((index, lenient(v)?)));
        highest(ranked).map_or(Choice::Unknown, |(index, _)| Choice::Likely(index))
    }

    /// The most specific variant that `value` fits, the first of equals.
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
        // A tag that nobody has is a value of the future for all who have tags.
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

/// The highest, the first of equals.
fn highest(ranked: impl Iterator<Item = (usize, Rank)>) -> Option<(usize, Rank)> {
    ranked.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// Decodes the payload of one variant.
#[doc(hidden)]
pub type ReadVariant<T> = fn(Node<'_>) -> Result<T, json::Error>;

/// Reads a union: chooses the variant, and decodes it.
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
