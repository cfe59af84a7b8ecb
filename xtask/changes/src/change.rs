use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::kind::Kind;

/// A difference between two operation models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Twelve hexadecimal digits made of the API, the kind and the item: the same whenever the
    /// same change is found, wherever the item is declared in the document.
    pub id: String,
    /// The kind: `field.added`.
    pub kind: Kind,
    /// The API.
    pub api: String,
    /// The part that changed: `GET /sessions, query status`.
    pub item: String,
    /// The operation, type or other item that the part belongs to: `GET /sessions`.
    pub target: String,
    /// What changed, without the target: ``new optional field `name` of type `String` ``.
    pub message: String,
    /// The effect on the wire.
    pub wire: Wire,
    /// The effect on Rust code that calls the crate.
    pub rust: Rust,
    /// Whether the generated code differs.
    pub visible: bool,
    /// JSON pointers into the documents.
    pub pointer: Sides,
    /// Paths in the generated crate.
    pub path: Sides,
    /// The old and the new value: documentation, a default, a limit.
    pub value: Sides,
    /// Rust signatures that differ.
    pub signature: Sides,
    /// The generated files that differ.
    pub files: Vec<String>,
    /// The operations through which callers meet the change; empty: all of the API.
    #[serde(serialize_with = "as_list")]
    pub operations: Arc<[String]>,
    /// The id of the change that this one follows from: of a renamed type, the signatures that
    /// name it.
    pub cause: Option<String>,
}

fn as_list<S: Serializer>(list: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    list.serialize(serializer)
}

impl Change {
    /// Sets the id. `count` distinguishes changes that agree in everything else.
    pub(super) fn sign(&mut self, count: usize) {
        let text = format!("{}\n{}\n{}\n{count}", self.api, self.kind, self.item);
        self.id = Sha256::digest(text.as_bytes())
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
    }

    /// The change as a sentence: target and message.
    pub fn sentence(&self) -> String {
        if self.target.is_empty() {
            return self.message.clone();
        }
        format!("`{}`: {}", self.target, self.message)
    }

    /// Whether only documentation differs.
    pub fn is_documentation(&self) -> bool {
        self.wire == Wire::None && self.rust <= Rust::Docs && self.kind.aspect.is_documentation()
    }
}

/// Something before and after; absent on the side that lacks it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// In the old model.
    pub before: Option<String>,
    /// In the new model.
    pub after: Option<String>,
}

impl Sides {
    /// Something that both sides have.
    pub(super) fn both(before: impl fmt::Display, after: impl fmt::Display) -> Self {
        Self {
            before: Some(before.to_string()),
            after: Some(after.to_string()),
        }
    }

    /// Something that was removed.
    pub(super) fn before(before: impl fmt::Display) -> Self {
        Self {
            before: Some(before.to_string()),
            after: None,
        }
    }

    /// Something that was added.
    pub(super) fn after(after: impl fmt::Display) -> Self {
        Self {
            before: None,
            after: Some(after.to_string()),
        }
    }

    /// The side of the new model, or else of the old one.
    pub fn latest(&self) -> Option<&str> {
        self.after.as_deref().or(self.before.as_deref())
    }

    /// Whether neither side has it.
    pub fn is_empty(&self) -> bool {
        self.before.is_none() && self.after.is_none()
    }
}

/// The effect of a change on a client that was written for the old document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    /// None.
    None,
    /// More requests are accepted, or responses hold more.
    Additive,
    /// The same request is accepted and does something else: a changed default.
    Behavior,
    /// A request that was accepted no longer is, or a response lacks what it had.
    Breaking,
}

impl Wire {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Behavior => "behavior",
            Self::Breaking => "breaking",
        }
    }
}

/// The effect of a change on Rust code that calls the crate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rust {
    /// No public item differs.
    #[default]
    None,
    /// Documentation.
    Docs,
    /// There are more items; code that compiled before still does.
    Additive,
    /// Code that compiled before may not.
    Breaking,
}

impl Rust {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Docs => "docs",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}
