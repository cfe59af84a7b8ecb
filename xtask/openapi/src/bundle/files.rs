//! The files that a document refers to: found below its folder, each read once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Diagnostics, Sources};
use crate::pointer::decode;
use crate::source::{MOST_BYTES, Source, parse};

/// Another file.
struct File {
    tree: Value,
    number: usize,
}

pub(super) struct Files {
    /// The document's folder, as diagnostics name it.
    shown: PathBuf,
    main: PathBuf,
    /// The folder that files are read from; none where the document is not a file.
    root: Option<PathBuf>,
    read: HashMap<PathBuf, Option<File>>,
    /// Resolved paths, by the folder that they start in.
    found: HashMap<(PathBuf, String), Result<PathBuf, String>>,
    bytes: u64,
}

impl Files {
    /// The files of a document, which is itself one.
    pub(super) fn of(path: Option<&Path>, root: Option<&Path>) -> Self {
        let main = path.and_then(|path| path.canonicalize().ok());
        let root = root.or_else(|| main.as_deref()?.parent());
        Self {
            shown: path
                .and_then(Path::parent)
                .unwrap_or(Path::new(""))
                .to_owned(),
            root: root
                .filter(|_| main.is_some())
                .and_then(|root| root.canonicalize().ok()),
            main: main.unwrap_or_default(),
            read: HashMap::new(),
            found: HashMap::new(),
            bytes: 0,
        }
    }

    pub(super) fn main(&self) -> &Path {
        &self.main
    }

    pub(super) fn root(&self) -> &Path {
        self.root.as_deref().unwrap_or(Path::new(""))
    }

    /// The URI of a file that has no other.
    pub(super) fn uri(&self, file: &Path) -> String {
        let path = file.strip_prefix(self.root()).unwrap_or(file);
        format!("document:///{}", path.display())
    }

    /// The content of a file, once it is read.
    pub(super) fn tree(&self, file: &Path) -> Option<&Value> {
        Some(&self.read.get(file)?.as_ref()?.tree)
    }

    /// A file's number among the sources, once it is read.
    pub(super) fn number(&self, file: &Path) -> Option<usize> {
        Some(self.read.get(file)?.as_ref()?.number)
    }

    /// The file at a relative path, unless it is outside.
    pub(super) fn find(&mut self, from: &Path, relative: &str) -> Result<PathBuf, String> {
        let folder = from.parent().unwrap_or(self.root()).to_owned();
        let key = (folder, relative.to_owned());
        if let Some(known) = self.found.get(&key) {
            return known.clone();
        }
        let found = self.look(&key.0, relative);
        self.found.insert(key, found.clone());
        found
    }

    fn look(&self, folder: &Path, relative: &str) -> Result<PathBuf, String> {
        let Some(root) = &self.root else {
            return Err("this document is not a file, so that it cannot refer to files".to_owned());
        };
        let relative = decode(relative).unwrap_or_else(|| relative.to_owned());
        let relative = Path::new(&relative);
        if relative.has_root() || relative.is_absolute() {
            return Err("only relative files are read".to_owned());
        }
        // This follows symbolic links, so that none of them leads outside either.
        let Ok(path) = folder.join(relative).canonicalize() else {
            return Err("there is no such file".to_owned());
        };
        if !path.starts_with(root) {
            return Err("it is outside of the document's folder".to_owned());
        }
        if !path.is_file() {
            return Err("it is not a file".to_owned());
        }
        Ok(path)
    }

    /// Reads and caches a file, reporting errors. Returns whether it was read now.
    pub(super) fn read(
        &mut self,
        path: &Path,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        if self.read.contains_key(path) {
            return false;
        }
        let file = match self.source(path) {
            Ok(source) => {
                parse(&source, sources, diagnostics).map(|(tree, number)| File { tree, number })
            }
            Err(problem) => {
                diagnostics.push(problem);
                None
            }
        };
        self.read.insert(path.to_owned(), file).is_none()
    }

    fn source(&mut self, path: &Path) -> Result<Source, Diagnostic> {
        let name = match path.strip_prefix(self.root()) {
            Ok(relative) => self.shown.join(relative),
            Err(_) => path.to_owned(),
        };
        let mut source = Source::read_at_most(path, MOST_BYTES - self.bytes)?;
        source.name = name.display().to_string();
        self.bytes += source.bytes.len() as u64;
        Ok(source)
    }
}
