//! A place in a list.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A place in a list, from which it can be read on. It can be stored: it is JSON by serde.
///
/// It belongs to the operation and the parameters that it came from.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    #[serde(flatten)]
    page: Start,
    /// How many items of the page come before.
    #[serde(default)]
    skip: usize,
}

/// Where the page begins.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Start {
    /// After so many items.
    Offset(u64),
    /// At the cursor; none is the first page.
    Cursor(Option<String>),
}

impl Position {
    pub(crate) fn offset(offset: u64) -> Self {
        Self { page: Start::Offset(offset), skip: 0 }
    }

    pub(crate) fn cursor(cursor: Option<String>) -> Self {
        Self { page: Start::Cursor(cursor), skip: 0 }
    }

    pub(crate) fn page(&self) -> &Start {
        &self.page
    }

    pub(crate) fn skip(&self) -> usize {
        self.skip
    }

    /// So many items further on the same page.
    #[must_use]
    pub(crate) fn further(&self, items: usize) -> Self {
        match &self.page {
            Start::Offset(offset) => Self::offset(offset.saturating_add(items as u64)),
            page => Self { page: page.clone(), skip: self.skip + items },
        }
    }
}

/// A cursor may say something about the items, so it is not shown.
impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.page {
            Start::Offset(offset) => write!(f, "Position(offset {offset})"),
            Start::Cursor(None) => write!(f, "Position(first page, item {})", self.skip),
            Start::Cursor(Some(_)) => write!(f, "Position(cursor, item {})", self.skip),
        }
    }
}
