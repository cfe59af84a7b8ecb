//! `cargo xtask features`: each Cargo feature of the SDK alone, none, and all together, linted
//! with warnings denied and tested.

use std::{
    collections::BTreeSet,
    process::{Command, ExitStatus, Stdio},
};

use serde::Deserialize;

/// The packages whose features matter to a caller: the SDK, and the runtime it carries.
const PACKAGES: [&str; 2] = ["session-sdk", "sdk-runtime"];

/// Runs the whole matrix; stops at the first combination that fails.
///
/// # Errors
///
/// When cargo cannot be run, or a combination does not build, lint or pass.
pub fn run() -> Result<(), String> {
    let metadata = metadata()?;
    for name in PACKAGES {
        let package = metadata
            .packages
            .iter()
            .find(|package| package.name == name)
            .ok_or_else(|| format!("the workspace has no package `{name}`"))?;
        for selection in selections(package) {
            check(name, &selection)?;
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
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

fn check(package: &str, selection: &[String]) -> Result<(), String> {
    eprintln!("features: {package} {}", selection.join(" "));
    for (command, trailing) in [("clippy", &["--", "-D", "warnings"][..]), ("test", &[][..])] {
        let mut cargo = cargo();
        cargo
            .args([command, "--quiet", "--locked", "--package", package])
            .args(selection)
            .args(trailing);
        succeeded(
            cargo
                .status()
                .map_err(|error| format!("cargo {command}: {error}"))?,
            || {
                format!(
                    "cargo {command} --package {package} {}",
                    selection.join(" ")
                )
            },
        )?;
    }
    Ok(())
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

fn succeeded(status: ExitStatus, command: impl Fn() -> String) -> Result<(), String> {
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` failed: {status}", command()))
    }
}
