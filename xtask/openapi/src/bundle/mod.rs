//! Other files that a document refers to: what is referred to moves into the document's
//! `components`, and every `$ref` becomes one within the document.
//!
//! Only files below the document's folder are read, whatever way a `$ref` or a symbolic link
//! takes. Nothing is fetched.

mod files;
mod homes;
mod refs;

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::path::{Path as FilePath, PathBuf};

use serde_json::Value;

use super::Source;
use super::grammar::Kind;
use super::path::tokens;
use super::references::{dangling, fragment};
use crate::diagnostics::{Diagnostic, Diagnostics, Sources, SpecPointer, sanitize};

use files::Files;
use homes::Homes;
use refs::{Reference, is_file, references};

/// Bundles a tree that was read from `source`. Without a file there is nothing to refer to.
/// Returns pointers to the places of which nothing is known, because what they refer to is not
/// there.
pub(super) fn bundle(
    tree: &mut Value,
    source: &Source,
    root: Option<&FilePath>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> HashSet<String> {
    let refers = |tree: &Value| {
        let mut all = references(tree, Kind::Root, "").into_iter();
        all.any(|reference| is_file(&reference.target))
    };
    let files = source
        .path
        .as_deref()
        .filter(|_| refers(tree))
        .and_then(|path| Files::of(path, root));
    let Some(files) = files else {
        return HashSet::new();
    };
    let mut bundler = Bundler {
        files,
        lost: HashSet::new(),
        sources,
        diagnostics,
    };
    let targets = bundler.discover(tree);
    let homes = Homes::choose(tree, bundler.files.root(), &targets);
    bundler.bring(tree, &homes);
    bundler.lost
}

/// A value of another file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Target {
    file: PathBuf,
    /// The pointer into it.
    inside: String,
}

struct Bundler<'a> {
    files: Files,
    /// Pointers to the places whose references lead nowhere.
    lost: HashSet<String>,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
}

impl Bundler<'_> {
    /// All that the document refers to in other files, and what these refer to.
    fn discover(&mut self, tree: &Value) -> BTreeMap<Target, Kind> {
        let mut found: BTreeMap<Target, Kind> = BTreeMap::new();
        let main = self.files.main().to_owned();
        let mut open = VecDeque::from([(main.clone(), references(tree, Kind::Root, ""))]);
        while let Some((file, open_references)) = open.pop_front() {
            for reference in open_references {
                // What is not there is told where the reference is rewritten.
                let Ok(Some(target)) = self.target(&file, &reference) else {
                    continue;
                };
                let Some(value) = self.value(&target) else {
                    continue;
                };
                let kind = reference.kind;
                let known = found.get(&target).copied();
                if known.is_none_or(|known| kind < known) {
                    open.push_back((target.file.clone(), references(value, kind, "")));
                    found.insert(target, kind);
                }
            }
        }
        found
    }

    /// Brings the values of other files to their homes, and makes all references lead there.
    fn bring(&mut self, tree: &mut Value, homes: &Homes) {
        let main = self.files.main().to_owned();
        self.rewrite(tree, "", Kind::Root, &main, homes);
        for (target, kind, home) in homes.own() {
            let Some(value) = self.value(target).cloned() else {
                continue;
            };
            homes::put(tree, home, value);
            if let Some(number) = self.files.number(&target.file) {
                let inside = target.inside.clone();
                self.sources.moved(home.to_owned(), number, inside);
            }
            self.rewrite(tree, home, kind, &target.file, homes);
        }
    }

    /// Makes the references of a part, which comes from a file, lead to their targets' homes.
    fn rewrite(
        &mut self,
        tree: &mut Value,
        pointer: &str,
        kind: Kind,
        file: &FilePath,
        homes: &Homes,
    ) {
        let Some(value) = tree.pointer(pointer) else {
            return;
        };
        for reference in references(value, kind, pointer) {
            match self.lead(file, &reference, homes) {
                Ok(None) => {}
                Ok(Some(home)) => {
                    if let Some(text) = tree.pointer_mut(&reference.pointer) {
                        *text = Value::String(format!("#{home}"));
                    }
                }
                Err(problem) => self.lose(tree, &reference, problem),
            }
        }
    }

    /// Where a reference of a file leads to in the document; none where it does already.
    fn lead(
        &mut self,
        file: &FilePath,
        reference: &Reference,
        homes: &Homes,
    ) -> Result<Option<String>, Diagnostic> {
        let Some(target) = self.target(file, reference)? else {
            return Ok(None);
        };
        if target.file == self.files.main() {
            return Ok(Some(target.inside));
        }
        if let Some(home) = homes.of(&target) {
            return Ok(Some(home.to_owned()));
        }
        let place = SpecPointer::new(format!("#{}", reference.pointer));
        let told = sanitize(&reference.target);
        let Some(tree) = self.files.tree(&target.file) else {
            let message = format!("`{told}` cannot be read");
            return Err(Diagnostic::error(place, message));
        };
        let mut problem = dangling(tree, &place, &format!("#{}", target.inside));
        problem.location = place.into();
        problem.message = format!("`$ref` leads nowhere: there is no `{told}`");
        Err(problem)
    }

    /// Tells that a reference leads nowhere, and takes it out.
    fn lose(&mut self, tree: &mut Value, reference: &Reference, problem: Diagnostic) {
        self.diagnostics.recoverable(
            problem
                .repair("the place is read as if nothing stood there")
                .omits(format!("what `{}` describes", sanitize(&reference.target))),
        );
        let pointer = reference.pointer.rsplit_once('/');
        let object = pointer.map_or("", |(object, _)| object);
        if let Some(members) = tree.pointer_mut(object).and_then(Value::as_object_mut) {
            let key = tokens(&reference.pointer).last().unwrap_or_default();
            members.shift_remove(&key);
        }
        self.lost.insert(object.to_owned());
    }

    /// What a reference of a file leads to; none where it stays within the document.
    fn target(
        &mut self,
        file: &FilePath,
        reference: &Reference,
    ) -> Result<Option<Target>, Diagnostic> {
        let local = reference.target.starts_with('#');
        if (local && file == self.files.main()) || !(local || is_file(&reference.target)) {
            return Ok(None);
        }
        let (other, inside) = reference
            .target
            .split_once('#')
            .unwrap_or((&reference.target, ""));
        let file = match other {
            "" => file.to_owned(),
            other => self.files.find(file, other).map_err(|why| {
                let place = SpecPointer::new(format!("#{}", reference.pointer));
                let message = format!("`{}` cannot be used: {why}", sanitize(&reference.target));
                Diagnostic::error(place, message)
            })?,
        };
        let inside = fragment(inside).unwrap_or_else(|| inside.to_owned());
        Ok(Some(Target { file, inside }))
    }

    fn value(&mut self, target: &Target) -> Option<&Value> {
        if target.file == self.files.main() {
            return None;
        }
        self.files
            .read(&target.file, self.sources, self.diagnostics);
        self.files.tree(&target.file)?.pointer(&target.inside)
    }
}

#[cfg(test)]
mod tests;
