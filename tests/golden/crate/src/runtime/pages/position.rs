//! A place in a list.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A place in a list, from which it can be read on. It can be stored: it is JSON by serde.
///
/// It belongs to the operation and the parameters that it came from.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Position {
    page: Start,
    /// How many items of the page come before.
    skip: usize,
}

/// Where the page begins.
#[derive(Clone, PartialEq, Eq, Hash)]
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

/// A position as it is stored: one of `offset` and `cursor` is there.
struct Stored {
    offset: Option<u64>,
    cursor: Option<Option<String>>,
    skip: Option<u64>,
}

crate::json_object!(Stored {
    offset = optional("offset"),
    cursor = optional_nullable("cursor"),
    skip = optional("skip"),
});

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (offset, cursor) = match &self.page {
            Start::Offset(offset) => (Some(*offset), None),
            Start::Cursor(cursor) => (None, Some(cursor.clone())),
        };
        Stored { offset, cursor, skip: Some(self.skip as u64) }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        let page = match (stored.offset, stored.cursor) {
            (Some(offset), None) => Start::Offset(offset),
            (None, Some(cursor)) => Start::Cursor(cursor),
            _ => return Err(D::Error::custom("expected `offset` or `cursor`")),
        };
        let skip = usize::try_from(stored.skip.unwrap_or_default());
        let skip = skip.map_err(|_| D::Error::custom("`skip` is too large"))?;
        Ok(Self { page, skip })
    }
}
