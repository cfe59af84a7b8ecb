//! How the command ends.

use std::{error::Error, io};

use crate::{files::FileError, project::ProjectError};

/// The exit codes, for `--help`.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  --check found stale files, or --fail-on a change
  2  a problem in the input: arguments, documents, configuration, files that were not generated
  3  anything else: reading and writing, the network, another run";

/// Why the command did not succeed.
#[derive(Debug)]
pub enum Failure {
    /// What was checked is not as it should be; it has been printed.
    Finding,
    /// The documents have errors; they have been printed.
    Documents,
    /// Another problem in the input.
    Input(Problem),
    /// Anything else.
    Other(Problem),
}

/// An error of any type.
pub type Problem = Box<dyn Error + Send + Sync>;

impl Failure {
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Finding => 1,
            Self::Documents | Self::Input(_) => 2,
            Self::Other(_) => 3,
        }
    }

    /// The error, where it has not been printed.
    pub fn error(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Finding | Self::Documents => None,
            Self::Input(problem) | Self::Other(problem) => Some(&**problem),
        }
    }
}

impl<E: Into<Problem>> From<E> for Failure {
    fn from(error: E) -> Self {
        let error = error.into();
        let is_input = match (error.downcast_ref(), error.downcast_ref()) {
            (Some(file), _) => FileError::is_refusal(file),
            (_, Some(ProjectError::Io { error, .. })) => error.kind() == io::ErrorKind::NotFound,
            (_, Some(ProjectError::NotFound | ProjectError::Invalid { .. })) => true,
            (None, None) => false,
        };
        if is_input {
            Self::Input(error)
        } else {
            Self::Other(error)
        }
    }
}
