//! Types that were removed under one name and added under another, with the same shape.

mod search;

use std::collections::{BTreeMap, BTreeSet};

use sdk_model::{Type, TypeDef, TypeId};

pub(super) use search::find;

/// Old names of types to new ones.
#[derive(Debug, Default)]
pub(super) struct Renames<'a> {
    to_new: BTreeMap<&'a TypeId, &'a TypeId>,
    to_old: BTreeMap<&'a TypeId, &'a TypeId>,
    /// Segments of paths that differ, each with what it became; ambiguous ones are left out.
    words: BTreeMap<&'a str, &'a str>,
}

impl<'a> Renames<'a> {
    /// The old name of a type.
    pub(super) fn old_of(&self, new: &TypeId) -> Option<&'a TypeId> {
        self.to_old.get(new).copied()
    }

    /// The new name of a type.
    pub(super) fn new_of(&self, old: &TypeId) -> Option<&'a TypeId> {
        self.to_new.get(old).copied()
    }

    /// The renamed type, where two types differ in nothing but the names of renamed types.
    pub(super) fn only_difference(&self, old: &Type, new: &Type) -> Option<&'a TypeId> {
        let mut found = None;
        self.is_same(old, new, &mut found)
            .then_some(found)
            .flatten()
    }

    fn is_same(&self, old: &Type, new: &Type, found: &mut Option<&'a TypeId>) -> bool {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => {
                let renamed = self.new_of(old).filter(|renamed| *renamed == new);
                *found = found.or(renamed);
                old == new || renamed.is_some()
            }
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new))
            | (Type::Boxed(old), Type::Boxed(new)) => self.is_same(old, new, found),
            (Type::Tuple { items: old, .. }, Type::Tuple { items: new, .. }) => {
                old.len() == new.len()
                    && old
                        .iter()
                        .zip(new)
                        .all(|(old, new)| self.is_same(old, new, found))
            }
            (old, new) => old == new,
        }
    }

    /// Code of the old model with the new names of types, and a renamed type that it names.
    pub(super) fn apply(&self, code: &str) -> (String, Option<&'a TypeId>) {
        let mut used = None;
        let renamed = code.split(' ').map(|word| match self.words.get(word) {
            Some(new) => {
                let named = |id: &&&TypeId| id.0.rsplit("::").next() == Some(*new);
                used = used.or_else(|| self.to_old.keys().find(named).copied());
                *new
            }
            None => word,
        });
        let renamed: Vec<&str> = renamed.collect();
        (renamed.join(" "), used)
    }

    fn add(&mut self, old: &'a TypeId, new: &'a TypeId) {
        self.to_new.insert(old, new);
        self.to_old.insert(new, old);
    }

    /// Collects the segments that differ.
    fn finish(mut self) -> Self {
        let mut ambiguous: BTreeSet<&str> = BTreeSet::new();
        for (old, new) in &self.to_new {
            let (old, new) = (segments(old), segments(new));
            if old.len() != new.len() {
                continue;
            }
            for (old, new) in old.into_iter().zip(new).filter(|(old, new)| old != new) {
                if self
                    .words
                    .insert(old, new)
                    .is_some_and(|other| other != new)
                {
                    ambiguous.insert(old);
                }
            }
        }
        self.words.retain(|word, _| !ambiguous.contains(word));
        self
    }
}

fn segments(id: &TypeId) -> Vec<&str> {
    id.0.split("::").collect()
}

impl<'a> Renames<'a> {
    /// The new name of a type's parent.
    fn new_of_parent(&self, definition: &'a TypeDef) -> Option<&'a TypeId> {
        let parent = definition.parent.as_ref()?;
        Some(self.new_of(parent).unwrap_or(parent))
    }
}
