//! JSON pointers into documents.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};

/// Where something stands in the document: a JSON pointer (RFC 6901) as a URI fragment, such as
/// `#/paths/~1sessions/get`. A place in another file has that file's path before the `#`.
///
/// Shared: a place is noted by everything that is made of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpecPointer(Arc<str>);

impl SpecPointer {
    /// The root of the main document.
    pub fn root() -> Self {
        Self("#".into())
    }

    /// A place given as `file#/pointer` or `#/pointer`, its tokens escaped already.
    pub fn new(place: impl Into<Arc<str>>) -> Self {
        Self(place.into())
    }

    /// The place of a member or element below this one. `token` is the raw key.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + token.len() + 3);
        text.push_str(&self.0);
        text.push('/');
        for c in token.chars() {
            match c {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                c => text.push(c),
            }
        }
        Self::new(text)
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `#`: empty for the main document.
    pub fn file(&self) -> &str {
        self.0.split_once('#').map_or("", |(file, _)| file)
    }

    /// The JSON pointer, without the `#`: empty for a document's root.
    pub fn pointer(&self) -> &str {
        self.0.split_once('#').map_or("", |(_, pointer)| pointer)
    }
}

impl Serialize for SpecPointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for SpecPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
