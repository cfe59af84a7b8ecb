//! An output folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sdk_generator::files::FileSet;

use super::{
    Check, FileError, Staged, Written,
    error::at,
    owned::{Mark, Owned},
};

/// A folder that generated files are written to or compared with.
#[derive(Debug, Clone)]
pub struct Output {
    pub(super) folder: PathBuf,
    pub(super) mark: Mark,
    inputs: Vec<PathBuf>,
}

impl Output {
    /// The folder of a generated crate. It has to be new, empty, or generated before.
    pub fn generated(folder: impl Into<PathBuf>) -> Self {
        Self::new(folder.into(), Mark::Header)
    }

    /// The folder of a specification, whose files were vendored where this one exists.
    pub fn vendored(folder: impl Into<PathBuf>, record: &'static str) -> Self {
        Self::new(folder.into(), Mark::File(record))
    }

    fn new(folder: PathBuf, mark: Mark) -> Self {
        Self {
            folder,
            mark,
            inputs: Vec::new(),
        }
    }

    /// Adds files that the run has read: none of them is replaced.
    #[must_use]
    pub fn with_inputs(mut self, inputs: impl IntoIterator<Item = PathBuf>) -> Self {
        self.inputs.extend(inputs);
        self
    }

    /// Replaces what differs and removes generated files that are no longer in the set.
    ///
    /// # Errors
    ///
    /// Where the folder holds other files, is locked, or cannot be written.
    pub fn write(&self, files: &FileSet) -> Result<Written, FileError> {
        Staged::new(self, files)?.commit()
    }

    /// Does all that can fail for want of space or of permissions, and replaces no file yet.
    ///
    /// # Errors
    ///
    /// Where the folder holds other files, is locked, or cannot be written.
    pub fn stage(&self, files: &FileSet) -> Result<Staged, FileError> {
        Staged::new(self, files)
    }

    /// Compares the set with the files of the folder.
    ///
    /// # Errors
    ///
    /// Where the folder holds other files, is being written, or cannot be read.
    pub fn check(&self, files: &FileSet) -> Result<Check, FileError> {
        Check::new(self, files)
    }

    /// Whether the folder exists.
    pub(super) fn exists(&self) -> Result<bool, FileError> {
        match fs::metadata(&self.folder) {
            Ok(found) if found.is_dir() => Ok(true),
            Ok(found) => Err(not_a_file(&self.folder, found.file_type())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match self.folder.symlink_metadata() {
                    // A link that leads nowhere.
                    Ok(found) => Err(not_a_file(&self.folder, found.file_type())),
                    Err(_) => Ok(false),
                }
            }
            Err(error) => Err(at(&self.folder)(error)),
        }
    }

    /// The generated files of an existing folder, if the set may be written there.
    pub(super) fn owned(&self, files: &FileSet) -> Result<Owned, FileError> {
        for (path, _) in files.iter() {
            refuse_unusual(&self.folder, path)?;
        }
        let owned = Owned::read(&self.folder, self.mark, files)?;
        self.refuse_inputs(files, &owned)?;
        owned.accept(&self.folder)?;
        Ok(owned)
    }

    fn refuse_inputs(&self, files: &FileSet, owned: &Owned) -> Result<(), FileError> {
        let folder = self.folder.canonicalize().map_err(at(&self.folder))?;
        for input in &self.inputs {
            let Ok(canonical) = input.canonicalize() else {
                continue;
            };
            let below = canonical.strip_prefix(&folder).ok();
            let Some(path) = below.map(|path| path.to_string_lossy().replace('\\', "/")) else {
                continue;
            };
            if files.get(&path).is_some() || owned.generated.contains(&path) {
                return Err(FileError::Input(input.clone()));
            }
        }
        Ok(())
    }
}

/// Refuses a path with anything but folders before its last part, or anything but a file there.
pub(super) fn refuse_unusual(folder: &Path, path: &str) -> Result<(), FileError> {
    let mut target = folder.to_path_buf();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        target.push(part);
        let found = match fs::symlink_metadata(&target) {
            Ok(found) => found.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(at(&target)(error)),
        };
        let is_last = parts.peek().is_none();
        if (is_last && !found.is_file()) || (!is_last && !found.is_dir()) {
            return Err(not_a_file(&target, found));
        }
    }
    Ok(())
}

fn not_a_file(path: &Path, found: fs::FileType) -> FileError {
    let is = if found.is_symlink() {
        "a symbolic link"
    } else if found.is_dir() {
        "a folder"
    } else if found.is_file() {
        "a file"
    } else {
        "not a regular file"
    };
    FileError::NotAFile {
        path: path.to_owned(),
        is,
    }
}
