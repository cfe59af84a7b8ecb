//! Writing the set to a folder.

use std::{
    fs::{self, Metadata},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use tempfile::{TempDir, TempPath};

use sdk_generator::files::FileSet;

use super::owned_files;

/// What writing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The files that were written: new ones and changed ones.
    pub changed: Vec<String>,
    /// The files that were removed.
    pub removed: Vec<String>,
}

/// Files that are on the disk, whole, and only have to take their names.
#[derive(Debug)]
pub struct Staged {
    folder: PathBuf,
    files: Files,
}

/// What is dropped is deleted.
#[derive(Debug)]
enum Files {
    /// New files beside those whose place they take, each with its path, and files that go.
    Each {
        new: Vec<(String, TempPath)>,
        stale: Vec<String>,
    },
    /// A folder beside the one that is not there yet, with all files in it, and their paths.
    All(TempDir, Vec<String>),
}

/// What the folder is called until it has its place.
const WHOLE: &str = "new";

/// Writes what differs from the folder's files, each by a new file that takes the old one's
/// place, and removes generated code that is no longer in the set.
///
/// # Errors
///
/// Where the folder cannot be written, or a link leads out of it.
pub fn write(set: &FileSet, folder: &Path) -> io::Result<Written> {
    stage(set, folder)?.commit()
}

/// Does all of that which can fail for want of space or of rights, and changes no file yet.
///
/// # Errors
///
/// Where the folder cannot be written, or a link leads out of it.
pub fn stage(set: &FileSet, folder: &Path) -> io::Result<Staged> {
    let is_there = folder.symlink_metadata();
    if is_there.is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return stage_whole(set, folder);
    }
    let mut new = Vec::new();
    // Files come sorted, so those of one folder come together.
    let mut ready = None;
    for (path, text) in set.iter() {
        let parent = folder_of(path);
        if ready != Some(parent) {
            refuse_links(folder, parent)?;
            fs::create_dir_all(folder.join(parent))?;
            ready = Some(parent);
        }
        if let Some(file) = stage_file(&folder.join(path), text)? {
            new.push((path.to_owned(), file));
        }
    }
    let mut stale = owned_files(folder)?;
    stale.retain(|path| set.get(path).is_none());
    for path in &stale {
        refuse_links(folder, path)?;
    }
    Ok(Staged {
        folder: folder.to_owned(),
        files: Files::Each { new, stale },
    })
}

/// A folder that is not there takes its name with all its files in it.
fn stage_whole(set: &FileSet, folder: &Path) -> io::Result<Staged> {
    let parent = folder.parent().filter(|it| !it.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let holder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?;
    let whole = holder.path().join(WHOLE);
    fs::create_dir(&whole)?;
    let mut ready = None;
    for (path, text) in set.iter() {
        let parent = folder_of(path);
        if ready != Some(parent) {
            fs::create_dir_all(whole.join(parent))?;
            ready = Some(parent);
        }
        fs::write(whole.join(path), text)?;
    }
    let paths = set.iter().map(|(path, _)| path.to_owned()).collect();
    Ok(Staged {
        folder: folder.to_owned(),
        files: Files::All(holder, paths),
    })
}

/// What the names of files begin with that have yet to get theirs.
const PREFIX: &str = ".codegen-";

/// What stands before the last slash.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Staged {
    /// Gives the files their names, and removes those that are stale.
    ///
    /// # Errors
    ///
    /// Where the folder has changed meanwhile.
    pub fn commit(self) -> io::Result<Written> {
        let Self { folder, files } = self;
        let mut written = Written::default();
        match files {
            Files::All(holder, paths) => {
                fs::rename(holder.path().join(WHOLE), &folder).map_err(|error| {
                    io::Error::new(error.kind(), format!("{}: {error}", folder.display()))
                })?;
                written.changed = paths;
            }
            Files::Each { new, stale } => {
                for (path, file) in new {
                    file.persist(folder.join(&path))
                        .map_err(|error| error.error)?;
                    written.changed.push(path);
                }
                for path in stale {
                    fs::remove_file(folder.join(&path))?;
                    remove_empty_folders(&folder, &path);
                    written.removed.push(path);
                }
            }
        }
        Ok(written)
    }
}

/// The new file beside the one that it will replace, in a folder that is there; none where that
/// file is as it should be.
fn stage_file(target: &Path, text: &str) -> io::Result<Option<TempPath>> {
    match fs::symlink_metadata(target) {
        Ok(found) => {
            refuse_link(target, &found)?;
            let differs = found.is_file() && found.len() != text.len() as u64;
            if !differs && fs::read(target)? == text.as_bytes() {
                return Ok(None);
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut new = tempfile::Builder::new();
    #[cfg(unix)]
    new.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut new = new
        .prefix(PREFIX)
        .tempfile_in(target.parent().unwrap_or(target))?;
    new.write_all(text.as_bytes())?;
    // Closed: there may be more files than a process may have open.
    Ok(Some(new.into_temp_path()))
}

/// Refuses a path with a symbolic link between the folder and the file, or in the file's place.
fn refuse_links(folder: &Path, path: &str) -> io::Result<()> {
    let mut place = folder.to_path_buf();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        place.push(part);
        match fs::symlink_metadata(&place) {
            Ok(found) => refuse_link(&place, &found)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn refuse_link(place: &Path, found: &Metadata) -> io::Result<()> {
    if found.file_type().is_symlink() {
        let problem = format!("{} is a symbolic link", place.display());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
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
