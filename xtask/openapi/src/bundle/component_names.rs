//! The components that values of other files become.
//!
//! A value is called by its own name, or by its file's. Where the document has something of that
//! name, or two files declare one, each of those from other files is called by its file's path too.
//! So the order of references decides nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path as FilePath;

use serde_json::{Value, json};

use super::Target;
use crate::grammar::ObjectKind;
use crate::pointer::{child, enclosing, tokens};

/// The component of each target, as a pointer.
pub(super) struct ComponentNames {
    pointers: BTreeMap<Target, String>,
    /// Those that are not part of another one.
    components: Vec<(Target, ObjectKind)>,
}

impl ComponentNames {
    /// Chooses a component for each target.
    pub(super) fn choose(
        tree: &Value,
        root: &FilePath,
        targets: &BTreeMap<Target, ObjectKind>,
    ) -> Self {
        let (nested, own): (Vec<_>, Vec<_>) = targets
            .iter()
            .map(|(target, kind)| (target, *kind))
            .partition(|(target, kind)| outer(targets, target, *kind).is_some());
        let mut wanted: HashMap<(&str, String), usize> = HashMap::new();
        for (target, kind) in &own {
            *wanted.entry((section(*kind), short(target))).or_default() += 1;
        }
        let mut taken: HashSet<String> = HashSet::new();
        let mut pointers = BTreeMap::new();
        for (target, kind) in &own {
            let section = section(*kind);
            let is_free = |name: &str| {
                let there = tree.get("components").and_then(|all| all.get(section));
                there.is_none_or(|there| there.get(name).is_none())
            };
            let short = short(target);
            let contested = wanted.get(&(section, short.clone())) != Some(&1);
            let long = long(target, root);
            // Different paths can look alike once they are names.
            let numbered = (2_u64..).map(|number| format!("{long}_{number}"));
            let short = Some(short).filter(|_| !contested);
            let mut names = short.into_iter().chain([long.clone()]).chain(numbered);
            let pointer = names.find_map(|name| {
                let pointer = child(&format!("/components/{section}"), &name);
                (is_free(&name) && taken.insert(pointer.clone())).then_some(pointer)
            });
            pointers.extend(pointer.map(|pointer| ((*target).clone(), pointer)));
        }
        // Outer targets come first in order, so that their pointers are known.
        for (target, kind) in nested {
            let pointer = outer(targets, target, kind)
                .and_then(|(outer, rest)| Some(format!("{}{rest}", pointers.get(&outer)?)));
            pointers.extend(pointer.map(|pointer| (target.clone(), pointer)));
        }
        let own = own.into_iter().map(|(target, kind)| (target.clone(), kind));
        Self {
            components: own.collect(),
            pointers,
        }
    }

    /// Each value that becomes a component, with its kind and the component's pointer.
    pub(super) fn components(&self) -> impl Iterator<Item = (&Target, ObjectKind, &str)> {
        let components = self.components.iter();
        components.filter_map(|(target, kind)| Some((target, *kind, self.of(target)?)))
    }

    /// The pointer to a target in the document.
    pub(super) fn of(&self, target: &Target) -> Option<&str> {
        self.pointers.get(target).map(String::as_str)
    }
}

/// The target that another one is part of, and the pointer below it.
fn outer<'t>(
    targets: &BTreeMap<Target, ObjectKind>,
    target: &'t Target,
    kind: ObjectKind,
) -> Option<(Target, &'t str)> {
    enclosing(&target.inside).skip(1).find_map(|inside| {
        let rest = &target.inside[inside.len()..];
        let outer = Target {
            file: target.file.clone(),
            inside: inside.to_owned(),
        };
        let known = targets.get(&outer)?;
        (known.below(rest) == kind).then_some((outer, rest))
    })
}

/// Puts a value at a component's pointer.
pub(super) fn put(tree: &mut Value, pointer: &str, value: Value) {
    let mut at = tree;
    for key in tokens(pointer) {
        let Value::Object(members) = at else { return };
        at = members.entry(key).or_insert_with(|| json!({}));
    }
    *at = value;
}

fn section(kind: ObjectKind) -> &'static str {
    kind.section().unwrap_or("mediaTypes")
}

/// The value's own name, or the file's.
fn short(target: &Target) -> String {
    let last = tokens(&target.inside).last();
    match last.filter(|token| !token.is_empty()) {
        Some(own) => clean(&own),
        None => clean(
            &target
                .file
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy(),
        ),
    }
}

/// The file's path, and the value's own name behind it.
fn long(target: &Target, root: &FilePath) -> String {
    let path = target.file.strip_prefix(root).unwrap_or(&target.file);
    let path = clean(&path.with_extension("").to_string_lossy());
    match target.inside.is_empty() {
        true => path,
        false => format!("{path}_{}", short(target)),
    }
}

fn clean(name: &str) -> String {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let letters = name.chars().map(|c| if allowed(c) { c } else { '_' });
    letters.collect()
}
