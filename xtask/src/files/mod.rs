//! The set of generated files: written, or compared with the tree.

mod check;
mod write;

use std::{io, path::Path};

pub use check::{Check, MEND, check};
pub use write::{Staged, Written, stage, write};

/// Whether a file of this path is ours although it is not in the set: generated code that went
/// stale. Whatever else stands in the folder belongs to the user, or to cargo.
fn is_owned(path: &str) -> bool {
    path.starts_with("src/") && path.ends_with(".rs")
}

/// Every file below a folder that the set would own, sorted; links are listed, never followed.
fn owned_files(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec!["src".to_owned()];
    while let Some(below) = open.pop() {
        let entries = match std::fs::read_dir(folder.join(&below)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = format!("{below}/{name}");
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else if is_owned(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use sdk_generator::files::FileSet;

    use super::{check, stage, write};

    fn set(files: &[(&str, &str)]) -> FileSet {
        let mut set = FileSet::new();
        for (path, text) in files {
            assert!(set.add(*path, *text).is_ok());
        }
        set
    }

    #[test]
    fn writing_changes_what_differs_and_removes_what_is_stale() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let first = set(&[
            ("src/lib.rs", "a\n"),
            ("src/old/x.rs", "x\n"),
            ("API.md", "m\n"),
        ]);
        let written = write(&first, folder.path())?;
        assert_eq!(written.changed, ["API.md", "src/lib.rs", "src/old/x.rs"]);

        fs::write(folder.path().join("notes.txt"), "mine")?;
        let second = set(&[("src/lib.rs", "b\n"), ("API.md", "m\n")]);
        let written = write(&second, folder.path())?;
        assert_eq!(written.changed, ["src/lib.rs"]);
        assert_eq!(written.removed, ["src/old/x.rs"]);
        assert!(!folder.path().join("src/old").exists());
        assert!(folder.path().join("notes.txt").exists());
        assert!(write(&second, folder.path())?.changed.is_empty());
        Ok(())
    }

    #[test]
    fn a_new_folder_is_there_whole_or_not_at_all() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let out = folder.path().join("a/new");
        let files = set(&[
            ("src/lib.rs", "a\n"),
            ("src/a/x.rs", "x\n"),
            ("API.md", "m\n"),
        ]);
        let staged = stage(&files, &out)?;
        assert!(!out.exists());
        drop(staged);
        assert!(fs::read_dir(folder.path().join("a"))?.next().is_none());

        let written = stage(&files, &out)?.commit()?;
        assert_eq!(written.changed, ["API.md", "src/a/x.rs", "src/lib.rs"]);
        assert!(check(&files, &out)?.is_fresh());
        assert!(write(&files, &out)?.changed.is_empty());
        assert_eq!(fs::read_dir(folder.path().join("a"))?.count(), 1);
        let modes =
            [&out, &folder.path().join("a")].map(|it| it.metadata().map(|it| it.permissions()));
        let [new, beside] = modes;
        assert_eq!(new?, beside?, "it can be read as any other folder");

        // What came meanwhile stays.
        let staged = stage(&files, &folder.path().join("late"))?;
        fs::create_dir(folder.path().join("late"))?;
        fs::write(folder.path().join("late/notes.txt"), "mine")?;
        assert!(staged.commit().is_err());
        assert!(folder.path().join("late/notes.txt").exists());
        Ok(())
    }

    #[test]
    fn checking_shows_a_diff() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let set = set(&[("src/lib.rs", "a\nb\n")]);
        write(&set, folder.path())?;
        assert!(check(&set, folder.path())?.is_fresh());
        fs::write(folder.path().join("src/lib.rs"), "a\nc\n")?;
        fs::write(folder.path().join("src/stale.rs"), "x\n")?;
        let check = check(&set, folder.path())?;
        assert_eq!(check.stale, ["src/lib.rs", "src/stale.rs"]);
        assert!(check.diff.contains("-c\n+b\n"), "{}", check.diff);
        assert!(check.diff.contains("+++ /dev/null"), "{}", check.diff);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn links_are_never_followed() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let elsewhere = tempfile::tempdir()?;
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("src"))?;
        let set = set(&[("src/lib.rs", "a\n")]);
        assert!(write(&set, folder.path()).is_err());
        assert!(fs::read_dir(elsewhere.path())?.next().is_none());
        Ok(())
    }
}
