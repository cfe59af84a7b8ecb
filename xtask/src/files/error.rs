//! Why an output folder was not written or could not be compared.

use std::{
    error::Error,
    fmt, io,
    path::{Path, PathBuf},
};

/// Why an output folder was not written or could not be compared.
#[derive(Debug)]
pub enum FileError {
    /// The folder, or a path of a generated file in it, holds files that were not generated.
    NotGenerated {
        /// The output folder.
        folder: PathBuf,
        /// The files, relative to the folder.
        files: Vec<String>,
    },
    /// An input of the run is at the path of a generated file.
    Input(PathBuf),
    /// Another run is writing the folder.
    Locked(PathBuf),
    /// A path of a generated file is a symbolic link, a folder, a FIFO, a device or a socket.
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is.
        is: &'static str,
    },
    /// Only a part of the files was replaced.
    Partial {
        /// How many files were replaced or removed.
        done: usize,
        /// How many were to be.
        all: usize,
        /// Why it ended.
        error: Box<FileError>,
    },
    /// The operating system refused an operation.
    Io {
        /// The path.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// How many files a message names.
const NAMED: usize = 20;

impl FileError {
    /// Whether nothing was written because of what the folder holds.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::NotGenerated { .. } | Self::Input(_) | Self::NotAFile { .. }
        )
    }
}

/// Adds the path to an error of the operating system.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> FileError {
    let path = path.to_owned();
    move |error| FileError::Io { path, error }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotGenerated { folder, files } => {
                let folder = folder.display();
                write!(f, "{folder} holds files that were not generated:")?;
                for file in files.iter().take(NAMED) {
                    write!(f, "\n  {}", file.escape_debug())?;
                }
                if let Some(more) = files.len().checked_sub(NAMED).filter(|more| *more > 0) {
                    write!(f, "\n  and {more} more")?;
                }
                f.write_str("\nhelp: choose a new or empty folder, or move these files away")
            }
            Self::Input(path) => write!(
                f,
                "{} is an input of this run and the path of a generated file\n\
                 help: choose another output folder, or rename the input",
                path.display()
            ),
            Self::Locked(folder) => {
                write!(f, "another run is writing {}", folder.display())
            }
            Self::NotAFile { path, is } => write!(
                f,
                "{} is {is}, so the generated file cannot be written there",
                path.display()
            ),
            Self::Partial { done, all, error } => write!(
                f,
                "{error}\nnote: {done} of {all} files were replaced before; run the command again"
            ),
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl Error for FileError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Partial { error, .. } => Some(error),
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
