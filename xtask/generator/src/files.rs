//! A set of generated files, in memory.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Component, Path},
};

/// Generated files by path, `/` between the parts, below one folder that they own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
}

/// A path that no generated file can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathError {
    /// It is not a relative path below the output folder.
    Outside(String),
    /// Another file of the set has it.
    Taken(String),
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside(path) => write!(f, "`{path}` is not a path below the output folder"),
            Self::Taken(path) => write!(f, "two generated files are called `{path}`"),
        }
    }
}

impl std::error::Error for PathError {}

impl FileSet {
    /// Creates an empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    ///
    /// # Errors
    ///
    /// Where the path would leave the folder, or another file has it.
    pub fn add(
        &mut self,
        path: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<(), PathError> {
        let path = path.into();
        if !is_below(&path) {
            return Err(PathError::Outside(path));
        }
        if self.files.contains_key(&path) {
            return Err(PathError::Taken(path));
        }
        self.files.insert(path, text.into());
        Ok(())
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

fn is_below(path: &str) -> bool {
    let mut components = Path::new(path).components();
    !path.is_empty()
        && !path.contains('\\')
        && components.all(|component| matches!(component, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::FileSet;

    #[test]
    fn paths_stay_below_the_folder() {
        let mut set = FileSet::new();
        assert!(set.add("src/lib.rs", "").is_ok());
        for path in ["", "/etc/passwd", "../x", "a/../../x", "a\\b", "src/lib.rs"] {
            assert!(set.add(path, "").is_err(), "{path}");
        }
    }
}
