//! Writing a set to a folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sdk_generator::files::FileSet;

use super::{
    FileError, Leftover, Output,
    error::at,
    output::refuse_unusual,
    owned::{LIST, Mark, list},
    staging::{FolderLock, Staging, leftovers, lock},
};

/// What writing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The files that were written: new ones and changed ones.
    pub changed: Vec<String>,
    /// The files that were removed.
    pub removed: Vec<String>,
    /// What interrupted runs had left, which was removed.
    pub leftovers: Vec<Leftover>,
}

/// Files that are complete on the disk and only have to be moved to their paths.
#[derive(Debug)]
pub struct Staged {
    folder: PathBuf,
    staging: Staging,
    files: Files,
    leftovers: Vec<Leftover>,
    _lock: Option<FolderLock>,
}

#[derive(Debug)]
enum Files {
    /// Of an existing folder: the files that differ, and generated files to remove.
    Each {
        changed: Vec<String>,
        stale: Vec<String>,
    },
    /// Of a folder that does not exist yet.
    All(Vec<String>),
}

impl Staged {
    pub(super) fn new(output: &Output, set: &FileSet) -> Result<Self, FileError> {
        let folder = output.folder.clone();
        let list = list(set.iter()).filter(|_| output.mark == Mark::Header);
        // The list comes first: an interrupted run leaves no file that the next one does not know.
        let mut all: Vec<(&str, &str)> = list
            .as_deref()
            .map(|text| (LIST, text))
            .into_iter()
            .collect();
        all.extend(set.iter());
        if !output.exists()? {
            let leftovers = remove_leftovers(&folder)?;
            let staging = Staging::beside(&folder)?;
            stage(staging.files(), &all)?;
            let paths = all.iter().map(|(path, _)| (*path).to_owned()).collect();
            return Ok(Self {
                folder,
                staging,
                files: Files::All(paths),
                leftovers,
                _lock: None,
            });
        }
        let lock = lock(&folder)?;
        let owned = output.owned(set)?;
        let leftovers = remove_leftovers(&folder)?;
        let mut stale = owned.stale(set);
        for path in &stale {
            refuse_unusual(&folder, path)?;
        }
        if output.mark == Mark::Header && list.is_none() && folder.join(LIST).exists() {
            stale.push(LIST.to_owned());
        }
        all.retain(|(path, text)| !is_same(&folder.join(path), text));
        let staging = Staging::inside(&folder)?;
        stage(staging.files(), &all)?;
        let changed = all.iter().map(|(path, _)| (*path).to_owned()).collect();
        Ok(Self {
            folder,
            staging,
            files: Files::Each { changed, stale },
            leftovers,
            _lock: lock,
        })
    }

    /// Moves the files to their paths, and removes those that are stale.
    ///
    /// # Errors
    ///
    /// Where the folder has changed since.
    pub fn commit(mut self) -> Result<Written, FileError> {
        let mut written = Written {
            leftovers: std::mem::take(&mut self.leftovers),
            ..Written::default()
        };
        match std::mem::replace(&mut self.files, Files::All(Vec::new())) {
            Files::All(paths) => {
                fs::rename(self.staging.files(), &self.folder).map_err(at(&self.folder))?;
                written.changed = paths;
            }
            Files::Each { changed, stale } => {
                self.staging.begin_to_replace()?;
                let all = changed.len() + stale.len();
                self.replace(changed, stale, &mut written)
                    .map_err(|error| FileError::Partial {
                        done: written.changed.len() + written.removed.len(),
                        all,
                        error: Box::new(error),
                    })?;
            }
        }
        Ok(written)
    }

    fn replace(
        &self,
        changed: Vec<String>,
        stale: Vec<String>,
        written: &mut Written,
    ) -> Result<(), FileError> {
        for path in stale {
            let target = self.folder.join(&path);
            fs::remove_file(&target).map_err(at(&target))?;
            remove_empty_folders(&self.folder, &path);
            written.removed.push(path);
        }
        for path in changed {
            let target = self.folder.join(&path);
            let parent = target.parent().unwrap_or(&self.folder);
            fs::create_dir_all(parent).map_err(at(parent))?;
            fs::rename(self.staging.files().join(&path), &target).map_err(at(&target))?;
            written.changed.push(path);
        }
        Ok(())
    }
}

/// Writes files to a folder that is empty.
fn stage(folder: &Path, files: &[(&str, &str)]) -> Result<(), FileError> {
    // Files come sorted, so those of one folder come together.
    let mut ready = None;
    for (path, text) in files {
        let target = folder.join(path);
        let parent = target.parent().map(Path::to_owned);
        if let Some(parent) = parent.as_ref().filter(|_| ready != parent) {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        ready = parent;
        fs::write(&target, text).map_err(at(&target))?;
    }
    Ok(())
}

fn is_same(path: &Path, text: &str) -> bool {
    let same_size = |found: fs::Metadata| found.len() == text.len() as u64;
    fs::metadata(path).is_ok_and(same_size)
        && fs::read(path).is_ok_and(|found| found == text.as_bytes())
}

fn remove_leftovers(folder: &Path) -> Result<Vec<Leftover>, FileError> {
    let found = leftovers(folder)?;
    for leftover in &found {
        leftover.remove()?;
    }
    Ok(found)
}

/// Removes the folders that a removed file leaves empty.
fn remove_empty_folders(folder: &Path, path: &str) {
    let mut below = path;
    while let Some((parent, _)) = below.rsplit_once('/') {
        if fs::remove_dir(folder.join(parent)).is_err() {
            return;
        }
        below = parent;
    }
}
