//! `cargo xtask semver`: an independent judge of what `changes` says.
//!
//! Both crates are generated into a temporary folder, and `cargo semver-checks` compares them.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    changes::{self, Bump},
    codegen,
    compare::{self, Problem},
    model::Api,
    render::Package,
};

/// What both judges say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdicts {
    /// The bump that `changes` asks for.
    pub ours: Bump,
    /// Whether `cargo semver-checks` found something that breaks.
    pub breaks: bool,
}

impl Verdicts {
    /// Whether nothing broke that `changes` did not say breaks.
    pub fn agree(self) -> bool {
        !self.breaks || self.ours == Bump::Major
    }
}

/// Generates both crates and asks both judges.
///
/// # Errors
///
/// Where a side cannot be read or generated, or the tool is missing or fails.
pub fn run(root: &Path, arguments: &compare::Args) -> Result<Verdicts, Problem> {
    let found = tool()
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !found.is_ok_and(|status| status.success()) {
        return Err(MISSING.into());
    }
    let (before, after) = compare::sides(root, arguments)?;
    let report = changes::compare(&before, &after);
    let folder = tempfile::tempdir()?;
    let old = generate(root, &before, &folder.path().join("old"))?;
    let new = generate(root, &after, &folder.path().join("new"))?;
    let mut judge = tool();
    judge
        .args(["--release-type", "minor", "--baseline-root"])
        .arg(old);
    judge.arg("--manifest-path").arg(new.join("Cargo.toml"));
    judge.env("CARGO_TARGET_DIR", folder.path().join("target"));
    let status = judge.status()?;
    let breaks = match status.code() {
        Some(0) => false,
        // It tells a finding from a failure of its own by the code alone.
        Some(100) => true,
        Some(1) => return Err("`cargo semver-checks` could not compare the crates".into()),
        _ => return Err(format!("`cargo semver-checks` failed: {status}").into()),
    };
    Ok(Verdicts {
        ours: report.bump,
        breaks,
    })
}

const MISSING: &str = "`cargo semver-checks` is missing; \
    `cargo install cargo-semver-checks --locked` installs it";

fn tool() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.arg("semver-checks");
    command
}

fn generate(root: &Path, apis: &[Api], folder: &Path) -> Result<PathBuf, Problem> {
    let package = Package {
        name: "judged-sdk".to_owned(),
        version: "1.0.0".to_owned(),
        standalone: true,
    };
    codegen::crate_files(root, apis, &package)?.write(folder)?;
    Ok(folder.to_owned())
}
