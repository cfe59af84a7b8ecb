//! Comparing the set with the tree.

use std::{fmt::Write as _, fs, io, path::Path};

use similar::TextDiff;

use sdk_generator::files::FileSet;

use super::owned_files;

/// The command that makes stale files fresh.
pub const MEND: &str = "cargo xtask codegen";

/// What a comparison found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// The files that are not as they would be generated.
    pub stale: Vec<String>,
    /// The difference, as a unified diff.
    pub diff: String,
}

impl Check {
    /// Whether the tree is what would be generated.
    pub fn is_fresh(&self) -> bool {
        self.stale.is_empty()
    }
}

/// Compares the set with what stands in a folder.
///
/// # Errors
///
/// Where the folder cannot be read.
pub fn check(set: &FileSet, folder: &Path) -> io::Result<Check> {
    let mut check = Check::default();
    for (path, text) in set.iter() {
        match fs::read(folder.join(path)) {
            Ok(found) if found == text.as_bytes() => {}
            Ok(found) => {
                check.add(path, &String::from_utf8_lossy(&found), text, (path, path));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                check.add(path, "", text, ("/dev/null", path));
            }
            Err(error) => return Err(error),
        }
    }
    for path in owned_files(folder)? {
        if set.get(&path).is_none() {
            let found = fs::read(folder.join(&path))?;
            check.add(
                &path,
                &String::from_utf8_lossy(&found),
                "",
                (&path, "/dev/null"),
            );
        }
    }
    Ok(check)
}

impl Check {
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
