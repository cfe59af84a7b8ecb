//! `cargo xtask semver`: an independent judge of what `changes` says.
//!
//! Both crates of a pair are generated, and `cargo semver-checks` compares them. It knows nothing
//! of documents and models; what it finds breaking, `changes` must have said breaks. It does not
//! look at everything (types of fields and arguments), so that the reverse need not be.

pub mod cases;
mod judge;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use judge::{Judge, Rustdoc};

use openapi_sdk::compare::{self, Problem};
use sdk_changes::{self, Bump};
use sdk_model::Api;

/// The arguments of `cargo xtask semver`.
#[derive(Debug, clap::Args)]
#[group(id = "judged")]
pub struct Args {
    /// Compare each document of this folder with the next one, by name.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["old", "cases"])]
    pub all: Option<PathBuf>,
    /// Compare the document of this file with each small change that it lists, there and back.
    #[arg(long, value_name = "FILE", conflicts_with = "old")]
    pub cases: Option<PathBuf>,
    /// Two things to compare, as with `cargo xtask changes`.
    #[command(flatten)]
    pub pair: compare::Args,
}

/// What both judges say of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The pair.
    pub name: String,
    /// The bump that `changes` asks for.
    pub ours: Bump,
    /// The lints of `cargo semver-checks` that found something that breaks.
    pub theirs: Vec<String>,
}

impl Verdict {
    /// Whether nothing broke that `changes` did not say breaks.
    pub fn agrees(&self) -> bool {
        self.theirs.is_empty() || self.ours == Bump::Major
    }
}

/// Asks both judges about each pair; `tell` hears of each verdict at once, as they take their time.
///
/// # Errors
///
/// Where a side cannot be read or generated, or the tool is missing or fails.
pub fn run(
    root: &Path,
    arguments: &Args,
    tell: &mut dyn FnMut(&Verdict),
) -> Result<Vec<Verdict>, Problem> {
    let mut judge = Judge::new(root)?;
    let mut verdicts = Vec::new();
    let mut add = |verdict: Verdict| {
        tell(&verdict);
        verdicts.push(verdict);
    };
    if let Some(file) = &arguments.cases {
        each_case(&mut judge, file, &mut add)?;
    } else if let Some(folder) = &arguments.all {
        each_step(&mut judge, folder, &arguments.pair, &mut add)?;
    } else {
        let (before, after) = compare::sides(root, &arguments.pair)?;
        let before = Side::new(&mut judge, before)?;
        let after = Side::new(&mut judge, after)?;
        add(verdict(&judge, "OLD -> NEW", &before, &after)?);
    }
    Ok(verdicts)
}

/// A crate: what it was made of, and its rustdoc.
struct Side {
    apis: Vec<Api>,
    rustdoc: Rustdoc,
}

impl Side {
    fn new(judge: &mut Judge, apis: Vec<Api>) -> Result<Self, Problem> {
        Ok(Self {
            rustdoc: judge.rustdoc(&apis)?,
            apis,
        })
    }
}

fn verdict(judge: &Judge, name: &str, before: &Side, after: &Side) -> Result<Verdict, Problem> {
    Ok(Verdict {
        name: name.to_owned(),
        ours: sdk_changes::compare(&before.apis, &after.apis).bump,
        theirs: judge.findings(&before.rustdoc, &after.rustdoc)?,
    })
}

/// Each document with the one before it.
fn each_step(
    judge: &mut Judge,
    folder: &Path,
    arguments: &compare::Args,
    add: &mut dyn FnMut(Verdict),
) -> Result<(), Problem> {
    let told = |error| format!("{}: {error}", folder.display());
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder).map_err(told)? {
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
        let inputs = compare::inputs(&document, arguments)?;
        let after = Side::new(judge, compare::models(&inputs, arguments.lenient)?)?;
        if let Some((earlier, before)) = &before {
            add(verdict(
                judge,
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
fn each_case(judge: &mut Judge, file: &Path, add: &mut dyn FnMut(Verdict)) -> Result<(), Problem> {
    let folder = tempfile::tempdir()?;
    let mut before: Option<Side> = None;
    for case in cases::read(file)? {
        let old = match before.take() {
            Some(side) => side,
            None => Side::new(judge, compare::models(&[case.before()], false)?)?,
        };
        let inputs = [case.after(folder.path())?];
        let new = Side::new(judge, compare::models(&inputs, false)?)?;
        add(verdict(judge, &case.name, &old, &new)?);
        add(verdict(judge, &format!("{}, back", case.name), &new, &old)?);
        before = Some(old);
    }
    Ok(())
}

/// A verdict as a line.
pub fn line(verdict: &Verdict) -> String {
    let mark = match (verdict.agrees(), verdict.theirs.is_empty()) {
        (false, _) => "DISAGREE",
        (true, true) if verdict.ours == Bump::Major => "stricter",
        (true, _) => "agree",
    };
    let theirs = match verdict.theirs.as_slice() {
        [] => "nothing".to_owned(),
        lints => lints.join(", "),
    };
    let mut line = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        line,
        "{mark:<8}  {:<5}  {}: {theirs}",
        format!("{:?}", verdict.ours).to_lowercase(),
        verdict.name
    );
    line
}
