//! `cargo xtask features`: each Cargo feature of the SDK alone, none, and all together, linted
//! with warnings denied and tested; and groups of operations alone, linted.

use std::{
    collections::BTreeSet,
    process::{Command, ExitStatus, Stdio},
};

use serde::Deserialize;

/// The packages whose features matter to a caller: the SDK, and the runtime it carries.
const PACKAGES: [&str; 2] = ["session-sdk", "sdk-runtime"];

/// The package with an API whose groups of operations have features.
const GROUPED: &str = "sdk-golden";

/// Runs the whole matrix; stops at the first combination that fails.
///
/// # Errors
///
/// When cargo cannot be run, or a combination does not build, lint or pass.
pub fn run() -> Result<(), String> {
    let metadata = metadata()?;
    for name in PACKAGES {
        for selection in selections(metadata.package(name)?) {
            lint(name, &selection)?;
            test(name, &selection)?;
        }
    }
    for selection in groups(metadata.package(GROUPED)?) {
        lint(GROUPED, &selection)?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

impl Metadata {
    fn package(&self, name: &str) -> Result<&Package, String> {
        let found = self.packages.iter().find(|package| package.name == name);
        found.ok_or_else(|| format!("the workspace has no package `{name}`"))
    }
}

#[derive(Deserialize)]
struct Package {
    name: String,
    features: std::collections::BTreeMap<String, Vec<String>>,
}

/// None, each alone, all.
fn selections(package: &Package) -> Vec<Vec<String>> {
    let no_default = || "--no-default-features".to_owned();
    let names: BTreeSet<&String> = package
        .features
        .keys()
        .filter(|name| *name != "default")
        .collect();
    let mut selections = vec![vec![no_default()]];
    selections.extend(
        names
            .into_iter()
            .map(|name| vec![no_default(), "--features".to_owned(), name.clone()]),
    );
    selections.push(vec!["--all-features".to_owned()]);
    selections
}

/// Each group of operations alone, and an API without any.
fn groups(package: &Package) -> Vec<Vec<String>> {
    let names = package.features.keys();
    let of_groups = names.filter(|name| name.contains('-') || name.starts_with('_'));
    let alone = |name: &String| {
        vec![
            "--no-default-features".into(),
            "--features".into(),
            name.clone(),
        ]
    };
    of_groups.map(alone).collect()
}

fn lint(package: &str, selection: &[String]) -> Result<(), String> {
    cargo_on(package, "clippy", selection, &["--", "-D", "warnings"])
}

fn test(package: &str, selection: &[String]) -> Result<(), String> {
    cargo_on(package, "test", selection, &[])
}

fn cargo_on(
    package: &str,
    command: &str,
    selection: &[String],
    trailing: &[&str],
) -> Result<(), String> {
    let line = format!(
        "cargo {command} --package {package} {}",
        selection.join(" ")
    );
    eprintln!("features: {line}");
    let status = cargo()
        .args([command, "--quiet", "--locked", "--package", package])
        .args(selection)
        .args(trailing)
        .status()
        .map_err(|error| format!("cargo {command}: {error}"))?;
    succeeded(status, || line)
}

fn metadata() -> Result<Metadata, String> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1", "--locked"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    succeeded(output.status, || "cargo metadata".to_owned())?;
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))
}

/// The cargo that runs this program.
fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn succeeded(status: ExitStatus, command: impl FnOnce() -> String) -> Result<(), String> {
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` failed: {status}", command()))
    }
}
