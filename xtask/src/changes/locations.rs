//! The lines of documents and generated code that a change is found at.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use sdk_changes::{
    Change,
    report::{FileLine, Locations},
};
use sdk_openapi::{SpecPointer, diagnostics::Sources};

use super::sides::Side;

/// Looks lines up in the files of both sides.
pub(super) struct FileLocations {
    root: PathBuf,
    sources: [BTreeMap<String, Sources>; 2],
    /// The folder of the generated crate, where the new side is the repository's.
    generated: Option<PathBuf>,
    texts: RefCell<BTreeMap<PathBuf, Option<String>>>,
}

impl FileLocations {
    pub(super) fn new(root: &Path, sides: [Side; 2], generated: Option<PathBuf>) -> Self {
        Self {
            root: root.to_owned(),
            sources: sides.map(|side| side.sources.into_iter().collect()),
            generated,
            texts: RefCell::default(),
        }
    }

    /// A path as a link from the repository names it.
    fn relative(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.display().to_string()
    }

    fn line_in(&self, file: &Path, path: &str) -> Option<usize> {
        let mut texts = self.texts.borrow_mut();
        let text = texts
            .entry(file.to_owned())
            .or_insert_with(|| fs::read_to_string(file).ok());
        line_of(text.as_deref()?, path)
    }
}

impl Locations for FileLocations {
    fn in_document(&self, change: &Change) -> Option<FileLine> {
        let [before, after] = &self.sources;
        let pointers = [
            (after, &change.pointer.after),
            (before, &change.pointer.before),
        ];
        let (sources, pointer) = pointers
            .into_iter()
            .find_map(|(sources, pointer)| Some((sources, pointer.as_deref()?)))?;
        let pointer = SpecPointer::new(pointer.to_owned());
        let position = sources.get(&change.api)?.locate(&pointer)?;
        // A file of a commit is not in the working tree.
        let path = self.relative(Path::new(&position.file));
        let is_relative = change.pointer.after.is_some() || self.generated.is_none();
        is_relative.then_some(FileLine {
            path,
            line: position.line,
        })
    }

    fn in_code(&self, change: &Change) -> Option<FileLine> {
        let generated = self.generated.as_ref()?;
        let path = change.path.after.as_deref()?;
        change.files.iter().find_map(|name| {
            let file = generated.join(name);
            Some(FileLine {
                line: self.line_in(&file, path)?,
                path: self.relative(&file),
            })
        })
    }
}

/// The line that declares the last segment of a path, after the line that declares its owner.
fn line_of(text: &str, path: &str) -> Option<usize> {
    let mut segments = path.rsplit("::");
    let name = segments.next()?;
    let owner = segments.next();
    let lines = || text.lines().enumerate();
    let declares = |line: &str, name: &str| {
        let line = line.trim_start();
        let line = line.strip_prefix("pub ").unwrap_or(line);
        let keywords = [
            "struct ", "enum ", "fn ", "const ", "type ", "mod ", "static ",
        ];
        let item = keywords
            .iter()
            .find_map(|keyword| line.strip_prefix(keyword));
        let named = item.unwrap_or(line).strip_prefix(name);
        named.is_some_and(|rest| rest.starts_with([':', '(', '<', ',', ' ', ';', '{']))
    };
    let begin = owner.and_then(|owner| {
        let own = |line: &str| declares(line, owner) || line.starts_with(&format!("impl {owner} "));
        lines().find(|(_, line)| own(line)).map(|(at, _)| at)
    });
    let found = lines()
        .skip(begin.map_or(0, |at| at + 1))
        .find(|(_, line)| declares(line, name));
    found.map(|(at, _)| at + 1)
}

#[cfg(test)]
mod tests {
    use super::line_of;

    const CODE: &str = "pub struct Cat {\n    pub name: String,\n}\npub struct Dog {\n    pub name: String,\n}\n\
                        impl Dog {\n    pub fn bark(&self) {}\n}\npub enum Kind {\n    Big,\n    Small(u8),\n}\n";

    #[test]
    fn a_member_is_found_after_its_owner() {
        let cases = [
            ("pets::types::Cat", Some(1)),
            ("pets::types::Cat::name", Some(2)),
            ("pets::types::Dog::name", Some(5)),
            ("pets::types::Dog::bark", Some(8)),
            ("pets::types::Kind::Small", Some(12)),
            ("pets::types::Kind::Tiny", None),
        ];
        for (path, line) in cases {
            assert_eq!(line_of(CODE, path), line, "{path}");
        }
    }
}
