//! Positions in a list.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A position in a list, from which the list can be resumed. It is stored through serde.
///
/// It is valid for the same operation with the same parameters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Position {
    page: Start,
    /// The number of items of the page before the position.
    skip: usize,
}

/// The start of a page.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Start {
    /// After this number of items.
    Offset(u64),
    /// At this cursor; `None` for the first page.
    Cursor(Option<String>),
    /// At the page of this number.
    Page(u64),
    /// At this path and query; none is the first page.
    Link(Option<String>),
}

impl Position {
    pub(crate) fn offset(offset: u64) -> Self {
        Self { page: Start::Offset(offset), skip: 0 }
    }

    pub(crate) fn cursor(cursor: Option<String>) -> Self {
        Self { page: Start::Cursor(cursor), skip: 0 }
    }

    pub(crate) fn numbered(page: u64) -> Self {
        Self { page: Start::Page(page), skip: 0 }
    }

    pub(crate) fn link(path_and_query: Option<String>) -> Self {
        Self { page: Start::Link(path_and_query), skip: 0 }
    }

    pub(crate) fn page(&self) -> &Start {
        &self.page
    }

    pub(crate) fn skip(&self) -> usize {
        self.skip
    }

    /// The position a number of items later on the same page.
    #[must_use]
    pub(crate) fn advanced_by(&self, items: usize) -> Self {
        match &self.page {
            Start::Offset(offset) => Self::offset(offset.saturating_add(items as u64)),
            page => Self { page: page.clone(), skip: self.skip + items },
        }
    }
}

/// Omits the cursor, which may contain data of the items.
impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.page {
            Start::Offset(offset) => write!(f, "Position(offset {offset})"),
            Start::Cursor(None) => write!(f, "Position(first page, item {})", self.skip),
            Start::Cursor(Some(_)) => write!(f, "Position(cursor, item {})", self.skip),
            Start::Page(page) => write!(f, "Position(page {page}, item {})", self.skip),
            Start::Link(None) => write!(f, "Position(first page, item {})", self.skip),
            Start::Link(Some(_)) => write!(f, "Position(link, item {})", self.skip),
        }
    }
}

/// The stored form of a position: one of `offset`, `cursor`, `page` and `link` is present.
struct Stored {
    offset: Option<u64>,
    cursor: Option<Option<String>>,
    page: Option<u64>,
    link: Option<Option<String>>,
    skip: Option<u64>,
}

crate::json_object!(Stored {
    offset = optional("offset"),
    cursor = optional_nullable("cursor"),
    page = optional("page"),
    link = optional_nullable("link"),
    skip = optional("skip"),
});

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut stored = Stored {
            offset: None,
            cursor: None,
            page: None,
            link: None,
            skip: Some(self.skip as u64),
        };
        match &self.page {
            Start::Offset(offset) => stored.offset = Some(*offset),
            Start::Cursor(cursor) => stored.cursor = Some(cursor.clone()),
            Start::Page(page) => stored.page = Some(*page),
            Start::Link(link) => stored.link = Some(link.clone()),
        }
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        let mut starts = [
            stored.offset.map(Start::Offset),
            stored.cursor.map(Start::Cursor),
            stored.page.map(Start::Page),
            stored.link.map(Start::Link),
        ]
        .into_iter()
        .flatten();
        let (Some(page), None) = (starts.next(), starts.next()) else {
            let expected = "expected one of `offset`, `cursor`, `page` and `link`";
            return Err(D::Error::custom(expected));
        };
        let skip = usize::try_from(stored.skip.unwrap_or_default());
        let skip = skip.map_err(|_| D::Error::custom("`skip` is too large"))?;
        Ok(Self { page, skip })
    }
}
