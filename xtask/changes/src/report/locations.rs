use super::super::change::Change;

/// A line of a file, both as a link names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// The file's path from the repository's root.
    pub path: String,
    /// The line, the first one is 1.
    pub line: usize,
}

/// Where changes are found in files.
pub trait Locations {
    /// The line in the new document; in the old one where the new one lacks the item.
    fn in_document(&self, change: &Change) -> Option<FileLine>;

    /// The line in the new generated code.
    fn in_code(&self, change: &Change) -> Option<FileLine>;
}

/// No locations.
pub struct NoLocations;

impl Locations for NoLocations {
    fn in_document(&self, _: &Change) -> Option<FileLine> {
        None
    }

    fn in_code(&self, _: &Change) -> Option<FileLine> {
        None
    }
}
