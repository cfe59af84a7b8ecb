//! Comparing a set with a folder.

use std::{fmt::Write as _, fs};

use similar::TextDiff;

use sdk_generator::files::FileSet;

use super::{
    FileError, Leftover, Output,
    error::at,
    owned::{LIST, Mark, is_absent, list},
    staging::{leftovers, lock_shared},
};

/// What a comparison found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// The files that are not as they would be generated.
    pub stale: Vec<String>,
    /// The difference, as a unified diff.
    pub diff: String,
    /// What interrupted runs left.
    pub leftovers: Vec<Leftover>,
}

impl Check {
    pub(super) fn new(output: &Output, set: &FileSet) -> Result<Self, FileError> {
        let folder = &output.folder;
        let mut check = Self::default();
        let (mut _lock, mut removed) = (None, Vec::new());
        if output.exists()? {
            _lock = lock_shared(folder)?;
            removed = output.owned(set)?.stale(set);
        }
        check.leftovers = leftovers(folder)?;
        let list = list(set.iter()).filter(|_| output.mark == Mark::Header);
        if list.is_none() && output.mark == Mark::Header && folder.join(LIST).exists() {
            removed.push(LIST.to_owned());
        }
        let list = list.as_deref().map(|text| (LIST, text));
        for (path, text) in set.iter().chain(list) {
            match fs::read(folder.join(path)) {
                Ok(found) if found == text.as_bytes() => {}
                Ok(found) => {
                    check.add(path, &String::from_utf8_lossy(&found), text, (path, path));
                }
                Err(error) if is_absent(&error) => {
                    check.add(path, "", text, ("/dev/null", path));
                }
                Err(error) => return Err(at(&folder.join(path))(error)),
            }
        }
        for path in removed {
            let file = folder.join(&path);
            let found = fs::read(&file).map_err(at(&file))?;
            let found = String::from_utf8_lossy(&found);
            check.add(&path, &found, "", (&path, "/dev/null"));
        }
        Ok(check)
    }

    /// Whether the folder holds what would be generated, and nothing that a run left.
    pub fn is_fresh(&self) -> bool {
        self.stale.is_empty() && self.leftovers.is_empty()
    }

    fn add(&mut self, path: &str, before: &str, after: &str, names: (&str, &str)) {
        self.stale.push(path.to_owned());
        let diff = TextDiff::from_lines(before, after);
        // Writing to a string cannot fail.
        let _ = write!(
            self.diff,
            "{}",
            diff.unified_diff().header(names.0, names.1)
        );
    }
}
