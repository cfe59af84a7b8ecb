//! The same change in several items is one group.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::super::{
    change::{Change, Rust, Wire},
    kind::Kind,
};

/// A change in one item or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The id of the change, or one of the group where there are several.
    pub id: String,
    /// What changed: `field.added`.
    pub kind: Kind,
    /// The API.
    pub api: String,
    /// What changed, without the items.
    pub message: String,
    /// The effect on the wire.
    pub wire: Wire,
    /// The effect in Rust.
    pub rust: Rust,
    /// Whether generated code differs.
    pub visible: bool,
    /// Whether only documentation differs.
    pub documentation: bool,
    /// The operations, types and other items that the change is found in.
    pub targets: Vec<String>,
    /// The ids of its changes.
    pub changes: Vec<String>,
    /// The operations that callers meet it through; empty: all of the API.
    pub operations: Vec<String>,
    /// The ids of the changes that follow from it.
    pub consequences: Vec<String>,
}

impl Group {
    /// The group as a sentence.
    pub fn sentence(&self) -> String {
        match self.targets.as_slice() {
            [] => self.message.clone(),
            [target] if target.is_empty() => self.message.clone(),
            [target] => format!("`{target}`: {}", self.message),
            targets => format!("{} items: {}", targets.len(), self.message),
        }
    }
}

/// Groups changes of one kind, effect and message, leaving out those that follow from others.
pub(super) fn of(changes: &[Change]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut known: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    let mut consequences: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for change in changes {
        if let Some(cause) = &change.cause {
            let of_cause = consequences.entry(cause).or_default();
            of_cause.push(change.id.clone());
            continue;
        }
        let at = *known.entry(Key::of(change)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => add(group, change),
            None => groups.push(group(change)),
        }
    }
    for group in &mut groups {
        finish(group, &consequences);
    }
    groups
}

/// What the changes of a group have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'c> {
    api: &'c str,
    kind: Kind,
    wire: Wire,
    rust: Rust,
    visible: bool,
    message: &'c str,
}

impl<'c> Key<'c> {
    fn of(change: &'c Change) -> Self {
        Self {
            api: &change.api,
            kind: change.kind,
            wire: change.wire,
            rust: change.rust,
            visible: change.visible,
            message: &change.message,
        }
    }
}

fn group(change: &Change) -> Group {
    Group {
        id: change.id.clone(),
        kind: change.kind,
        api: change.api.clone(),
        message: change.message.clone(),
        wire: change.wire,
        rust: change.rust,
        visible: change.visible,
        documentation: change.is_documentation(),
        targets: vec![change.target.clone()],
        changes: vec![change.id.clone()],
        operations: change.operations.to_vec(),
        consequences: Vec::new(),
    }
}

fn add(group: &mut Group, change: &Change) {
    group.targets.push(change.target.clone());
    group.changes.push(change.id.clone());
    let everywhere = group.operations.is_empty() || change.operations.is_empty();
    if everywhere {
        group.operations.clear();
    } else {
        group.operations.extend(change.operations.iter().cloned());
    }
}

fn finish(group: &mut Group, consequences: &BTreeMap<&str, Vec<String>>) {
    group.operations.sort();
    group.operations.dedup();
    let followed = group
        .changes
        .iter()
        .filter_map(|id| consequences.get(id.as_str()));
    group.consequences = followed.flatten().cloned().collect();
    if group.changes.len() > 1 {
        let text = format!("group\n{}\n{}\n{}", group.api, group.kind, group.message);
        group.id = Sha256::digest(text.as_bytes())
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
    }
}
