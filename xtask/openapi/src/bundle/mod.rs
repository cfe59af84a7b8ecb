//! Makes every reference of a document a JSON pointer into the document.
//!
//! Parts of other files that a `$ref` refers to move into `components`; what is named by a URI or an
//! anchor is looked up among the `$id`s, anchors and `$self`; a `$ref` where the standard allows
//! none is replaced by its target. Only files below the document's folder are read, whatever way a
//! `$ref` or a symbolic link takes. Nothing is fetched.

mod component_names;
mod files;
mod inline;
mod parts;
mod resolve;
mod resources;
mod survey;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::path::{Path as FilePath, PathBuf};

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, Sources, sanitize};
use crate::grammar::ObjectKind;
use crate::pointer::last;
use crate::source::Source;

use component_names::ComponentNames;
use files::Files;
use parts::Parts;
use resources::Resources;
use survey::{Form, Reference, references};

/// What bundling found out about a document.
#[derive(Default)]
pub(crate) struct Bundled {
    /// Pointers to the objects of which nothing is known, because their references have no target.
    pub(crate) unknown: HashSet<String>,
    /// Whether there are `$dynamicRef`s or `$recursiveRef`s.
    pub(crate) has_dynamic_refs: bool,
}

/// Bundles a tree that was read from `source`.
pub(crate) fn bundle(
    tree: &mut Value,
    source: &Source,
    root: Option<&FilePath>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Bundled {
    let version = tree.get("openapi").and_then(Value::as_str);
    let files = Files::of(source.path.as_deref(), root);
    let mut bundler = Bundler {
        is_30: version.is_some_and(|version| version.starts_with("3.0")),
        main: files.main().to_owned(),
        parts: Parts::new(files.main()),
        files,
        resources: HashMap::new(),
        uris: HashMap::new(),
        bundled: Bundled::default(),
        sources,
        diagnostics,
    };
    bundler.add_file(&bundler.main.clone(), tree);
    let open = bundler.references(tree, ObjectKind::Root, "");
    let is_plain = |one: &Reference| one.form == Form::Ref && one.is_pointer();
    if !bundler.has_names() && open.iter().all(|one| is_plain(one) || one.is_bare_name()) {
        return Bundled::default();
    }
    bundler.inline(tree, "", ObjectKind::Root);
    let targets = bundler.discover(tree);
    let names = ComponentNames::choose(tree, bundler.files.root(), &targets);
    bundler.move_in(tree, &names);
    bundler.bundled
}

/// A value of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Target {
    file: PathBuf,
    /// The pointer into it.
    inside: String,
}

struct Bundler<'a> {
    files: Files,
    main: PathBuf,
    is_30: bool,
    /// The parts of the document that come from other files.
    parts: Parts,
    /// The schema resources of each file.
    resources: HashMap<PathBuf, Resources>,
    /// Schema resources by URI.
    uris: HashMap<String, Target>,
    bundled: Bundled,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
}

impl Bundler<'_> {
    /// All that the document refers to in other files, and what these refer to.
    fn discover(&mut self, tree: &Value) -> BTreeMap<Target, ObjectKind> {
        let mut found: BTreeMap<Target, ObjectKind> = BTreeMap::new();
        let own = self.references(tree, ObjectKind::Root, "");
        self.note_dynamic(&own);
        let mut open = VecDeque::from(own);
        let mut unresolved = Vec::new();
        loop {
            let known = self.uris.len();
            while let Some(reference) = open.pop_front() {
                // What has no target is reported where the reference is rewritten.
                let Ok(target) = self.resolve(tree, &reference) else {
                    unresolved.push(reference);
                    continue;
                };
                if target.file == self.main || self.parts.find(&target, reference.kind).is_some() {
                    continue;
                }
                let seen = found.get(&target).copied();
                if seen.is_some_and(|seen| seen <= reference.kind) {
                    continue;
                }
                let Some(value) = self.value(tree, &target).cloned() else {
                    continue;
                };
                self.add_part(&target, &value, reference.kind);
                let locate = |pointer: &str| Target {
                    file: target.file.clone(),
                    inside: pointer.to_owned(),
                };
                let inner = references(&value, reference.kind, &target.inside, &locate);
                self.note_dynamic(&inner);
                open.extend(inner);
                if reference.form != Form::Misplaced {
                    found.insert(target, reference.kind);
                }
            }
            // Another file may have brought the `$id` that a reference names.
            if self.uris.len() == known {
                return found;
            }
            open.extend(unresolved.drain(..));
        }
    }

    fn note_dynamic(&mut self, references: &[Reference]) {
        let is_dynamic = |one: &Reference| matches!(one.form, Form::Dynamic | Form::Recursive);
        self.bundled.has_dynamic_refs |= references.iter().any(is_dynamic);
    }

    fn has_names(&self) -> bool {
        let resources = self.resources.get(&self.main);
        resources.is_some_and(Resources::has_names)
    }

    /// Moves the values of other files to their components, and points all references there.
    fn move_in(&mut self, tree: &mut Value, names: &ComponentNames) {
        self.rewrite(tree, "", ObjectKind::Root, names);
        for (target, kind, component) in names.components() {
            let Some(value) = self.value(tree, target).cloned() else {
                continue;
            };
            component_names::put(tree, component, value);
            self.moved(component, target);
            self.inline(tree, component, kind);
            self.rewrite(tree, component, kind, names);
        }
    }

    /// Notes that the value at a pointer is written in another file.
    fn moved(&mut self, pointer: &str, target: &Target) {
        self.parts.insert(pointer, target);
        match self.files.number(&target.file) {
            Some(number) => {
                let inside = target.inside.clone();
                self.sources.moved(pointer.to_owned(), number, inside);
            }
            None => self
                .sources
                .moved_within(pointer.to_owned(), target.inside.clone()),
        }
    }

    fn references(&self, tree: &Value, kind: ObjectKind, pointer: &str) -> Vec<Reference> {
        let part = tree.pointer(pointer);
        let locate = |pointer: &str| self.parts.locate(pointer);
        part.map(|part| references(part, kind, pointer, &locate))
            .unwrap_or_default()
    }

    /// Points the references of a part to their targets in the document.
    fn rewrite(
        &mut self,
        tree: &mut Value,
        pointer: &str,
        kind: ObjectKind,
        names: &ComponentNames,
    ) {
        for reference in self.references(tree, kind, pointer) {
            match self.resolve_target(tree, &reference, names) {
                Ok(None) => {}
                Ok(Some(target)) => {
                    if let Some(text) = tree.pointer_mut(&reference.pointer()) {
                        *text = Value::String(format!("#{target}"));
                    }
                }
                Err(problem) => self.drop_reference(tree, &reference, problem),
            }
        }
    }

    /// The pointer of a reference's target in the document; none where the reference stays as it is.
    fn resolve_target(
        &mut self,
        tree: &Value,
        reference: &Reference,
        names: &ComponentNames,
    ) -> Result<Option<String>, Diagnostic> {
        let is_main = reference.at.file == self.main;
        let plain_pointer = is_main && reference.is_pointer() && !self.has_ids(&self.main);
        if plain_pointer && reference.form != Form::Recursive {
            return Ok(None);
        }
        if reference.form == Form::Mapping && self.names_nothing(tree, reference) {
            return Ok(None);
        }
        let target = self.resolve(tree, reference)?;
        if let Some(pointer) = self.parts.find(&target, reference.kind) {
            return Ok(Some(pointer));
        }
        if target.file == self.main {
            return Ok(Some(target.inside));
        }
        match names.of(&target) {
            Some(pointer) => Ok(Some(pointer.to_owned())),
            None => Err(self.missing(reference, &target)),
        }
    }

    /// Reports a reference without a target, and removes it.
    fn drop_reference(&mut self, tree: &mut Value, reference: &Reference, problem: Diagnostic) {
        let text = sanitize(&reference.text);
        let problem = match reference.form {
            Form::Mapping => problem
                .repair("ignoring this entry")
                .omits(format!("the schema `{text}` of a discriminator")),
            _ => problem
                .repair("treating its object as empty")
                .omits(format!("what `{text}` describes")),
        };
        self.diagnostics
            .recoverable(ErrorKind::UnresolvedRef, problem);
        let pointer = reference.pointer();
        let object = pointer.rsplit_once('/').map_or("", |(object, _)| object);
        if let Some(members) = tree.pointer_mut(object).and_then(Value::as_object_mut) {
            members.shift_remove(&last(&pointer));
        }
        self.bundled.unknown.insert(object.to_owned());
    }
}

#[cfg(test)]
mod tests;
