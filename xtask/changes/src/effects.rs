//! The effect in Rust of what generated code shows.

use std::collections::{BTreeMap, BTreeSet};

use sdk_generator::emit::public_api::ApiItem;

use super::change::Rust;

/// The effect of replacing one item by another.
pub(super) fn of_items(before: &ApiItem, after: &ApiItem) -> Rust {
    let mut most = if before.docs == after.docs {
        Rust::None
    } else {
        Rust::Docs
    };
    let names: BTreeSet<&String> = before
        .signature
        .keys()
        .chain(after.signature.keys())
        .collect();
    for name in names {
        let found = match (before.signature.get(name), after.signature.get(name)) {
            (Some(old), Some(new)) if old == new => continue,
            (None, Some(_)) if name != "argument" => Rust::Additive,
            _ => Rust::Breaking,
        };
        most = most.max(found);
    }
    most
}

/// The effect of a new part.
pub(super) fn of_addition(item: &ApiItem) -> Rust {
    of_items(&ApiItem::default(), item)
}

/// The effect of removing a part.
pub(super) fn of_removal(item: &ApiItem) -> Rust {
    of_items(item, &ApiItem::default())
}

/// Whether two lists have what they share in one order.
pub(super) fn same_order<T: Ord>(
    before: impl IntoIterator<Item = T>,
    after: impl IntoIterator<Item = T>,
) -> bool {
    let at: BTreeMap<T, usize> = after
        .into_iter()
        .enumerate()
        .map(|(at, key)| (key, at))
        .collect();
    let positions: Vec<usize> = before
        .into_iter()
        .filter_map(|key| at.get(&key).copied())
        .collect();
    positions.is_sorted()
}
