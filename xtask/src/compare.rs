//! `cargo xtask changes`: which two things to compare.

use std::{
    error::Error,
    fs,
    io::IsTerminal as _,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use crate::codegen;
use crate::targets::{self, Input};
use sdk_changes::{self, Format, Report as Changes, version};
use sdk_model::Api;
use sdk_openapi::diagnostics::Report;

/// The arguments of `cargo xtask changes`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Args {
    /// What was: a document, a folder of one API (`specs/clerk`), or a folder of such folders.
    #[arg(requires = "new", conflicts_with = "base")]
    pub old: Option<PathBuf>,
    /// What is.
    pub new: Option<PathBuf>,
    /// Compare the specifications of this Git commit with those of the working tree.
    #[arg(long, value_name = "GIT-REF", default_value = "HEAD")]
    pub base: String,
    /// How to write the report.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Exit with 1 where something is so.
    #[arg(long, value_enum)]
    pub fail_on: Option<FailOn>,
    /// The codegen.yaml to use for documents.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Overlays to apply to documents, in order.
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// Take operations with this extension, though the configuration leaves them out.
    #[arg(long, value_name = "EXTENSION")]
    pub include: Vec<String>,
    /// Repair what has one obvious meaning, and leave out what cannot be expressed.
    #[arg(long)]
    pub lenient: bool,
}

/// What makes the command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    /// A change that breaks callers, in Rust or on the wire.
    Breaking,
    /// A change that breaks Rust code that calls the crate, where the workspace's version is no
    /// new major one since `--base` (before 1.0, a new minor one).
    UnversionedBreak,
}

/// Why there is nothing to tell.
pub type Problem = Box<dyn Error + Send + Sync>;

/// Reads both sides and compares them.
///
/// # Errors
///
/// Where a side cannot be read, or has errors; those are told.
pub fn run(root: &Path, arguments: &Args) -> Result<Changes, Problem> {
    let (before, after) = sides(root, arguments)?;
    Ok(sdk_changes::compare(&before, &after))
}

/// What `--fail-on` finds at fault.
///
/// # Errors
///
/// Where a version cannot be read.
pub fn fault(root: &Path, arguments: &Args, changes: &Changes) -> Result<Option<String>, Problem> {
    match arguments.fail_on {
        Some(FailOn::Breaking) if changes.is_breaking() => {
            Ok(Some("there are breaking changes".to_owned()))
        }
        Some(FailOn::UnversionedBreak) if arguments.old.is_some() => {
            Err("documents have no version of the crate: unversioned-break needs --base".into())
        }
        Some(FailOn::UnversionedBreak) => {
            let manifest = format!("{}:Cargo.toml", arguments.base);
            let old = String::from_utf8(git(root, &["show", &manifest])?)?;
            let new = fs::read_to_string(root.join("Cargo.toml"))?;
            Ok(version::unversioned(
                changes.bump,
                version::of_workspace(&old)?,
                version::of_workspace(&new)?,
            ))
        }
        _ => Ok(None),
    }
}

/// Reads both sides.
///
/// # Errors
///
/// Where a side cannot be read, or has errors; those are told.
pub fn sides(root: &Path, arguments: &Args) -> Result<(Vec<Api>, Vec<Api>), Problem> {
    let committed = tempfile::tempdir()?;
    let (old, new) = match (&arguments.old, &arguments.new) {
        (Some(old), Some(new)) => (inputs(old, arguments)?, inputs(new, arguments)?),
        _ => {
            let old = committed_at(root, &arguments.base, committed.path())?;
            (old, targets::inputs(&root.join("specs"))?)
        }
    };
    let (old, new) = same_name(old, new);
    both(&old, &new, arguments.lenient)
}

/// What a path stands for.
///
/// # Errors
///
/// Where it stands for nothing.
pub fn inputs(path: &Path, arguments: &Args) -> Result<Vec<Input>, Problem> {
    let mut inputs = if path.is_dir() {
        targets::folder(path)
            .map_or_else(|| targets::inputs(path), |input| Ok(vec![input]))
            .map_err(|error| format!("{}: {error}", path.display()))?
    } else {
        vec![Input {
            name: "api".to_owned(),
            document: path.to_owned(),
            overlays: arguments.overlay.clone(),
            config: arguments.config.clone(),
            changelog: None,
            include: Vec::new(),
        }]
    };
    if inputs.is_empty() {
        return Err(format!("{}: there is no specification", path.display()).into());
    }
    for input in &mut inputs {
        input.include.clone_from(&arguments.include);
    }
    Ok(inputs)
}

/// One document on each side is the same API, whatever the files are called.
fn same_name(mut old: Vec<Input>, mut new: Vec<Input>) -> (Vec<Input>, Vec<Input>) {
    if let ([old], [new]) = (old.as_mut_slice(), new.as_mut_slice())
        && old.name != new.name
    {
        if new.name == "api" {
            new.name.clone_from(&old.name);
        } else {
            old.name.clone_from(&new.name);
        }
    }
    (old, new)
}

/// The models of both sides.
///
/// # Errors
///
/// Where one has errors; they have been told.
pub fn both(old: &[Input], new: &[Input], lenient: bool) -> Result<(Vec<Api>, Vec<Api>), Problem> {
    thread::scope(|scope| {
        let spawn = |side| {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, move || models(side, lenient))
        };
        let (before, after) = (spawn(old)?, spawn(new)?);
        let ended = |_| Problem::from("the comparison ended before its time");
        Ok((
            before.join().map_err(ended)??,
            after.join().map_err(ended)??,
        ))
    })
}

/// Deeply nested documents are read by recursion.
const STACK: usize = 64 << 20;

/// The models of inputs.
///
/// # Errors
///
/// Where one has errors; they have been told.
pub fn models(inputs: &[Input], lenient: bool) -> Result<Vec<Api>, Problem> {
    let mut models = Vec::new();
    for input in inputs {
        let mut report = Report::new(lenient);
        let api = codegen::model(input, &mut report);
        eprint!("{}", report.render(std::io::stderr().is_terminal()));
        match api {
            Some(api) if !report.has_errors() => models.push(api),
            _ => return Err(format!("{} cannot be compared", input.document.display()).into()),
        }
    }
    Ok(models)
}

/// Writes the specifications of a commit into a folder, and says which there are.
///
/// # Errors
///
/// Where there is no such commit, or it has no specifications.
pub fn committed_at(root: &Path, commit: &str, folder: &Path) -> Result<Vec<Input>, Problem> {
    if commit.starts_with('-') {
        return Err(format!("`{commit}` is no commit").into());
    }
    let list = git(
        root,
        &["ls-tree", "-r", "-z", "--name-only", commit, "--", "specs"],
    )?;
    for name in list
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
    {
        let name = std::str::from_utf8(name)?;
        let content = git(root, &["show", &format!("{commit}:{name}")])?;
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, content)?;
    }
    let specs = folder.join("specs");
    if !specs.is_dir() {
        return Err(format!("the commit `{commit}` has no specs").into());
    }
    Ok(targets::inputs(&specs)?)
}

fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Problem> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .map_err(|error| format!("git cannot be run: {error}"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let told = String::from_utf8_lossy(&output.stderr);
        Err(format!("git {}: {}", arguments.join(" "), told.trim()).into())
    }
}
