//! Documents as bytes: read within limits, and parsed.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, Location, Sources, sanitize};
use crate::pointer::{self, SpecPointer};
use crate::tree::{self, Duplicate, Tree};

/// The most bytes of a document and its files together. The largest published ones have half.
pub const MOST_BYTES: u64 = 64 << 20;

/// The bytes of a document and where they come from.
#[derive(Debug, Clone)]
pub struct Source {
    /// What diagnostics call it.
    pub name: String,
    /// YAML or JSON.
    pub bytes: Vec<u8>,
    /// The file, where there is one: relative `$ref`s start here.
    pub path: Option<PathBuf>,
}

impl Source {
    /// A document in memory. It cannot refer to other files.
    pub fn from_bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
            path: None,
        }
    }

    /// Reads a document from a stream, such as standard input.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or is larger than [`MOST_BYTES`].
    pub fn from_reader(name: impl Into<String>, reader: impl Read) -> Result<Self, Diagnostic> {
        let name = name.into();
        let location = Location::File(name.clone());
        let bytes = read_at_most(reader, MOST_BYTES, location)?;
        Ok(Self::from_bytes(name, bytes))
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, is not a regular file, or is larger than [`MOST_BYTES`].
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        Self::read_at_most(path, MOST_BYTES)
    }

    pub(crate) fn read_at_most(path: &Path, most: u64) -> Result<Self, Diagnostic> {
        let unreadable =
            |error: io::Error| Diagnostic::error(path, format!("cannot be read: {error}"));
        // A device has no end, and opening a FIFO waits for its writer.
        if !fs::metadata(path).map_err(unreadable)?.is_file() {
            return Err(Diagnostic::error(
                path,
                "cannot be read: not a regular file",
            ));
        }
        let file = File::open(path).map_err(unreadable)?;
        Ok(Self {
            name: path.display().to_string(),
            bytes: read_at_most(file, most, path.into())?,
            path: Some(path.to_owned()),
        })
    }
}

fn read_at_most(reader: impl Read, most: u64, location: Location) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    if let Err(error) = reader.take(most + 1).read_to_end(&mut bytes) {
        let message = format!("cannot be read: {error}");
        return Err(Diagnostic::error(location, message));
    }
    match bytes.len() as u64 > most {
        true => Err(too_large(location)),
        false => Ok(bytes),
    }
}

fn too_large(location: Location) -> Diagnostic {
    let message = format!(
        "the document and its files are larger than {} MiB",
        MOST_BYTES >> 20
    );
    Diagnostic::error(location, message)
}

/// Parses a source, reporting errors. Returns its tree, and the number of its text in `sources`.
pub(crate) fn parse(
    source: &Source,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Value, usize)> {
    let file = Location::File(source.name.clone());
    if source.bytes.len() as u64 > MOST_BYTES {
        diagnostics.push(too_large(file));
        return None;
    }
    let bytes = source.bytes.strip_prefix(b"\xef\xbb\xbf");
    let bytes = bytes.unwrap_or(&source.bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("invalid UTF-8 at byte {}", error.valid_up_to());
            diagnostics.push(Diagnostic::error(file, message));
            return None;
        }
    };
    let number = sources.add(&source.name, text);
    match tree::read(text) {
        Ok(Tree { value, duplicates }) => {
            let name = if number == 0 { "" } else { &source.name };
            for duplicate in duplicates {
                report_duplicate(&duplicate, name, diagnostics);
            }
            Some((value, number))
        }
        Err(error) => {
            let at = error.at.and_then(|(line, column)| {
                let position = sources.position_of_line(number, line, column);
                position.map(Location::from)
            });
            let mut problem = Diagnostic::error(at.unwrap_or(file), sanitize(&error.message));
            problem.help = error.help.map(Into::into);
            diagnostics.push(problem);
            None
        }
    }
}

fn report_duplicate(duplicate: &Duplicate, file: &str, diagnostics: &mut Diagnostics) {
    let key = sanitize(&pointer::last(&duplicate.pointer));
    let location = SpecPointer::new(format!("{file}#{}", duplicate.pointer));
    let problem = Diagnostic::error(location, format!("duplicate key `{key}`"));
    let mut problem = problem.repair("using the last one");
    if duplicate.differs {
        problem = problem.omits(format!("the first `{key}`"));
    }
    let in_extension = pointer::tokens(&duplicate.pointer).any(|token| token.starts_with("x-"));
    match in_extension {
        true => diagnostics.tolerated(ErrorKind::DuplicateKey, problem),
        false => diagnostics.recoverable(ErrorKind::DuplicateKey, problem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_limit_is_not_read() {
        let mut read = 0;
        let endless = io::repeat(b' ').take(MOST_BYTES * 4);
        let counted = Counted(endless, &mut read);
        let problem = Source::from_reader("stdin", counted).map(|_| ());
        let message = problem.map_err(|problem| problem.message);
        let expected = "the document and its files are larger than 64 MiB".to_owned();
        assert_eq!(message, Err(expected));
        assert_eq!(read, MOST_BYTES + 1);
    }

    struct Counted<'c, R>(R, &'c mut u64);

    impl<R: Read> Read for Counted<'_, R> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.read(buffer)?;
            *self.1 += count as u64;
            Ok(count)
        }
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_refused() {
        let problem = Source::read(Path::new("/dev/zero")).map(|_| ());
        let message = problem.map_err(|problem| problem.message);
        assert_eq!(
            message,
            Err("cannot be read: not a regular file".to_owned())
        );
    }
}
