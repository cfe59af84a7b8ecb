//! The files beside a document: found below its folder, each read once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Diagnostics, Sources};
use crate::references::fragment;
use crate::{Source, load, tree};

/// Another file.
struct File {
    tree: Value,
    number: usize,
}

pub(super) struct Files {
    /// The document's folder, as it is told to people.
    shown: PathBuf,
    main: PathBuf,
    root: PathBuf,
    read: HashMap<PathBuf, Option<File>>,
    /// Where paths lead to, by the folder that they start in.
    found: HashMap<(PathBuf, String), Result<PathBuf, String>>,
    bytes: usize,
}

impl Files {
    /// The files of a document, which is itself one.
    pub(super) fn of(path: &Path, root: Option<&Path>) -> Option<Self> {
        let main = path.canonicalize().ok()?;
        let root = root.unwrap_or_else(|| main.parent().unwrap_or(&main));
        Some(Self {
            shown: path.parent().unwrap_or(Path::new("")).to_owned(),
            root: root.canonicalize().ok()?,
            main,
            read: HashMap::new(),
            found: HashMap::new(),
            bytes: 0,
        })
    }

    pub(super) fn main(&self) -> &Path {
        &self.main
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// What a file holds, once it is read.
    pub(super) fn tree(&self, file: &Path) -> Option<&Value> {
        Some(&self.read.get(file)?.as_ref()?.tree)
    }

    /// A file's number among the sources, once it is read.
    pub(super) fn number(&self, file: &Path) -> Option<usize> {
        Some(self.read.get(file)?.as_ref()?.number)
    }

    /// The file that a relative path leads to, unless it is outside.
    pub(super) fn find(&mut self, from: &Path, relative: &str) -> Result<PathBuf, String> {
        let folder = from.parent().unwrap_or(&self.root).to_owned();
        let key = (folder, relative.to_owned());
        if let Some(known) = self.found.get(&key) {
            return known.clone();
        }
        let found = self.look(&key.0, relative);
        self.found.insert(key, found.clone());
        found
    }

    fn look(&self, folder: &Path, relative: &str) -> Result<PathBuf, String> {
        let relative = fragment(relative).unwrap_or_else(|| relative.to_owned());
        let relative = Path::new(&relative);
        if relative.has_root() || relative.is_absolute() {
            return Err("only relative files are read".to_owned());
        }
        // This follows symbolic links, so that none of them leads outside either.
        let Ok(path) = folder.join(relative).canonicalize() else {
            return Err("there is no such file".to_owned());
        };
        if !path.starts_with(&self.root) {
            return Err("it is outside of the document's folder".to_owned());
        }
        if !path.is_file() {
            return Err("it is not a file".to_owned());
        }
        Ok(path)
    }

    /// Reads a file that is not read yet. What is wrong with it is told.
    pub(super) fn read(
        &mut self,
        path: &Path,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) {
        if self.read.contains_key(path) {
            return;
        }
        let file = match self.source(path) {
            Ok(source) => load::read(&source, sources, diagnostics)
                .map(|(tree, number)| File { tree, number }),
            Err(problem) => {
                diagnostics.push(problem);
                None
            }
        };
        self.read.insert(path.to_owned(), file);
    }

    fn source(&mut self, path: &Path) -> Result<Source, Diagnostic> {
        let name = match path.strip_prefix(&self.root) {
            Ok(relative) => self.shown.join(relative),
            Err(_) => path.to_owned(),
        };
        let mut source = Source::read(path)?;
        source.name = name.display().to_string();
        self.bytes += source.bytes.len();
        if self.bytes > tree::MOST_BYTES {
            let message = "the document's files are too large together";
            return Err(Diagnostic::error(path, message));
        }
        Ok(source)
    }
}
