//! `$ref`s where the standard allows none, such as in place of an operation or of a whole section
//! of `components`: the target replaces the reference. So it does where a path item has
//! operations of its own next to its `$ref`.

use serde_json::{Map, Value};

use super::survey::{Form, Reference};
use super::{Bundler, Target};
use crate::diagnostics::{Diagnostic, ErrorKind, sanitize};
use crate::grammar::ObjectKind;
use crate::pointer::{SpecPointer, child, tokens};

/// Maximum length of a chain of references.
const DEEPEST: usize = 32;

/// Bounds the values of all targets together.
const MOST_VALUES: usize = 2_000_000;

impl Bundler<'_> {
    /// Replaces the misplaced references of a part, and those of their targets.
    pub(super) fn inline(&mut self, tree: &mut Value, pointer: &str, kind: ObjectKind) {
        let mut open = vec![(pointer.to_owned(), kind, 0)];
        let mut left = MOST_VALUES;
        while let Some((pointer, kind, depth)) = open.pop() {
            let mut references = self.references(tree, kind, &pointer);
            references.retain(|reference| reference.form == Form::Misplaced);
            for reference in references {
                match self.target_of(tree, &reference, depth, &mut left) {
                    Ok((target, value)) => {
                        self.replace(tree, &reference, &target, value);
                        open.push((reference.holder, reference.kind, depth + 1));
                    }
                    Err(problem) => self.leave_out(tree, &reference, problem),
                }
            }
        }
    }

    fn target_of(
        &mut self,
        tree: &Value,
        reference: &Reference,
        depth: usize,
        left: &mut usize,
    ) -> Result<(Target, Map<String, Value>), Diagnostic> {
        let target = self.resolve(tree, reference)?;
        let text = sanitize(&reference.text);
        if depth > DEEPEST {
            return Err(self.problem(reference, format!("`$ref` is part of a cycle: `{text}`")));
        }
        let Some(value) = self.value(tree, &target) else {
            return Err(self.missing(reference, &target));
        };
        let Value::Object(members) = value else {
            let message = format!("`{text}` is not a {}", reference.kind.title());
            return Err(self.problem(reference, message));
        };
        match left.checked_sub(count(value)) {
            Some(rest) => *left = rest,
            None => {
                let message = "the targets of misplaced references are too large together";
                return Err(self.problem(reference, message.to_owned()));
            }
        }
        Ok((target, members.clone()))
    }

    /// Puts the members of the target in place of `$ref`. Members next to it take precedence.
    fn replace(
        &mut self,
        tree: &mut Value,
        reference: &Reference,
        target: &Target,
        value: Map<String, Value>,
    ) {
        if reference.kind != ObjectKind::PathItem {
            let message = format!(
                "`$ref` is not allowed in place of {}",
                reference.kind.title()
            );
            let problem = self.problem(reference, message).repair("using its target");
            self.diagnostics
                .recoverable(ErrorKind::MisplacedRef, problem);
        }
        let Some(Value::Object(members)) = tree.pointer_mut(&reference.holder) else {
            return;
        };
        members.shift_remove("$ref");
        let mut clashes = Vec::new();
        let mut moved = Vec::new();
        for (key, value) in value {
            match (members.get_mut(&key), value) {
                (None, value) => {
                    moved.push((child("", &key), child("", &key)));
                    members.insert(key, value);
                }
                (Some(Value::Array(own)), Value::Array(inherited)) if key == "parameters" => {
                    let count = own.len();
                    for (index, parameter) in inherited.into_iter().enumerate() {
                        if !own[..count].iter().any(|own| is_same(own, &parameter)) {
                            let here = format!("/parameters/{}", own.len());
                            moved.push((here, format!("/parameters/{index}")));
                            own.push(parameter);
                        }
                    }
                }
                (Some(_), _) if reference.kind.child(&key) == ObjectKind::Operation => {
                    clashes.push(key)
                }
                (Some(_), _) => {}
            }
        }
        for (here, there) in moved {
            let there = Target {
                file: target.file.clone(),
                inside: format!("{}{there}", target.inside),
            };
            self.moved(&format!("{}{here}", reference.holder), &there);
        }
        for key in clashes {
            let origin = SpecPointer::new(format!("#{}", reference.holder)).child(&key);
            let text = sanitize(&reference.text);
            let message = format!("`{key}` is next to `$ref` and in its target `{text}`");
            let problem = Diagnostic::error(origin, message)
                .repair("using the one next to `$ref`")
                .omits(format!("the operation `{key}` of `{text}`"));
            self.diagnostics
                .recoverable(ErrorKind::MisplacedRef, problem);
        }
    }

    /// Reports a reference whose target cannot be used. An operation without its target is none.
    fn leave_out(&mut self, tree: &mut Value, reference: &Reference, problem: Diagnostic) {
        let path: Vec<String> = tokens(&reference.holder).collect();
        let (holder, what) = match (reference.kind, path.as_slice()) {
            (ObjectKind::Operation, [.., path, method]) => {
                let holder = reference
                    .holder
                    .rsplit_once('/')
                    .map_or("", |(holder, _)| holder);
                let operation = format!("{} {}", method.to_uppercase(), sanitize(path));
                (Some((holder, method)), operation)
            }
            _ => (
                None,
                format!("what `{}` describes", sanitize(&reference.text)),
            ),
        };
        let repair = match holder {
            Some(_) => "ignoring the operation".to_owned(),
            None => format!("treating the {} as empty", reference.kind.title()),
        };
        let problem = problem.repair(repair).omits(what);
        self.diagnostics
            .recoverable(ErrorKind::UnresolvedRef, problem);
        let (pointer, key) = holder.unwrap_or((&reference.holder, const { &String::new() }));
        if let Some(Value::Object(members)) = tree.pointer_mut(pointer) {
            members.shift_remove(if key.is_empty() { "$ref" } else { key });
        }
        self.bundled.unknown.insert(reference.holder.clone());
    }
}

/// Whether two parameters have the same name and location, as far as they are written out.
fn is_same(one: &Value, other: &Value) -> bool {
    let keys = |value: &Value| {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        (text("$ref"), text("name"), text("in"))
    };
    keys(one) == keys(other)
}

fn count(value: &Value) -> usize {
    let below = match value {
        Value::Object(members) => members.values().map(count).sum(),
        Value::Array(elements) => elements.iter().map(count).sum(),
        _ => 0,
    };
    1 + below
}
