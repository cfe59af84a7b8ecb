//! `cargo xtask semver`: checks reports of changes against `cargo semver-checks`.
//!
//! Both crates of a pair are generated, and `cargo semver-checks` compares them. Whatever it finds
//! to be breaking, the report must call breaking in Rust. The reverse need not hold: it does not
//! look at the types of fields and arguments.

pub mod cases;
mod checks;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use checks::{Rustdoc, SemverChecks};

use openapi_sdk::changes::{self, Problem};
use sdk_changes::report::Bump;
use sdk_model::Api;

/// The arguments of `cargo xtask semver`.
#[derive(Debug, clap::Args)]
#[group(id = "pairs")]
pub struct Args {
    /// Compare each document of this folder with the next one, by name.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["old", "cases"])]
    pub all: Option<PathBuf>,
    /// Compare the document of this file with each small change that it lists, there and back.
    #[arg(long, value_name = "FILE", conflicts_with = "old")]
    pub cases: Option<PathBuf>,
    /// Two things to compare, as with `cargo xtask changes`.
    #[command(flatten)]
    pub pair: changes::Args,
}

/// The results of both for a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The pair.
    pub name: String,
    /// The bump in Rust that the report asks for.
    pub ours: Bump,
    /// The lints of `cargo semver-checks` that found something that breaks.
    pub theirs: Vec<String>,
}

impl Comparison {
    /// Whether the report calls everything breaking that `cargo semver-checks` does.
    pub fn agrees(&self) -> bool {
        self.theirs.is_empty() || self.ours == Bump::Major
    }
}

/// Compares each pair; `report` gets each result at once, as they take their time.
///
/// # Errors
///
/// Where a side cannot be read or generated, or the tool is missing or fails.
pub fn run(
    root: &Path,
    arguments: &Args,
    report: &mut dyn FnMut(&Comparison),
) -> Result<Vec<Comparison>, Problem> {
    let mut checks = SemverChecks::new(root)?;
    let mut comparisons = Vec::new();
    let mut add = |comparison: Comparison| {
        report(&comparison);
        comparisons.push(comparison);
    };
    if let Some(file) = &arguments.cases {
        each_case(&mut checks, file, &mut add)?;
    } else if let Some(folder) = &arguments.all {
        each_step(&mut checks, folder, &arguments.pair, &mut add)?;
    } else {
        let [before, after] = changes::sides(root, &arguments.pair)?.map(|side| side.apis);
        let before = Side::new(&mut checks, before)?;
        let after = Side::new(&mut checks, after)?;
        add(comparison(&checks, "OLD -> NEW", &before, &after)?);
    }
    Ok(comparisons)
}

/// A crate: its models and its rustdoc.
struct Side {
    apis: Vec<Api>,
    rustdoc: Rustdoc,
}

impl Side {
    fn new(checks: &mut SemverChecks, apis: Vec<Api>) -> Result<Self, Problem> {
        Ok(Self {
            rustdoc: checks.rustdoc(&apis)?,
            apis,
        })
    }
}

fn comparison(
    checks: &SemverChecks,
    name: &str,
    before: &Side,
    after: &Side,
) -> Result<Comparison, Problem> {
    Ok(Comparison {
        name: name.to_owned(),
        ours: sdk_changes::compare(&before.apis, &after.apis)
            .verdict
            .rust
            .bump,
        theirs: checks.findings(&before.rustdoc, &after.rustdoc)?,
    })
}

/// Each document with the one before it.
fn each_step(
    checks: &mut SemverChecks,
    folder: &Path,
    arguments: &changes::Args,
    add: &mut dyn FnMut(Comparison),
) -> Result<(), Problem> {
    let named = |error| format!("{}: {error}", folder.display());
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder).map_err(named)? {
        documents.push(entry?.path());
    }
    documents.retain(|path| path.is_file());
    documents.sort();
    if documents.len() < 2 {
        return Err(format!("{}: fewer than two documents", folder.display()).into());
    }
    let mut before: Option<(String, Side)> = None;
    for document in documents {
        let name = document.file_stem().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        let inputs = changes::inputs(&document, arguments)?;
        let after = Side::new(checks, changes::models(&inputs, arguments.lenient)?.apis)?;
        if let Some((earlier, before)) = &before {
            add(comparison(
                checks,
                &format!("{earlier} -> {name}"),
                before,
                &after,
            )?);
        }
        before = Some((name, after));
    }
    Ok(())
}

/// Each small change, there and back.
fn each_case(
    checks: &mut SemverChecks,
    file: &Path,
    add: &mut dyn FnMut(Comparison),
) -> Result<(), Problem> {
    let folder = tempfile::tempdir()?;
    let mut before: Option<Side> = None;
    for case in cases::read(file)? {
        let old = match before.take() {
            Some(side) => side,
            None => Side::new(checks, changes::models(&[case.before()], false)?.apis)?,
        };
        let inputs = [case.after(folder.path())?];
        let new = Side::new(checks, changes::models(&inputs, false)?.apis)?;
        add(comparison(checks, &case.name, &old, &new)?);
        add(comparison(
            checks,
            &format!("{}, back", case.name),
            &new,
            &old,
        )?);
        before = Some(old);
    }
    Ok(())
}

/// A result as a line.
pub fn line(comparison: &Comparison) -> String {
    let label = match (comparison.agrees(), comparison.theirs.is_empty()) {
        (false, _) => "DISAGREE",
        (true, true) if comparison.ours == Bump::Major => "stricter",
        (true, _) => "agree",
    };
    let theirs = match comparison.theirs.as_slice() {
        [] => "nothing".to_owned(),
        lints => lints.join(", "),
    };
    let mut line = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        line,
        "{label:<8}  {:<5}  {}: {theirs}",
        format!("{:?}", comparison.ours).to_lowercase(),
        comparison.name
    );
    line
}
