//! The target of a reference: a file and a pointer into it.

use std::path::{Path as FilePath, PathBuf};

use serde_json::Value;

use super::resources::Resources;
use super::survey::{Form, Reference};
use super::{Bundler, Target};
use crate::diagnostics::{Diagnostic, sanitize};
use crate::grammar::ObjectKind;
use crate::pointer::{SpecPointer, child, decode, enclosing};
use crate::refs::missing;
use crate::uri;

impl Bundler<'_> {
    /// Notes the schema resources of a file.
    pub(super) fn add_file(&mut self, file: &FilePath, tree: &Value) {
        let own = self.files.uri(file);
        let declared = tree.get("$self").and_then(Value::as_str);
        let base = declared.map_or_else(|| own.clone(), |text| uri::resolve(&own, text));
        let whole = Target {
            file: file.to_owned(),
            inside: String::new(),
        };
        self.uris
            .entry(base.clone())
            .or_insert_with(|| whole.clone());
        self.resources.insert(file.to_owned(), Resources::new(base));
        let kind = match tree.get("openapi") {
            Some(_) => ObjectKind::Root,
            None => ObjectKind::Schema,
        };
        self.add_part(&whole, tree, kind);
    }

    /// Notes the schema resources of a part of a file.
    pub(super) fn add_part(&mut self, target: &Target, part: &Value, kind: ObjectKind) {
        let Some(resources) = self.resources.get_mut(&target.file) else {
            return;
        };
        for (inside, uri) in resources.add(part, kind, &target.inside) {
            let target = Target {
                file: target.file.clone(),
                inside,
            };
            self.uris.entry(uri).or_insert(target);
        }
    }

    /// The value of a target. Its file is read where it is not.
    pub(super) fn value<'t>(&'t self, tree: &'t Value, target: &Target) -> Option<&'t Value> {
        if target.file == self.main {
            return tree.pointer(&target.inside);
        }
        self.files.tree(&target.file)?.pointer(&target.inside)
    }

    pub(super) fn has_ids(&self, file: &FilePath) -> bool {
        self.resources.get(file).is_some_and(Resources::has_ids)
    }

    /// The target of a reference.
    pub(super) fn resolve(
        &mut self,
        tree: &Value,
        reference: &Reference,
    ) -> Result<Target, Diagnostic> {
        match reference.form {
            Form::Recursive => Ok(self.recursive(tree, reference)),
            Form::Mapping if !reference.text.contains(['#', '/']) => {
                let component = self.component(tree, reference);
                component.map_or_else(|| self.follow(tree, reference), Ok)
            }
            _ => self.follow(tree, reference),
        }
    }

    /// The schema that a bare name of a discriminator's mapping means.
    fn component(&self, tree: &Value, reference: &Reference) -> Option<Target> {
        let inside = child("/components/schemas", &reference.text);
        let in_file = |file: &FilePath| Target {
            file: file.to_owned(),
            inside: inside.clone(),
        };
        let mut candidates = [&reference.at.file, &self.main]
            .into_iter()
            .map(|file| in_file(file));
        candidates.find(|target| self.value(tree, target).is_some())
    }

    /// Whether a mapping's entry is neither a component's name nor the name of a file: that is
    /// reported where components are checked.
    pub(super) fn names_nothing(&mut self, tree: &Value, reference: &Reference) -> bool {
        reference.is_bare_name() && self.resolve(tree, reference).is_err()
    }

    fn follow(&mut self, tree: &Value, reference: &Reference) -> Result<Target, Diagnostic> {
        let at = &reference.at;
        let (uri, pointer) = reference
            .text
            .split_once('#')
            .unwrap_or((&reference.text, ""));
        let Some(own) = self.resources.get(&at.file) else {
            return Ok(at.clone());
        };
        let (file, root) = if uri.is_empty() {
            (at.file.clone(), own.root_of(&at.inside).to_owned())
        } else if let Some(target) = self.uris.get(&uri::resolve(own.base_of(&at.inside), uri)) {
            (target.file.clone(), target.inside.clone())
        } else if uri::is_relative(uri) {
            (self.file(reference, uri)?, String::new())
        } else {
            let message = format!(
                "`{}` cannot be used: nothing is fetched",
                sanitize(&reference.text)
            );
            let help =
                "refer to `#/…` in this document, to one of its `$id`s, or to a relative file";
            return Err(self.problem(reference, message).help(help));
        };
        let pointer = decode(pointer).unwrap_or_else(|| pointer.to_owned());
        if pointer.is_empty() || pointer.starts_with('/') {
            return Ok(self.at_pointer(tree, file, &root, &pointer));
        }
        self.at_anchor(reference, file, &root, &pointer)
    }

    /// The file at a relative path, read.
    fn file(&mut self, reference: &Reference, path: &str) -> Result<PathBuf, Diagnostic> {
        let found = self.files.find(&reference.at.file, path);
        let file = found.map_err(|why| {
            let text = sanitize(&reference.text);
            self.problem(reference, format!("`{text}` cannot be used: {why}"))
        })?;
        let is_new = file != self.main && self.files.read(&file, self.sources, self.diagnostics);
        if is_new && let Some(tree) = self.files.tree(&file).cloned() {
            self.add_file(&file, &tree);
        }
        Ok(file)
    }

    /// A JSON pointer is into its schema resource. Many documents mean the document all the same.
    fn at_pointer(&self, tree: &Value, file: PathBuf, root: &str, pointer: &str) -> Target {
        let in_resource = Target {
            file: file.clone(),
            inside: format!("{root}{pointer}"),
        };
        let in_file = Target {
            file,
            inside: pointer.to_owned(),
        };
        let exists = |target: &Target| self.value(tree, target).is_some();
        match self.is_30 || !exists(&in_resource) {
            true if !root.is_empty() && exists(&in_file) => in_file,
            _ => in_resource,
        }
    }

    /// The schema of an anchor; of several, the one nearest to the reference.
    fn at_anchor(
        &self,
        reference: &Reference,
        file: PathBuf,
        root: &str,
        name: &str,
    ) -> Result<Target, Diagnostic> {
        let resources = self.resources.get(&file);
        let anchored = resources.map_or(&[][..], |own| own.anchored(root, name));
        let shared = |pointer: &&String| {
            let tokens = pointer.split('/').zip(reference.at.inside.split('/'));
            tokens.take_while(|(one, other)| one == other).count()
        };
        match anchored.iter().rev().max_by_key(shared) {
            Some(inside) => Ok(Target {
                file,
                inside: inside.clone(),
            }),
            None => {
                let text = sanitize(&reference.text);
                let message = format!(
                    "`{text}` does not exist: no schema has the anchor `{}`",
                    sanitize(name)
                );
                Err(self.problem(reference, message))
            }
        }
    }

    /// `$recursiveRef: "#"` refers to the nearest schema with a `$recursiveAnchor`, else to the
    /// outermost one of its resource.
    fn recursive(&self, tree: &Value, reference: &Reference) -> Target {
        let Target { file, inside } = &reference.at;
        let root = self
            .resources
            .get(file)
            .map_or("", |own| own.root_of(inside));
        let at = |inside: &str| Target {
            file: file.clone(),
            inside: inside.to_owned(),
        };
        let anchored = |pointer: &&str| {
            let value = self.value(tree, &at(pointer));
            let anchor = value.and_then(|value| value.get("$recursiveAnchor"));
            pointer.len() >= root.len() && anchor == Some(&Value::Bool(true))
        };
        let outermost = || match root {
            "" => enclosing(inside)
                .filter(|above| ObjectKind::at(above) == ObjectKind::Schema)
                .last(),
            root => Some(root),
        };
        at(enclosing(inside)
            .find(anchored)
            .or_else(outermost)
            .unwrap_or_default())
    }

    pub(super) fn problem(&self, reference: &Reference, message: String) -> Diagnostic {
        Diagnostic::error(
            SpecPointer::new(format!("#{}", reference.pointer())),
            message,
        )
    }

    /// A target that does not exist.
    pub(super) fn missing(&self, reference: &Reference, target: &Target) -> Diagnostic {
        let text = sanitize(&reference.text);
        let Some(tree) = self.files.tree(&target.file) else {
            return self.problem(reference, format!("`{text}` cannot be read"));
        };
        let origin = SpecPointer::new(format!("#{}", reference.pointer()));
        let mut problem = missing(tree, &origin, &format!("#{}", target.inside));
        problem.location = origin.into();
        problem.message = format!("`$ref` target `{text}` does not exist");
        problem
    }
}
