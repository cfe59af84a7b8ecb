//! Which schemas bind dynamic anchors, and which schemas depend on them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value};

use super::Bindings;
use crate::grammar::{ObjectKind, walk};
use crate::path::Path;
use crate::pointer::enclosing;

/// The dynamic anchors of a document, by the schemas that they belong to.
///
/// A scope is a schema that is not part of another one, that has an `$id`, or that has dynamic
/// anchors in its `$defs`. A schema resource would be the scope by the standard, but few documents
/// that bind anchors in `$defs` have an `$id` for each.
pub(super) struct Scopes {
    /// The schemas that are not part of another one, in the document's order.
    roots: Vec<String>,
    scopes: BTreeMap<String, Scope>,
    /// The names of anchors by the pointers of their schemas.
    anchors: HashMap<String, String>,
    /// By schema that something refers to, the names of the dynamic references that are reachable from it.
    free: HashMap<String, BTreeSet<String>>,
}

#[derive(Default)]
struct Scope {
    has_id: bool,
    bindings: Bindings,
    /// The anchors that the scope's own references name: its bindings are defaults.
    defaults: BTreeSet<String>,
}

impl Scopes {
    pub(super) fn of(tree: &Value) -> Self {
        let mut all = Self {
            roots: Vec::new(),
            scopes: BTreeMap::new(),
            anchors: HashMap::new(),
            free: HashMap::new(),
        };
        let mut references: Vec<(String, String)> = Vec::new();
        let mut dynamic: Vec<(String, String)> = Vec::new();
        walk(
            tree,
            ObjectKind::Root,
            Path::Root,
            &mut |value, kind, path| {
                let Some(members) = value.as_object().filter(|_| kind == ObjectKind::Schema) else {
                    return;
                };
                let pointer = path.pointer();
                let is_root = !all
                    .roots
                    .last()
                    .is_some_and(|root| is_below(&pointer, root));
                let has_id = members.contains_key("$id");
                if is_root {
                    all.roots.push(pointer.clone());
                }
                if is_root || has_id || binds(members) {
                    all.scopes.entry(pointer.clone()).or_default().has_id = has_id;
                }
                if let Some(name) = anchor(members) {
                    all.anchors.insert(pointer.clone(), name.to_owned());
                }
                let target = |key: &str| {
                    let text = members.get(key).and_then(Value::as_str);
                    Some((pointer.clone(), text?.strip_prefix('#')?.to_owned()))
                };
                references.extend(target("$ref"));
                dynamic.extend(target("$dynamicRef"));
                dynamic.extend(target("$recursiveRef"));
            },
        );
        all.bind();
        all.note_defaults(&dynamic);
        all.note_free(&references, &dynamic);
        all
    }

    /// The schemas that are not part of another one.
    pub(super) fn roots(&self) -> &[String] {
        &self.roots
    }

    pub(super) fn is_scope(&self, pointer: &str) -> bool {
        self.scopes.contains_key(pointer)
    }

    /// The name of the dynamic anchor at a pointer.
    pub(super) fn anchor(&self, pointer: &str) -> Option<&str> {
        self.anchors.get(pointer).map(String::as_str)
    }

    /// The bindings inside of a scope. Outer ones win by the standard; without an `$id`, a scope
    /// that does not use its own anchors binds them anew.
    pub(super) fn enter(&self, scope: &str, outer: &Bindings) -> Bindings {
        let mut bindings = outer.clone();
        let Some(scope) = self.scopes.get(scope) else {
            return bindings;
        };
        for (name, pointer) in &scope.bindings {
            if scope.has_id || scope.defaults.contains(name) {
                bindings
                    .entry(name.clone())
                    .or_insert_with(|| pointer.clone());
            } else {
                bindings.insert(name.clone(), pointer.clone());
            }
        }
        bindings
    }

    /// The bindings that matter inside a schema that a reference refers to.
    pub(super) fn enter_at(&self, target: &str, outer: &Bindings) -> Bindings {
        let Some(free) = self.free.get(target) else {
            return Bindings::new();
        };
        let mut bindings = match self.scope_of(target) {
            Some(scope) => self.enter(scope, outer),
            None => outer.clone(),
        };
        bindings.retain(|name, _| free.contains(name));
        bindings
    }

    fn scope_of<'p>(&self, pointer: &'p str) -> Option<&'p str> {
        enclosing(pointer).find(|above| self.scopes.contains_key(*above))
    }

    fn bind(&mut self) {
        for (pointer, name) in &self.anchors {
            let scope = enclosing(pointer).find(|above| self.scopes.contains_key(*above));
            let scope = scope.and_then(|scope| self.scopes.get_mut(scope));
            if let Some(scope) = scope {
                // Of two in one scope, the first in the alphabet: the standard allows one.
                let bound = scope
                    .bindings
                    .entry(name.clone())
                    .or_insert_with(|| pointer.clone());
                if pointer < bound {
                    bound.clone_from(pointer);
                }
            }
        }
    }

    fn note_defaults(&mut self, dynamic: &[(String, String)]) {
        for (holder, target) in dynamic {
            let (Some(name), Some(scope)) = (self.anchors.get(target), self.scope_of(holder))
            else {
                continue;
            };
            if self.scope_of(target) == Some(scope) {
                let name = name.clone();
                let scope = scope.to_owned();
                self.scopes.entry(scope).or_default().defaults.insert(name);
            }
        }
    }

    /// Follows references backwards from the dynamic ones.
    fn note_free(&mut self, references: &[(String, String)], dynamic: &[(String, String)]) {
        let targets = references
            .iter()
            .chain(dynamic)
            .map(|(_, target)| target.as_str());
        let bound = self.anchors.keys().map(String::as_str);
        let units: HashSet<&str> = targets.chain(bound).collect();
        let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
        for (holder, target) in references.iter().chain(dynamic) {
            let inside = enclosing(holder).filter(|above| units.contains(above));
            users.entry(target).or_default().extend(inside);
        }
        let mut open: Vec<(&str, &str)> = Vec::new();
        for (holder, target) in dynamic {
            let Some(name) = self.anchors.get(target) else {
                continue;
            };
            let inside = enclosing(holder).filter(|above| units.contains(above));
            open.extend(inside.map(|unit| (unit, name.as_str())));
        }
        let mut free: HashMap<String, BTreeSet<String>> = HashMap::new();
        while let Some((unit, name)) = open.pop() {
            if free
                .entry(unit.to_owned())
                .or_default()
                .insert(name.to_owned())
            {
                let users = users.get(unit).into_iter().flatten();
                open.extend(users.map(|user| (*user, name)));
            }
        }
        self.free = free;
    }
}

/// Whether a schema has dynamic anchors in its `$defs`.
fn binds(members: &Map<String, Value>) -> bool {
    let definitions = members.get("$defs").and_then(Value::as_object);
    definitions
        .into_iter()
        .flatten()
        .any(|(_, value)| value.get("$dynamicAnchor").is_some())
}

fn anchor(members: &Map<String, Value>) -> Option<&str> {
    if members.get("$recursiveAnchor") == Some(&Value::Bool(true)) {
        return Some("");
    }
    members.get("$dynamicAnchor").and_then(Value::as_str)
}

fn is_below(pointer: &str, above: &str) -> bool {
    let rest = pointer.strip_prefix(above);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
