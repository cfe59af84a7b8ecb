use std::fmt;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::kind::Kind;

/// A difference between two operation models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Twelve hexadecimal digits made of the API, the kind and the item: the same whenever the
    /// same change is found, wherever the item stands in the document.
    pub id: String,
    /// What happened to what: `field.added`.
    pub kind: Kind,
    /// The API.
    pub api: String,
    /// What it happened to: `GET /sessions, query status`.
    pub item: String,
    /// Where it stands in the documents.
    pub pointer: Sides,
    /// What it means on the wire.
    pub wire: Wire,
    /// What it means to Rust code that calls the crate.
    pub rust: Rust,
    /// The item's path in the crate.
    pub path: Sides,
    /// The generated files that show it.
    pub files: Vec<String>,
    /// One sentence.
    pub message: String,
}

impl Change {
    /// Gives the change its id. `again` tells apart what nothing else does.
    pub(super) fn sign(&mut self, again: usize) {
        let text = format!("{}\n{}\n{}\n{again}", self.api, self.kind, self.item);
        self.id = Sha256::digest(text.as_bytes())
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
    }
}

/// Something before and after; none on the side where it is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// In the old model.
    pub before: Option<String>,
    /// In the new model.
    pub after: Option<String>,
}

impl Sides {
    /// It is on both sides.
    pub(super) fn both(before: impl fmt::Display, after: impl fmt::Display) -> Self {
        Self {
            before: Some(before.to_string()),
            after: Some(after.to_string()),
        }
    }

    /// It is gone.
    pub(super) fn before(before: impl fmt::Display) -> Self {
        Self {
            before: Some(before.to_string()),
            after: None,
        }
    }

    /// It is new.
    pub(super) fn after(after: impl fmt::Display) -> Self {
        Self {
            before: None,
            after: Some(after.to_string()),
        }
    }
}

/// What a change means on the wire, to a client of the old document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    /// Nothing.
    None,
    /// There is more to send or to read; what was sent and read before still is.
    Additive,
    /// What was sent before is refused, or what was read before does not come.
    Breaking,
}

/// What a change means to Rust code that calls the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rust {
    /// Nothing: no public item differs, though what it does may.
    None,
    /// Documentation.
    Docs,
    /// There is more to name; what compiled before still does.
    Additive,
    /// Code that compiled before may not.
    Breaking,
}
