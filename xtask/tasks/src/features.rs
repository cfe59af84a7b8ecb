//! `cargo xtask features`: each Cargo feature of the SDK alone, none, and all together, linted
//! with warnings denied and tested; groups of operations alone, and crates with a part of the
//! runtime, linted.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, ExitStatus, Stdio},
};

use serde::Deserialize;

/// The packages whose features matter to a caller: the SDK, and the runtime it carries.
const PACKAGES: [&str; 2] = ["session-sdk", "sdk-runtime"];

/// The package with an API whose groups of operations have features.
const GROUPED: &str = "sdk-golden";

/// Golden documents that need no part of the runtime, events, and unions.
const ALONE: [&str; 3] = ["short_lists", "streams", "union_members"];

/// Runs the whole matrix; stops at the first combination that fails.
///
/// # Errors
///
/// When cargo cannot be run, or a combination does not build, lint or pass.
pub fn run(root: &Path) -> Result<(), String> {
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
    ALONE.iter().try_for_each(|name| lint_alone(root, name))
}

/// Generates the crate of one golden document, whose runtime has the parts that it needs only, and
/// lints it.
fn lint_alone(root: &Path, name: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| format!("a temporary folder: {error}"))?;
    let out = folder.path().join(name);
    let document = root.join("tests/golden/specs").join(name);
    let status = cargo()
        .args([
            "run",
            "--quiet",
            "--locked",
            "--package",
            "openapi-sdk",
            "--",
        ])
        .args(["codegen", "--quiet", "--spec"])
        .arg(document.join("openapi.yaml"))
        .arg("--out")
        .arg(&out)
        .status()
        .map_err(|error| format!("cargo run: {error}"))?;
    succeeded(status, || format!("openapi-sdk codegen of {name}"))?;
    let lock = out.join("Cargo.lock");
    fs::copy(root.join("Cargo.lock"), &lock)
        .map_err(|error| format!("{}: {error}", lock.display()))?;
    eprintln!("features: cargo clippy of the crate of {name}");
    let status = cargo()
        .args(["clippy", "--quiet", "--all-features", "--manifest-path"])
        .arg(out.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(root.join("target/features"))
        .args(["--", "-D", "warnings"])
        .status()
        .map_err(|error| format!("cargo clippy: {error}"))?;
    succeeded(status, || format!("cargo clippy of the crate of {name}"))
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
