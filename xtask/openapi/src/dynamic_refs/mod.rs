//! `$dynamicRef` and `$recursiveRef`: references whose target depends on the schemas that refer to
//! them. Generic types are written so: a schema binds an anchor in its `$defs`, and refers to one
//! whose `$dynamicRef` names the anchor. Each use with bindings of its own becomes a schema of its
//! own, so that afterwards there are only plain `$ref`s.

mod scopes;

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, Sources, sanitize};
use crate::grammar::ObjectKind;
use crate::pointer::{SpecPointer, child, tokens};

use scopes::Scopes;

/// Bounds the schemas that are made; each costs a copy.
const MOST_INSTANCES: usize = 1_000;

/// The target of each dynamic anchor, as a pointer into the document.
type Bindings = BTreeMap<String, String>;

/// Replaces all dynamic references. Their texts are JSON pointers to the static targets.
pub(crate) fn resolve(tree: &mut Value, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let original = tree.clone();
    let scopes = Scopes::of(&original);
    let mut pass = Pass {
        original: &original,
        instances: BTreeMap::new(),
        open: VecDeque::new(),
        is_full: false,
        sources,
        diagnostics,
        scopes: &scopes,
    };
    for root in scopes.roots() {
        let bindings = scopes.enter(root, &Bindings::new());
        if let Some(value) = tree.pointer_mut(root) {
            pass.schema(value, &Copy::in_place(root), &bindings);
        }
        while let Some((instance, bindings)) = pass.open.pop_front() {
            let mut value = original
                .pointer(&instance.from)
                .cloned()
                .unwrap_or_default();
            pass.schema(&mut value, &instance, &bindings);
            let name = tokens(&instance.to).last().unwrap_or_default();
            let components = tree.get_mut("components").and_then(Value::as_object_mut);
            let schemas = components.map(|all| all.entry("schemas").or_insert_with(|| json!({})));
            if let Some(Value::Object(schemas)) = schemas {
                schemas.insert(name, value);
            }
        }
    }
}

/// A schema of the original tree, and the pointer to its copy.
struct Copy {
    from: String,
    to: String,
}

impl Copy {
    fn in_place(pointer: &str) -> Self {
        Self {
            from: pointer.to_owned(),
            to: pointer.to_owned(),
        }
    }

    fn child(&self, key: &str) -> Self {
        Self {
            from: child(&self.from, key),
            to: child(&self.to, key),
        }
    }
}

struct Pass<'a> {
    original: &'a Value,
    scopes: &'a Scopes,
    /// The pointers of copies, by original and bindings.
    instances: BTreeMap<(String, Bindings), String>,
    open: VecDeque<(Copy, Bindings)>,
    /// Whether the bound on instances has been reported.
    is_full: bool,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
}

impl Pass<'_> {
    fn schema(&mut self, value: &mut Value, copy: &Copy, bindings: &Bindings) {
        let Value::Object(members) = value else {
            return;
        };
        self.dynamic(members, bindings);
        let target = members.get("$ref").and_then(Value::as_str);
        if let Some(target) = target
            .and_then(|text| text.strip_prefix('#'))
            .map(str::to_owned)
        {
            match self.instance(&target, bindings) {
                None => {}
                Some(inner) if self.is_binder(members, copy) => {
                    if let Some(known) = self.instances.get(&(target.clone(), inner.clone())) {
                        members.insert("$ref".to_owned(), format!("#{known}").into());
                    } else {
                        return self.expand(members, &target, copy, &inner);
                    }
                }
                Some(inner) => {
                    let pointer = self.component(&target, inner);
                    members.insert("$ref".to_owned(), format!("#{pointer}").into());
                }
            }
        }
        self.members(members, ObjectKind::Schema, copy, bindings);
    }

    /// Goes through the schemas below an object.
    fn members(
        &mut self,
        members: &mut Map<String, Value>,
        kind: ObjectKind,
        copy: &Copy,
        bindings: &Bindings,
    ) {
        for (key, value) in members.iter_mut() {
            self.below(value, kind.child(key), &copy.child(key), bindings);
        }
    }

    fn below(&mut self, value: &mut Value, kind: ObjectKind, copy: &Copy, bindings: &Bindings) {
        match (kind, value) {
            (ObjectKind::Schema, value @ Value::Object(_)) => {
                if self.scopes.is_scope(&copy.from) {
                    let bindings = self.scopes.enter(&copy.from, bindings);
                    self.schema(value, copy, &bindings);
                } else {
                    self.schema(value, copy, bindings);
                }
            }
            (ObjectKind::SchemaMap, Value::Object(members)) => {
                self.members(members, kind, copy, bindings);
            }
            (ObjectKind::SchemaList | ObjectKind::Schema, Value::Array(elements)) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    let copy = copy.child(&index.to_string());
                    self.below(element, ObjectKind::Schema, &copy, bindings);
                }
            }
            _ => {}
        }
    }

    /// Makes a plain `$ref` of a dynamic one.
    fn dynamic(&mut self, members: &mut Map<String, Value>, bindings: &Bindings) {
        for key in ["$dynamicRef", "$recursiveRef"] {
            let Some(Value::String(text)) = members.shift_remove(key) else {
                continue;
            };
            let pointer = text.strip_prefix('#').unwrap_or(&text);
            let bound = self
                .scopes
                .anchor(pointer)
                .and_then(|name| bindings.get(name));
            let reference = format!("#{}", bound.map_or(pointer, String::as_str));
            if members.contains_key("$ref") {
                let all = members.entry("allOf").or_insert_with(|| json!([]));
                if let Value::Array(all) = all {
                    all.push(json!({ "$ref": reference }));
                }
            } else {
                members.insert("$ref".to_owned(), reference.into());
            }
        }
    }

    /// The bindings with which a schema differs from itself as it is written; none where it does
    /// not.
    fn instance(&self, target: &str, bindings: &Bindings) -> Option<Bindings> {
        let inner = self.scopes.enter_at(target, bindings);
        let usual = self.scopes.enter_at(target, &Bindings::new());
        (inner != usual).then_some(inner)
    }

    /// Whether a schema is nothing but a reference and the bindings for it.
    fn is_binder(&self, members: &Map<String, Value>, copy: &Copy) -> bool {
        let is_sibling = |key: &String| {
            matches!(
                key.as_str(),
                "$ref" | "title" | "description" | "deprecated"
            ) || (key.starts_with('$') || key.starts_with("x-"))
        };
        self.scopes.is_scope(&copy.from) && members.keys().all(is_sibling)
    }

    /// Puts a copy of the target in place of a reference to it.
    fn expand(
        &mut self,
        members: &mut Map<String, Value>,
        target: &str,
        copy: &Copy,
        bindings: &Bindings,
    ) {
        let Some(Value::Object(value)) = self.original.pointer(target) else {
            return;
        };
        self.instances
            .insert((target.to_owned(), bindings.clone()), copy.to.clone());
        let mut body = Value::Object(value.clone());
        let inner = Copy {
            from: target.to_owned(),
            to: copy.to.clone(),
        };
        self.schema(&mut body, &inner, bindings);
        // The bindings stay where they are: what was made refers to them.
        if let Some(definitions) = members.get_mut("$defs") {
            let own = self.scopes.enter(&copy.from, &Bindings::new());
            self.below(
                definitions,
                ObjectKind::SchemaMap,
                &copy.child("$defs"),
                &own,
            );
        }
        members.shift_remove("$ref");
        let Value::Object(body) = body else { return };
        for (key, value) in body {
            if key == "$defs" {
                let own = members.entry(key).or_insert_with(|| json!({}));
                if let (Value::Object(own), Value::Object(more)) = (own, value) {
                    for (name, value) in more {
                        own.entry(name).or_insert(value);
                    }
                }
            } else if !members.contains_key(&key) {
                let target_pointer = child(&copy.to, &key);
                self.sources
                    .moved_within(target_pointer, child(target, &key));
                members.insert(key, value);
            }
        }
    }

    /// The component that a schema becomes with some bindings.
    fn component(&mut self, target: &str, bindings: Bindings) -> String {
        let key = (target.to_owned(), bindings);
        if let Some(known) = self.instances.get(&key) {
            return known.clone();
        }
        if self.instances.len() >= MOST_INSTANCES {
            self.report_full(target);
            return key.0;
        }
        let (target, bindings) = key;
        let name = self.name(&target, &bindings);
        let pointer = child("/components/schemas", &name);
        self.sources.moved_within(pointer.clone(), target.clone());
        self.instances
            .insert((target.clone(), bindings.clone()), pointer.clone());
        self.open.push_back((
            Copy {
                from: target,
                to: pointer.clone(),
            },
            bindings,
        ));
        pointer
    }

    fn report_full(&mut self, target: &str) {
        if std::mem::replace(&mut self.is_full, true) {
            return;
        }
        let origin = SpecPointer::new(format!("#{target}"));
        let message = "the dynamic references of this document make too many schemas";
        let problem = Diagnostic::error(origin, message)
            .repair("using the schemas that do not depend on where they are used")
            .omits(format!("uses of `{}` with other types", sanitize(target)));
        self.diagnostics.recoverable(ErrorKind::DynamicRef, problem);
    }

    /// A name that no schema has: the target's, and those of the schemas bound for it.
    fn name(&self, target: &str, bindings: &Bindings) -> String {
        let mut name = last(target);
        for bound in bindings.values() {
            let value = self.original.pointer(bound);
            let reference = value
                .and_then(|value| value.get("$ref"))
                .and_then(Value::as_str);
            name.push('_');
            name.push_str(&last(reference.unwrap_or(bound)));
        }
        let is_taken = |name: &str| {
            let pointer = child("/components/schemas", name);
            self.original.pointer(&pointer).is_some()
                || self.instances.values().any(|known| *known == pointer)
        };
        if !is_taken(&name) {
            return name;
        }
        let mut numbered = (2_u64..).map(|number| format!("{name}_{number}"));
        numbered.find(|name| !is_taken(name)).unwrap_or_default()
    }
}

fn last(pointer: &str) -> String {
    tokens(pointer).last().unwrap_or_default()
}
