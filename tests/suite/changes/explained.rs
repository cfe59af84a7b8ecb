//! Whether a report and the difference of two crates' code are one and the same.

use std::collections::{BTreeMap, BTreeSet};

use sdk_changes::{Aspect, Change, Report, Subject};
use sdk_model::Api;

use super::{
    paths::Paths,
    units::{Part, Unit, Units},
};

/// A crate: what it was made of, and its parts.
pub(crate) struct Side<'m> {
    pub(crate) apis: &'m [Api],
    pub(crate) units: &'m Units,
}

/// What does not hold: parts that differ without a change that names them, and changes that name
/// nothing that differs.
pub(crate) fn problems(report: &Report, before: &Side<'_>, after: &Side<'_>) -> Vec<String> {
    let paths = [before, after].map(|side| Paths::of(side.apis));
    let differing = differing(before.units, after.units);
    let mut problems = Vec::new();
    let mut of_use: BTreeSet<&str> = BTreeSet::new();
    for unit in &differing {
        let mut explained = false;
        for change in report.visible() {
            if explains(change, unit, &paths) {
                explained = true;
                of_use.insert(&change.id);
            }
        }
        if !explained && !follows(unit, &differing, report, after.units) {
            let text = |units: &Units| units.get(unit).cloned().unwrap_or_default();
            let (old, new) = (text(before.units), text(after.units));
            problems.push(format!(
                "{unit:?} differs, and no change explains it\n  - {old}  + {new}"
            ));
        }
    }
    for change in report.visible() {
        let shows = change.files.iter().any(|file| file != "README.md");
        if shows && !of_use.contains(change.id.as_str()) {
            problems.push(format!(
                "{} ({}) is reported, and nothing differs",
                change.sentence(),
                change.kind
            ));
        }
    }
    problems
}

/// The parts that are not the same on both sides.
fn differing(before: &Units, after: &Units) -> BTreeSet<Unit> {
    let all: BTreeSet<&Unit> = before.keys().chain(after.keys()).collect();
    let same = |unit: &Unit| match (before.get(unit), after.get(unit)) {
        (Some(old), Some(new)) if matches!(unit.part, Part::Order(..)) => same_order(old, new),
        // Where the whole item comes or goes, so does the order of its members.
        _ if matches!(unit.part, Part::Order(..)) => true,
        (old, new) => old == new,
    };
    let differing = all.into_iter().filter(|unit| !same(unit));
    differing.cloned().collect()
}

/// Whether two lists have what they share in one order.
fn same_order(before: &str, after: &str) -> bool {
    let shared = |list: &str, other: &str| -> Vec<String> {
        let other: BTreeSet<&str> = other.split_whitespace().collect();
        let list = list.split_whitespace();
        list.filter(|name| other.contains(name))
            .map(str::to_owned)
            .collect()
    };
    shared(before, after) == shared(after, before)
}

/// Imports follow from the code of their module, and from the paths of what they name.
fn follows(unit: &Unit, differing: &BTreeSet<Unit>, report: &Report, after: &Units) -> bool {
    if unit.part != Part::Imports {
        return false;
    }
    let text = after.get(unit).map_or("", String::as_str);
    let exported_elsewhere = |change: &Change| {
        let renamed = (change.kind.subject, change.kind.aspect) == (Subject::Type, Aspect::Renamed);
        let path = change.path.after.as_deref().unwrap_or_default();
        renamed
            && path
                .rsplit("::")
                .next()
                .is_some_and(|name| text.contains(name))
    };
    differing
        .iter()
        .any(|other| other.module == unit.module && other.part != Part::Imports)
        || report.visible().any(exported_elsewhere)
}

/// What changes everything about an item.
const WHOLE: [Aspect; 6] = [
    Aspect::Added,
    Aspect::Removed,
    Aspect::Renamed,
    Aspect::Shape,
    Aspect::Usage,
    Aspect::Content,
];

/// Whether a change names the part, in its file.
fn explains(change: &Change, unit: &Unit, paths: &[Paths; 2]) -> bool {
    let named =
        |file: &String| *file == unit.file || file.ends_with('/') && unit.file.starts_with(file);
    if !change.files.iter().any(named) {
        return false;
    }
    let whole_api = change.kind.subject == Subject::Api;
    if whole_api && WHOLE.contains(&change.kind.aspect) {
        return true;
    }
    // Every call names the type of its errors.
    if whole_api && change.kind.aspect == Aspect::Errors {
        return true;
    }
    let of_aliased = aliased(unit, paths).is_some_and(|unit| explains(change, &unit, paths));
    let sides = [&change.path.before, &change.path.after];
    of_aliased
        || sides
            .into_iter()
            .zip(paths)
            .filter_map(|(path, paths)| Some((path.as_deref()?.replace("r#", ""), paths)))
            .any(|(path, paths)| by_path(change, &path, unit, paths))
}

/// The same part of the type that the unit's item is another name for, before and after.
fn aliased(unit: &Unit, paths: &[Paths; 2]) -> Option<Unit> {
    let name = unit.part.owner()?;
    let [old, new] = paths
        .each_ref()
        .map(|paths| paths.aliased(&unit.module, name));
    let (module, target) = old.filter(|_| old == new)?;
    Some(Unit {
        file: unit.file.clone(),
        module: module.clone(),
        part: unit.part.clone().renamed(name, target)?,
    })
}

fn by_path(change: &Change, path: &str, unit: &Unit, paths: &Paths) -> bool {
    let below = |outer: &str| {
        path.strip_prefix(outer)
            .is_some_and(|it| it.starts_with("::"))
    };
    let client = unit.module.ends_with("::client");
    match &unit.part {
        // Two types of one name differ in their import alone.
        Part::Imports => change.kind.aspect == Aspect::Type && of_module(path, unit, paths),
        Part::Docs => docs(change, path, unit),
        Part::Module(name) => {
            let module = format!("{}::{name}", unit.module);
            let item = paths.item_of(path);
            item == module || item.starts_with(&format!("{module}::"))
        }
        Part::Export(name) => path == format!("{}::{name}", unit.module),
        Part::Order(name, _) => {
            let item = paths.item(&unit.module, name);
            let aspect = change.kind.aspect;
            path == item && (aspect == Aspect::Order || WHOLE.contains(&aspect))
                || below(&item) && [Aspect::Moved, Aspect::Renamed].contains(&aspect)
        }
        Part::Item(name, _) if client => {
            let item = paths.item(&unit.module, name);
            path == item || of_client(change)
        }
        Part::Item(name, what) => {
            let item = paths.item(&unit.module, name);
            // What is derived depends on the members, and so do conversions and the struct of
            // required values. A static tells of an operation and its body, not of its parts.
            let inside = what != "static" || change.kind.subject == Subject::Body;
            path == item || inside && below(&item)
        }
        Part::Member(name, member, what) => {
            let item = paths.item(&unit.module, name);
            let own = format!("{item}::{}", stem(member));
            if path == own || path == format!("{item}::{member}") {
                return true;
            }
            if let Some(group) = paths.group(&unit.module, name, member) {
                return path == group;
            }
            // The method of an operation takes its arguments.
            if paths.is_operation(&own) {
                return path == own || path.starts_with(&format!("{own}::"));
            }
            match member.as_str() {
                "from_env" if client => return of_client(change),
                // Instead of accessors, where there is no group.
                "base_url" if client => {
                    return [Subject::Resource, Subject::Api].contains(&change.kind.subject);
                }
                _ => {}
            }
            if *what == "fn" && member == "new" {
                return path == item || below(&item);
            }
            let pages = paths.is_operation(&item) && ["pages", "items"].contains(&member.as_str());
            let aspect = change.kind.aspect;
            let streams =
                member == "stream_events" && [Aspect::Streaming, Aspect::Code].contains(&aspect);
            let tagged = *what == "variant" && aspect == Aspect::Discriminator;
            // Written out, it names the types inside by its own module.
            let identity = aspect == Aspect::Identity;
            path == item && (WHOLE.contains(&aspect) || identity || pages || streams || tagged)
        }
    }
}

/// Whether a path leads into the part's module, or to something of an item that stands there.
fn of_module(path: &str, unit: &Unit, paths: &Paths) -> bool {
    let mut path = path;
    loop {
        let item = paths.item_of(path);
        if item
            .rsplit_once("::")
            .is_some_and(|(module, _)| module == unit.module)
        {
            return true;
        }
        match path.rsplit_once("::") {
            Some((outer, _)) => path = outer,
            None => return false,
        }
    }
}

/// A setter of null goes by the name of its field.
fn stem(member: &str) -> &str {
    member.strip_suffix("_null").unwrap_or(member)
}

/// Whether a change is of what the client is set up by.
fn of_client(change: &Change) -> bool {
    matches!(
        change.kind.subject,
        Subject::Api | Subject::Server | Subject::ServerVariable | Subject::Credential
    )
}

/// The head of a file tells of the API, of a group, or of the first type in it.
fn docs(change: &Change, path: &str, unit: &Unit) -> bool {
    let whole = WHOLE.contains(&change.kind.aspect);
    match change.kind.subject {
        Subject::Api => true,
        Subject::Resource => path
            .rsplit_once("::")
            .is_some_and(|(module, _)| module == unit.module),
        Subject::Type => whole,
        Subject::Webhook => whole,
        _ => false,
    }
}

/// Counts the parts by kind, for a table.
pub(crate) fn count(before: &Units, after: &Units) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for unit in differing(before, after) {
        let kind = match unit.part {
            Part::Docs | Part::Imports | Part::Module(_) | Part::Export(_) => "beside",
            Part::Item(..) | Part::Order(..) => "items",
            Part::Member(..) => "members",
        };
        *counts.entry(kind).or_default() += 1;
    }
    counts
}
