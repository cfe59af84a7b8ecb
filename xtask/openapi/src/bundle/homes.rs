//! Where the values of other files come to in the document.
//!
//! A value is called by its own name, or by its file's. Where the document has something of that
//! name, or two files bring one, each of those from other files is called by its file's path too.
//! So the order of references decides nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path as FilePath;

use serde_json::{Value, json};

use super::Target;
use crate::grammar::Kind;
use crate::path::{escape, tokens};

/// The homes of all values, as pointers.
pub(super) struct Homes {
    homes: BTreeMap<Target, String>,
    /// Those that do not come with another one.
    own: Vec<(Target, Kind)>,
}

impl Homes {
    /// Chooses a home for each target.
    pub(super) fn choose(tree: &Value, root: &FilePath, targets: &BTreeMap<Target, Kind>) -> Self {
        let (along, own): (Vec<_>, Vec<_>) = targets
            .iter()
            .map(|(target, kind)| (target, *kind))
            .partition(|(target, kind)| around(targets, target, *kind).is_some());
        let mut wanted: HashMap<(&str, String), usize> = HashMap::new();
        for (target, kind) in &own {
            *wanted.entry((section(*kind), short(target))).or_default() += 1;
        }
        let mut taken: HashSet<String> = HashSet::new();
        let mut homes = BTreeMap::new();
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
            let home = names.find_map(|name| {
                let home = pointer(section, &name);
                (is_free(&name) && taken.insert(home.clone())).then_some(home)
            });
            homes.extend(home.map(|home| ((*target).clone(), home)));
        }
        // The nearest above comes first in order, so that its own home is known.
        for (target, kind) in along {
            let home = around(targets, target, kind)
                .and_then(|(above, rest)| Some(format!("{}{rest}", homes.get(&above)?)));
            homes.extend(home.map(|home| (target.clone(), home)));
        }
        let own = own.into_iter().map(|(target, kind)| (target.clone(), kind));
        Self {
            own: own.collect(),
            homes,
        }
    }

    /// Each value that has a home of its own, with its kind and its home.
    pub(super) fn own(&self) -> impl Iterator<Item = (&Target, Kind, &str)> {
        let own = self.own.iter();
        own.filter_map(|(target, kind)| Some((target, *kind, self.of(target)?)))
    }

    /// The pointer to a target, wherever it has come to.
    pub(super) fn of(&self, target: &Target) -> Option<&str> {
        self.homes.get(target).map(String::as_str)
    }
}

/// The target that another one stands in, as the standard has it, and what leads down from it.
fn around<'t>(
    targets: &BTreeMap<Target, Kind>,
    target: &'t Target,
    kind: Kind,
) -> Option<(Target, &'t str)> {
    let slashes = target.inside.rmatch_indices('/');
    let mut above = slashes.map(|(at, _)| target.inside.split_at(at));
    above.find_map(|(inside, rest)| {
        let above = Target {
            file: target.file.clone(),
            inside: inside.to_owned(),
        };
        let known = targets.get(&above)?;
        (known.below(rest) == kind).then_some((above, rest))
    })
}

/// Puts a value where its home is.
pub(super) fn put(tree: &mut Value, home: &str, value: Value) {
    let mut at = tree;
    for key in tokens(home) {
        let Value::Object(members) = at else { return };
        at = members.entry(key).or_insert_with(|| json!({}));
    }
    *at = value;
}

fn section(kind: Kind) -> &'static str {
    kind.section().unwrap_or("mediaTypes")
}

fn pointer(section: &str, name: &str) -> String {
    let mut home = format!("/components/{section}/");
    escape(name, &mut home);
    home
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
