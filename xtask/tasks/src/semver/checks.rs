//! Runs `cargo semver-checks` on two crates.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use openapi_sdk::changes::Problem;
use openapi_sdk::codegen;
use openapi_sdk::files::Output;
use sdk_generator::package::Runtime;
use sdk_generator::render::Package;
use sdk_model::Api;

/// Runs the tool. A crate's rustdoc is built once, however often it is compared.
pub(super) struct SemverChecks {
    /// Crates and their rustdoc.
    folder: tempfile::TempDir,
    /// Build artifacts of dependencies, kept between runs.
    target: PathBuf,
    count: usize,
}

/// The rustdoc of a crate, as JSON.
pub(super) struct Rustdoc(PathBuf);

impl SemverChecks {
    /// Finds the tool.
    pub(super) fn new(root: &Path) -> Result<Self, Problem> {
        let found = tool()
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !found.is_ok_and(|status| status.success()) {
            return Err(MISSING.into());
        }
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        Ok(Self {
            folder: tempfile::tempdir()?,
            target: target.join("semver"),
            count: 0,
        })
    }

    /// Generates a crate and builds its rustdoc.
    pub(super) fn rustdoc(&mut self, apis: &[Api]) -> Result<Rustdoc, Problem> {
        self.count += 1;
        let folder = self.folder.path().join(self.count.to_string());
        let package = Package {
            name: "compared-sdk".to_owned(),
            version: "1.0.0".to_owned(),
            standalone: true,
            runtime: Runtime::Copied,
            ..Package::default()
        };
        let files = codegen::crate_files(apis, &package)?;
        Output::generated(&folder).write(&files)?;
        let features: Vec<&str> = apis.iter().map(|api| api.name.plain()).collect();
        // Other features do not depend on the document.
        let mut rustdoc = cargo();
        rustdoc
            .args(["rustdoc", "--lib", "--quiet", "--no-default-features"])
            .args(["--features", &features.join(",")])
            .arg("--manifest-path")
            .arg(folder.join("Cargo.toml"))
            .args(["--", "-Zunstable-options", "--output-format=json"])
            .args(["--document-private-items", "--document-hidden-items"])
            .arg("--cap-lints=allow")
            .env("CARGO_TARGET_DIR", &self.target)
            // Rustdoc writes JSON where unstable options are allowed; the tool does the same.
            .env("RUSTC_BOOTSTRAP", "1");
        let status = rustdoc.status()?;
        if !status.success() {
            return Err(format!("`cargo rustdoc` failed: {status}").into());
        }
        let made = folder.join("rustdoc.json");
        fs::copy(self.target.join("doc/compared_sdk.json"), &made)?;
        Ok(Rustdoc(made))
    }

    /// The lints that find a breaking change.
    pub(super) fn findings(
        &self,
        before: &Rustdoc,
        after: &Rustdoc,
    ) -> Result<Vec<String>, Problem> {
        let mut checks = tool();
        checks.args(["--release-type", "minor", "--color", "never"]);
        checks.arg("--baseline-rustdoc").arg(&before.0);
        checks.arg("--current-rustdoc").arg(&after.0);
        let output = checks.output()?;
        let output_text = String::from_utf8_lossy(&output.stdout);
        match output.status.code() {
            Some(0) => Ok(Vec::new()),
            Some(FOUND) => Ok(lints(&output_text)),
            _ => {
                let output_text = String::from_utf8_lossy(&output.stderr);
                Err(format!(
                    "`cargo semver-checks` failed: {}\n{output_text}",
                    output.status
                )
                .into())
            }
        }
    }
}

/// The exit code for findings; all others but 0 are failures of the tool.
const FOUND: i32 = 100;

const MISSING: &str = "`cargo semver-checks` is missing; \
    `cargo install cargo-semver-checks --locked` installs it";

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn tool() -> Command {
    let mut command = cargo();
    command.arg("semver-checks");
    command
}

/// `--- failure struct_missing: pub struct removed or renamed ---`
fn lints(output: &str) -> Vec<String> {
    let lines = output
        .lines()
        .filter_map(|line| line.strip_prefix("--- failure "));
    let mut lints: Vec<String> = lines
        .filter_map(|line| Some(line.split_once(':')?.0.to_owned()))
        .collect();
    if lints.is_empty() {
        lints.push("unnamed lint".to_owned());
    }
    lints
}

#[cfg(test)]
mod tests {
    use super::lints;

    #[test]
    fn lints_are_read_from_the_output() {
        let output = "\n--- failure struct_missing: pub struct removed or renamed ---\n\nFailed in:\n  A\n\
                    --- failure enum_missing: pub enum removed ---\n";
        assert_eq!(lints(output), ["struct_missing", "enum_missing"]);
        assert_eq!(
            lints("").len(),
            1,
            "a finding is one, whatever it is called"
        );
    }
}
