//! Writing the set to a folder.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use super::{FileSet, owned_files};

/// What writing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The files that were written: new ones and changed ones.
    pub changed: Vec<String>,
    /// The files that were removed.
    pub removed: Vec<String>,
}

impl FileSet {
    /// Writes what differs from the folder's files, each by a new file that takes the old one's
    /// place, and removes generated code that is no longer in the set.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written, or a link leads out of it.
    pub fn write(&self, folder: &Path) -> io::Result<Written> {
        fs::create_dir_all(folder)?;
        let mut written = Written::default();
        for (path, text) in self.iter() {
            if write_file(folder, path, text)? {
                written.changed.push(path.to_owned());
            }
        }
        for path in owned_files(folder)? {
            if self.get(&path).is_none() {
                refuse_links(folder, &path)?;
                fs::remove_file(folder.join(&path))?;
                remove_empty_folders(folder, &path);
                written.removed.push(path);
            }
        }
        Ok(written)
    }
}

fn write_file(folder: &Path, path: &str, text: &str) -> io::Result<bool> {
    refuse_links(folder, path)?;
    let target = folder.join(path);
    match fs::read(&target) {
        Ok(found) if found == text.as_bytes() => return Ok(false),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let parent = target.parent().unwrap_or(folder);
    fs::create_dir_all(parent)?;
    let mut new = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        new.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut new = new.prefix(".codegen-").tempfile_in(parent)?;
    new.write_all(text.as_bytes())?;
    new.persist(&target).map_err(|error| error.error)?;
    Ok(true)
}

/// Refuses a path with a symbolic link between the folder and the file, or in the file's place.
fn refuse_links(folder: &Path, path: &str) -> io::Result<()> {
    let mut place = folder.to_path_buf();
    for part in path.split('/') {
        place.push(part);
        match fs::symlink_metadata(&place) {
            Ok(found) if found.file_type().is_symlink() => {
                let problem = format!("{} is a symbolic link", place.display());
                return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Removes the folders that a removed file leaves empty; a folder with something in it stays.
fn remove_empty_folders(folder: &Path, path: &str) {
    let mut below = path;
    while let Some((parent, _)) = below.rsplit_once('/') {
        if fs::remove_dir(folder.join(parent)).is_err() {
            return;
        }
        below = parent;
    }
}
