//! Successive versions of documents: every difference in the generated code is a listed change,
//! and every listed change shows there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use openapi_sdk::changes::{self, Args};
use openapi_sdk::targets::Input;
use sdk_changes::{self, Aspect, Rust};
use sdk_model::Api;

use super::{
    explained::{self, Side},
    files, lines, try_model,
    units::Units,
    units_of,
};
use crate::support::root;

/// A document with the repository's configuration for its API: the whole document, or the part
/// that the SDK is made of.
fn model(name: &str, document: &Path, whole: bool, folder: &Path) -> Vec<Api> {
    let text = fs::read_to_string(root().join("specs").join(name).join("codegen.yaml"))
        .unwrap_or_default();
    let text = if whole {
        without_selection(&text)
    } else {
        text
    };
    let config = folder.join(format!("{name}.yaml"));
    fs::write(&config, text).expect("a folder of our own");
    let input = Input {
        name: name.to_owned(),
        document: document.to_owned(),
        overlays: vec![root().join("specs").join(name).join("overlay.yaml")],
        config: Some(config),
        changelog: None,
        include: Vec::new(),
    };
    try_model(&input).unwrap_or_else(|problems| panic!("{}: {problems}", document.display()))
}

/// The configuration without its `include`.
fn without_selection(text: &str) -> String {
    let mut inside = false;
    let kept = text.lines().filter(|line| {
        if !line.starts_with([' ', '#']) {
            inside = line.starts_with("include:");
        }
        !inside
    });
    kept.collect::<Vec<_>>().join("\n")
}

fn versions(history: &Path, name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(history.join(name)).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// A version: its model, its code, and the parts of that.
struct Version {
    name: String,
    apis: Vec<Api>,
    files: BTreeMap<String, String>,
    units: Units,
}

impl Version {
    fn read(name: &str, document: &Path, whole: bool, folder: &Path) -> Self {
        let apis = model(name, document, whole, folder);
        let files = files(&apis);
        Self {
            name: document
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            units: units_of(&files),
            apis,
            files,
        }
    }

    fn side(&self) -> Side<'_> {
        Side {
            apis: &self.apis,
            units: &self.units,
        }
    }
}

/// What does not hold of a version and the next one.
fn step(before: &Version, after: &Version) -> Vec<String> {
    let report = sdk_changes::compare(&before.apis, &after.apis);
    let paths: BTreeSet<&String> = before.files.keys().chain(after.files.keys()).collect();
    let text = |version: &'_ Version, path: &String| version.files.get(path).cloned();
    let differing: BTreeSet<&String> = paths
        .into_iter()
        .filter(|path| text(before, path) != text(after, path))
        .collect();
    println!(
        "{} -> {}: {} groups, {} changes, {} files, {} lines, {:?}, {}",
        before.name,
        after.name,
        report.groups.len(),
        report.changes.len(),
        differing.len(),
        lines(&before.files, &after.files).len(),
        explained::count(&before.units, &after.units),
        report.verdict
    );
    let vague = report.visible().filter(|change| {
        change.cause.is_none()
            && matches!(change.kind.aspect, Aspect::Code | Aspect::Traits)
            && change.rust > Rust::None
    });
    for change in vague {
        println!("    without a cause: {}", change.sentence());
    }
    let mut problems = explained::problems(&report, &before.side(), &after.side());
    // Whatever line differs, a part does.
    for path in differing {
        let of_file = |version: &Version| -> Units {
            let units = version.units.iter().filter(|(unit, _)| unit.file == *path);
            units
                .map(|(unit, text)| (unit.clone(), text.clone()))
                .collect()
        };
        if of_file(before) == of_file(after) {
            problems.push(format!("{path} is laid out in another way"));
        }
    }
    problems
        .into_iter()
        .map(|problem| format!("{} -> {}: {problem}", before.name, after.name))
        .collect()
}

fn walk(name: &str, whole: bool) {
    let Some(history) = std::env::var_os("SPEC_HISTORY") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder of our own");
    let mut problems = Vec::new();
    let mut before: Option<Version> = None;
    for path in versions(Path::new(&history), name) {
        let after = Version::read(name, &path, whole, folder.path());
        if let Some(before) = &before {
            problems.extend(step(before, &after));
        }
        before = Some(after);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_sdks_part_of_clerk() {
    walk("clerk", false);
}

#[test]
fn the_sdks_part_of_seam() {
    walk("seam", false);
}

#[test]
fn the_whole_of_clerk() {
    walk("clerk", true);
}

#[test]
fn the_whole_of_seam() {
    walk("seam", true);
}

#[test]
fn a_comparison_that_fails_is_no_comparison() {
    let nothing = Args {
        old: Some(PathBuf::from("/nonexistent/old.yaml")),
        new: Some(PathBuf::from("/nonexistent/new.yaml")),
        ..Args::default()
    };
    assert!(changes::run(&root(), &nothing).is_err());
    let no_commit = Args {
        base: "no-such-commit".to_owned(),
        ..Args::default()
    };
    assert!(changes::run(&root(), &no_commit).is_err());
}
