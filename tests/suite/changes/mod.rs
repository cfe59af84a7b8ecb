//! What `changes` says of two models, held against the code that is made of them.

mod aliases;
mod churn;
mod edits;
mod explained;
mod history;
mod mutations;
mod pairs;
mod paths;
mod units;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use openapi_sdk::codegen;
use openapi_sdk::targets::Input;
use sdk_generator::emit::{self, Context};
use sdk_generator::package::Runtime;
use sdk_generator::render::Package;
use sdk_model::Api;
use sdk_openapi::diagnostics;
use serde_json::Value;
use units::Units;

/// The model of a document; none, with the reasons, where it has errors.
fn try_model(input: &Input) -> Result<Vec<Api>, String> {
    let mut report = diagnostics::Report::new(true);
    let api = codegen::model(input, &mut report);
    if report.has_errors() {
        Err(report.render(false))
    } else {
        Ok(api.into_iter().collect())
    }
}

/// The model of a document that is at hand.
fn model(name: &str, document: &Value) -> Vec<Api> {
    let folder = tempfile::tempdir().expect("a folder of our own");
    let path = folder.path().join("openapi.json");
    std::fs::write(&path, document.to_string()).expect("a folder of our own");
    try_model(&input(name, &path)).unwrap_or_else(|problems| panic!("{problems}"))
}

fn input(name: &str, document: &Path) -> Input {
    Input {
        name: name.to_owned(),
        document: document.to_owned(),
        overlays: Vec::new(),
        config: None,
        changelog: None,
        include: Vec::new(),
    }
}

/// The generated Rust files, by path; the runtime's, which no document changes, left out.
fn files(apis: &[Api]) -> BTreeMap<String, String> {
    let package = Package {
        name: "compared-sdk".to_owned(),
        version: "0.1.0".to_owned(),
        standalone: true,
        runtime: Runtime::Copied,
        ..Package::default()
    };
    let files = codegen::crate_files(apis, &package).expect("a model that generates");
    let rust = files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("src/runtime"));
    rust.map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

/// The lines that a reviewer sees added or removed.
fn lines(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let text = |files: &'_ BTreeMap<String, String>, path| files.get(path).cloned();
    let mut lines = Vec::new();
    for path in paths {
        let (old, new) = (text(before, path), text(after, path));
        if old == new {
            continue;
        }
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        let diff = similar::TextDiff::from_lines(&old, &new);
        let changed = diff
            .iter_all_changes()
            .filter(|change| change.tag() != similar::ChangeTag::Equal);
        lines.extend(changed.map(|change| change.to_string().trim().to_owned()));
    }
    lines
}

/// The parts of files.
fn units_of(files: &BTreeMap<String, String>) -> Units {
    let mut units = Units::new();
    for (path, text) in files {
        let file = syn::parse_file(text).expect("generated code");
        units::of_file(path, &file, &mut units);
    }
    units
}

/// The parts of the code of a model, before it is laid out: the same, sooner.
fn units(apis: &[Api]) -> Units {
    let contexts: Vec<Context<'_>> = apis.iter().map(Context::new).collect();
    let mut units = Units::new();
    let package = Package::new("compared-sdk", "0.1.0");
    for source in emit::files(&contexts, &package) {
        let file = syn::parse2(source.tokens()).expect("generated code");
        units::of_file(&source.path, &file, &mut units);
    }
    units
}
