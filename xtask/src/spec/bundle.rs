//! Other files that a document refers to: what is referred to moves into the document's
//! `components`, and every `$ref` becomes one within the document.
//!
//! Only files below the document's folder are read, whatever way a `$ref` or a symbolic link
//! takes. Nothing is fetched.

use std::collections::{HashMap, VecDeque};
use std::path::{Path as FilePath, PathBuf};

use serde_json::{Map, Value, json};

use super::grammar::{Kind, walk};
use super::load;
use super::path::{Path, escape, tokens};
use super::references::{dangling, fragment};
use super::{Source, tree};
use crate::diagnostics::{Diagnostic, Diagnostics, Origin, Sources, plain};

/// Bundles a tree that was read from `source`. Without a file there is nothing to refer to.
pub(super) fn bundle(
    tree: &mut Value,
    source: &Source,
    root: Option<&FilePath>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    let Some(path) = &source.path else { return };
    if references(tree, Kind::Root, "")
        .iter()
        .all(|reference| !is_file(&reference.target))
    {
        return;
    }
    let Ok(main) = path.canonicalize() else {
        return;
    };
    let root = root
        .unwrap_or_else(|| main.parent().unwrap_or(&main))
        .canonicalize();
    let Ok(root) = root else { return };
    let shown = path.parent().unwrap_or(FilePath::new("")).to_owned();
    let mut bundler = Bundler {
        shown,
        main,
        root,
        files: HashMap::new(),
        homes: HashMap::new(),
        open: VecDeque::new(),
        bytes: 0,
        sources,
        diagnostics,
    };
    let main = bundler.main.clone();
    bundler.open.push_back(Part {
        pointer: String::new(),
        kind: Kind::Root,
        file: main,
    });
    while let Some(part) = bundler.open.pop_front() {
        bundler.part(tree, &part);
    }
}

/// A `$ref` or an entry of a discriminator's mapping.
struct Reference {
    /// The pointer to the text.
    pointer: String,
    target: String,
    kind: Kind,
}

/// All references of a part.
fn references(part: &Value, kind: Kind, pointer: &str) -> Vec<Reference> {
    let mut all = Vec::new();
    walk(
        part,
        kind,
        Path::Below(pointer),
        &mut |value, kind, path| {
            let target = value.get("$ref").and_then(Value::as_str);
            if let Some(target) = target.filter(|_| kind.is_referable()) {
                let pointer = Path::Key(path, "$ref").pointer();
                all.push(Reference {
                    pointer,
                    target: target.to_owned(),
                    kind,
                });
            }
            if kind == Kind::Discriminator {
                let mapping = value.get("mapping").and_then(Value::as_object);
                for (key, target) in mapping.into_iter().flatten() {
                    let Some(target) = target.as_str() else {
                        continue;
                    };
                    // A bare name is a component's.
                    if target.contains(['/', '#']) {
                        let mapping = Path::Key(path, "mapping");
                        let pointer = Path::Key(&mapping, key).pointer();
                        all.push(Reference {
                            pointer,
                            target: target.to_owned(),
                            kind: Kind::Schema,
                        });
                    }
                }
            }
        },
    );
    all
}

/// Whether a reference is to another file.
fn is_file(target: &str) -> bool {
    !target.starts_with('#') && !target.contains("://") && !target.starts_with("urn:")
}

/// A part of the tree whose references are still those of the file it comes from.
struct Part {
    pointer: String,
    kind: Kind,
    file: PathBuf,
}

/// Another file.
struct File {
    tree: Value,
    number: usize,
}

struct Bundler<'a> {
    /// The document's folder, as it is told to people.
    shown: PathBuf,
    main: PathBuf,
    root: PathBuf,
    files: HashMap<PathBuf, Option<File>>,
    /// Where the values of other files have come to: (file, pointer) → pointer.
    homes: HashMap<(PathBuf, String), String>,
    open: VecDeque<Part>,
    bytes: usize,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
}

impl Bundler<'_> {
    /// Makes all references of a part references within the document.
    fn part(&mut self, tree: &mut Value, part: &Part) {
        let Some(value) = tree.pointer(&part.pointer) else {
            return;
        };
        let own = part.file == self.main;
        for reference in references(value, part.kind, &part.pointer) {
            let foreign = is_file(&reference.target);
            let local = reference.target.starts_with('#') && !own;
            if !foreign && !local {
                continue;
            }
            match self.home(tree, part, &reference) {
                Ok(home) => {
                    if let Some(text) = tree.pointer_mut(&reference.pointer) {
                        *text = Value::String(format!("#{home}"));
                    }
                }
                Err(problem) => {
                    self.diagnostics.lapse(
                        problem
                            .repair("the place is read as if nothing stood there")
                            .omits(format!("what `{}` describes", plain(&reference.target))),
                    );
                    let object = reference
                        .pointer
                        .rsplit_once('/')
                        .map_or("", |(object, _)| object);
                    if let Some(object) = tree.pointer_mut(object).and_then(Value::as_object_mut) {
                        let key = tokens(&reference.pointer).last().unwrap_or_default();
                        object.shift_remove(&key);
                    }
                }
            }
        }
    }

    /// Where the target of a reference is in the document; it is brought there if need be.
    fn home(
        &mut self,
        tree: &mut Value,
        part: &Part,
        reference: &Reference,
    ) -> Result<String, Diagnostic> {
        let place = Origin::new(format!("#{}", reference.pointer));
        let (file, inside) = reference
            .target
            .split_once('#')
            .unwrap_or((&reference.target, ""));
        let inside = fragment(inside).unwrap_or_else(|| inside.to_owned());
        let path = match file {
            "" => part.file.clone(),
            file => self.find(&part.file, file).map_err(|why| {
                let message = format!("`{}` cannot be used: {why}", plain(&reference.target));
                Diagnostic::error(&place, message)
            })?,
        };
        if path == self.main {
            return Ok(inside);
        }
        let key = (path, inside);
        if let Some(home) = self.homes.get(&key) {
            return Ok(home.clone());
        }
        let (path, inside) = key;
        // Below something that has moved already.
        for (end, _) in inside.char_indices().rev().filter(|(_, c)| *c == '/') {
            if let Some(home) = self.homes.get(&(path.clone(), inside[..end].to_owned())) {
                return Ok(format!("{home}{}", &inside[end..]));
            }
        }
        self.read(&path);
        let Some(Some(file)) = self.files.get(&path) else {
            let message = format!("`{}` cannot be read", plain(&reference.target));
            return Err(Diagnostic::error(&place, message));
        };
        let Some(value) = file.tree.pointer(&inside) else {
            let mut problem = dangling(&file.tree, &place, &format!("#{inside}"));
            problem.place = place.into();
            problem.message = format!(
                "`$ref` leads nowhere: there is no `{}`",
                plain(&reference.target)
            );
            return Err(problem);
        };
        let (value, number) = (value.clone(), file.number);
        let home = claim(tree, reference.kind, &path, &inside, value);
        self.sources.moved(home.clone(), number, inside.clone());
        self.homes.insert((path.clone(), inside), home.clone());
        self.open.push_back(Part {
            pointer: home.clone(),
            kind: reference.kind,
            file: path,
        });
        Ok(home)
    }

    /// The file that a relative path leads to, unless it is outside.
    fn find(&self, from: &FilePath, relative: &str) -> Result<PathBuf, String> {
        let relative = fragment(relative).unwrap_or_else(|| relative.to_owned());
        let relative = FilePath::new(&relative);
        if relative.has_root() || relative.is_absolute() {
            return Err("only relative files are read".to_owned());
        }
        let path = from.parent().unwrap_or(&self.root).join(relative);
        // This follows symbolic links, so that none of them leads outside either.
        let path = match path.canonicalize() {
            Ok(path) => path,
            Err(_) => return Err("there is no such file".to_owned()),
        };
        if !path.starts_with(&self.root) {
            return Err("it is outside of the document's folder".to_owned());
        }
        if !path.is_file() {
            return Err("it is not a file".to_owned());
        }
        Ok(path)
    }

    fn read(&mut self, path: &FilePath) {
        if self.files.contains_key(path) {
            return;
        }
        let name = match path.strip_prefix(&self.root) {
            Ok(relative) => self.shown.join(relative),
            Err(_) => path.to_owned(),
        };
        let file = Source::read(path).and_then(|mut source| {
            source.name = name.display().to_string();
            self.bytes += source.bytes.len();
            if self.bytes > tree::MOST_BYTES {
                return Err(Diagnostic::error(
                    path,
                    "the document's files are too large together",
                ));
            }
            Ok(source)
        });
        let file = match file {
            Ok(source) => load::read(&source, self.sources, self.diagnostics)
                .map(|(tree, number)| File { tree, number }),
            Err(problem) => {
                self.diagnostics.push(problem);
                None
            }
        };
        self.files.insert(path.to_owned(), file);
    }
}

/// Puts a value of another file under a free name of `components` and tells the pointer.
fn claim(tree: &mut Value, kind: Kind, file: &FilePath, inside: &str, value: Value) -> String {
    let section = kind.section().unwrap_or("mediaTypes");
    let stem = file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let last = tokens(inside).last().filter(|token| !token.is_empty());
    let clean = |name: &str| -> String {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        name.chars()
            .map(|c| if allowed(c) { c } else { '_' })
            .collect()
    };
    let short = clean(last.as_deref().unwrap_or(&stem));
    let long = clean(&format!("{stem}_{short}"));

    let Value::Object(root) = tree else {
        return String::new();
    };
    let components = root.entry("components").or_insert_with(|| json!({}));
    let Value::Object(components) = components else {
        return String::new();
    };
    let entries = components.entry(section).or_insert_with(|| json!({}));
    let Value::Object(entries) = entries else {
        return String::new();
    };
    let name = free(entries, short, &long);
    let mut home = format!("/components/{section}/");
    escape(&name, &mut home);
    entries.insert(name, value);
    home
}

fn free(entries: &Map<String, Value>, short: String, long: &str) -> String {
    let numbered = (2_u64..).map(|number| format!("{long}_{number}"));
    let mut names = [short, long.to_owned()].into_iter().chain(numbered);
    names
        .find(|name| !entries.contains_key(name))
        .unwrap_or_else(|| long.to_owned())
}

#[cfg(test)]
mod tests;
