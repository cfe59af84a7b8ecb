//! The ignore file: changes that are known, each with a reason.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{super::change::Change, Report};

/// An ignore file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IgnoreFile {
    /// The changes to ignore.
    pub ignore: Vec<Entry>,
}

/// A change to ignore.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The id of a change or of a group.
    pub id: String,
    /// Why it is ignored.
    pub reason: String,
}

/// A change that an ignore file names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ignored {
    /// Why it is ignored.
    pub reason: String,
    /// The change.
    pub change: Change,
}

impl IgnoreFile {
    /// Reads an ignore file.
    ///
    /// # Errors
    ///
    /// Where it is not YAML of this form, or an entry has no reason.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: Self = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        let without_reason = |entry: &&Entry| entry.reason.trim().is_empty();
        match file.ignore.iter().find(without_reason) {
            Some(entry) => Err(format!("`{}` has no `reason`", entry.id)),
            None => Ok(file),
        }
    }
}

impl Report {
    /// Sets aside the changes that the file names; returns the ids that match none.
    pub fn ignoring(self, file: &IgnoreFile) -> (Self, Vec<String>) {
        let mut used: BTreeSet<&str> = BTreeSet::new();
        let mut kept = Vec::new();
        let mut ignored = Vec::new();
        for change in self.changes {
            let group = self
                .groups
                .iter()
                .find(|group| group.changes.contains(&change.id));
            let is_named = |entry: &&Entry| {
                entry.id == change.id
                    || group.is_some_and(|group| group.id == entry.id)
                    || change.cause.as_ref() == Some(&entry.id)
            };
            match file.ignore.iter().find(is_named) {
                Some(entry) => {
                    used.insert(&entry.id);
                    ignored.push(Ignored {
                        reason: entry.reason.trim().to_owned(),
                        change,
                    });
                }
                None => kept.push(change),
            }
        }
        let unused = file.ignore.iter().map(|entry| entry.id.as_str());
        let unused = unused.filter(|id| !used.contains(id)).map(str::to_owned);
        let unused = unused.collect();
        (Self::with_ignored(kept, ignored), unused)
    }
}
