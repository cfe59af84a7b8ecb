//! Successive versions of documents: every difference in the generated code is a listed change,
//! and every listed change shows there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use xtask::{
    changes::{self, Aspect, Report, Rust},
    codegen, compare, diagnostics,
    model::Api,
    render::Package,
    targets::Input,
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
    let mut report = diagnostics::Report::new(true);
    let api = codegen::model(&input, &mut report);
    assert!(
        !report.has_errors(),
        "{}: {}",
        document.display(),
        report.render(false)
    );
    api.into_iter().collect()
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

fn files(apis: &[Api]) -> BTreeMap<String, String> {
    let package = Package {
        name: "history-sdk".to_owned(),
        version: "0.1.0".to_owned(),
        standalone: true,
    };
    let files = codegen::crate_files(&root(), apis, &package).expect("a model that generates");
    let rust = files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("src/runtime"));
    rust.map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

/// What does not hold of a report and the code made of both models.
fn unexplained(
    report: &Report,
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
) -> Vec<String> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differing: BTreeSet<&String> = paths
        .into_iter()
        .filter(|path| old.get(*path) != new.get(*path))
        .collect();
    let named =
        |file: &str, path: &str| path == file || file.ends_with('/') && path.starts_with(file);
    let mut problems = Vec::new();
    for path in &differing {
        let told = report
            .changes
            .iter()
            .flat_map(|change| &change.files)
            .any(|file| named(file, path));
        if !told {
            problems.push(format!("{path} differs, and no change says so"));
        }
    }
    for change in &report.changes {
        let rust = |file: &&String| *file != "README.md";
        if change.files.iter().any(|file| rust(&file))
            && !change
                .files
                .iter()
                .any(|file| differing.iter().any(|path| named(file, path)))
        {
            problems.push(format!(
                "{} ({}) is listed, and nothing differs",
                change.message, change.kind
            ));
        }
    }
    if report.changes.is_empty() != differing.is_empty() {
        problems.push(format!(
            "{} changes, {} files differ",
            report.changes.len(),
            differing.len()
        ));
    }
    problems
}

fn versions(history: &Path, name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(history.join(name)).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn walk(name: &str, whole: bool) {
    let Some(history) = std::env::var_os("SPEC_HISTORY") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder of our own");
    let mut problems = Vec::new();
    let mut before: Option<(PathBuf, Vec<Api>, BTreeMap<String, String>)> = None;
    for path in versions(Path::new(&history), name) {
        let after = model(name, &path, whole, folder.path());
        let after_files = files(&after);
        if let Some((old_path, old, old_files)) = &before {
            let report = changes::compare(old, &after);
            let stem = |path: &Path| {
                path.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned()
            };
            let pair = format!("{} -> {}", stem(old_path), stem(&path));
            let lines: usize = old_files
                .keys()
                .chain(after_files.keys())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .filter(|path| old_files.get(*path) != after_files.get(*path))
                .count();
            println!(
                "{pair}: {} changes, {} unseen, {lines} files, {:?}",
                report.changes.len(),
                report.unseen.len(),
                report.bump
            );
            let fallback = report.changes.iter().filter(|change| {
                matches!(change.kind.aspect, Aspect::Form | Aspect::Traits)
                    && change.rust > Rust::None
            });
            for change in fallback {
                println!("    without a cause: {}", change.message);
            }
            problems.extend(
                unexplained(&report, old_files, &after_files)
                    .into_iter()
                    .map(|problem| format!("{pair}: {problem}")),
            );
        }
        before = Some((path, after, after_files));
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
    let nothing = compare::Args {
        old: Some(PathBuf::from("/nonexistent/old.yaml")),
        new: Some(PathBuf::from("/nonexistent/new.yaml")),
        ..compare::Args::default()
    };
    assert!(compare::run(&root(), &nothing).is_err());
    let no_commit = compare::Args {
        base: "no-such-commit".to_owned(),
        ..compare::Args::default()
    };
    assert!(compare::run(&root(), &no_commit).is_err());
}
