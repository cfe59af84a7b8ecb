//! The folders in which a run prepares files, and what interrupted runs left of them.
//!
//! New files of an existing folder are prepared in `.codegen-XXXXXX` inside of it, a new folder in
//! `.codegen-NAME-XXXXXX` beside it. The files are in `staged`, which is called `replacing` as soon as
//! the first of them is moved to its path.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::{FileError, error::at};

const PREFIX: &str = ".codegen-";
const STAGED: &str = "staged";
const REPLACING: &str = "replacing";

/// A folder for prepared files; dropping it removes it.
#[derive(Debug)]
pub(super) struct Staging {
    holder: TempDir,
    files: PathBuf,
    _lock: Option<FolderLock>,
}

impl Staging {
    /// Inside an existing output folder.
    pub(super) fn inside(folder: &Path) -> Result<Self, FileError> {
        Self::new(folder, PREFIX)
    }

    /// Beside an output folder that does not exist yet.
    pub(super) fn beside(folder: &Path) -> Result<Self, FileError> {
        let parent = parent(folder);
        fs::create_dir_all(parent).map_err(at(parent))?;
        Self::new(parent, &prefix(folder))
    }

    fn new(parent: &Path, prefix: &str) -> Result<Self, FileError> {
        let mut holder = tempfile::Builder::new();
        let holder = holder
            .prefix(prefix)
            .tempdir_in(parent)
            .map_err(at(parent))?;
        let lock = lock(holder.path())?;
        let files = holder.path().join(STAGED);
        fs::create_dir(&files).map_err(at(&files))?;
        Ok(Self {
            holder,
            files,
            _lock: lock,
        })
    }

    /// Where the prepared files are.
    pub(super) fn files(&self) -> &Path {
        &self.files
    }

    /// Records that files are about to be moved to their paths.
    pub(super) fn begin_to_replace(&mut self) -> Result<(), FileError> {
        let to = self.holder.path().join(REPLACING);
        fs::rename(&self.files, &to).map_err(at(&to))?;
        self.files = to;
        Ok(())
    }
}

/// What an interrupted run left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// The folder with prepared files.
    pub path: PathBuf,
    /// Whether the run was interrupted while it replaced files, so that some are new and some old.
    pub was_replacing: bool,
}

impl Leftover {
    /// Removes it.
    pub(super) fn remove(&self) -> Result<(), FileError> {
        fs::remove_dir_all(&self.path).map_err(at(&self.path))
    }
}

/// What interrupted runs left inside and beside an output folder.
///
/// # Errors
///
/// Where a run is preparing the new folder at this moment.
pub(super) fn leftovers(folder: &Path) -> Result<Vec<Leftover>, FileError> {
    let mut found = Vec::new();
    for path in staging_folders(folder, PREFIX)? {
        found.push(Leftover {
            was_replacing: path.join(REPLACING).is_dir(),
            path,
        });
    }
    for path in staging_folders(parent(folder), &prefix(folder))? {
        match lock(&path) {
            Ok(_) => found.push(Leftover {
                path,
                was_replacing: false,
            }),
            Err(FileError::Locked(_)) => return Err(FileError::Locked(folder.to_owned())),
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

fn staging_folders(parent: &Path, prefix: &str) -> Result<Vec<PathBuf>, FileError> {
    let entries = match fs::read_dir(parent) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(at(parent)(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(at(parent))?;
        let is_named = |name: &str| name.starts_with(prefix);
        if entry.file_name().to_str().is_some_and(is_named) && is_staging(&entry.path()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a folder is one in which a run prepares files, and holds nothing else.
pub(super) fn is_staging(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let is_folder = path.symlink_metadata().is_ok_and(|found| found.is_dir());
    let only_ours = |entries: fs::ReadDir| {
        entries.flatten().all(|entry| {
            let name = entry.file_name();
            name == STAGED || name == REPLACING
        })
    };
    is_folder
        && name.is_some_and(|name| name.starts_with(PREFIX))
        && fs::read_dir(path).is_ok_and(only_ours)
}

fn prefix(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!("{PREFIX}{name}-")
}

pub(super) fn parent(folder: &Path) -> &Path {
    let parent = folder.parent().filter(|it| !it.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

/// The lock of a folder. It is released explicitly: a process that is being started has a copy of the
/// handle until it executes its program, and closing ours alone would leave the folder locked.
#[derive(Debug)]
pub(super) struct FolderLock(File);

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Closing the handle releases what cannot be released here.
        let _ = self.0.unlock();
    }
}

/// Locks a folder against other runs that write it; the lock ends with the handle, however the
/// process ends. Systems and file systems that cannot lock a folder have no lock.
pub(super) fn lock(folder: &Path) -> Result<Option<FolderLock>, FileError> {
    locked(folder, File::try_lock)
}

/// Refuses to read a folder while a run writes it.
pub(super) fn lock_shared(folder: &Path) -> Result<Option<FolderLock>, FileError> {
    locked(folder, File::try_lock_shared)
}

fn locked(
    folder: &Path,
    try_lock: fn(&File) -> Result<(), TryLockError>,
) -> Result<Option<FolderLock>, FileError> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let handle = File::open(folder).map_err(at(folder))?;
    match try_lock(&handle) {
        Ok(()) => Ok(Some(FolderLock(handle))),
        Err(TryLockError::WouldBlock) => Err(FileError::Locked(folder.to_owned())),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(TryLockError::Error(error)) => Err(at(folder)(error)),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_lock_ends_while_another_process_has_its_handle() -> Result<(), Box<dyn std::error::Error>>
    {
        let folder = tempfile::tempdir()?;
        let held = lock(folder.path())?.ok_or("no lock on this system")?;
        // What a process has until it executes its program.
        let _copy = held.0.try_clone()?;
        assert!(matches!(lock(folder.path()), Err(FileError::Locked(_))));
        drop(held);
        assert!(lock(folder.path())?.is_some());
        Ok(())
    }
}
