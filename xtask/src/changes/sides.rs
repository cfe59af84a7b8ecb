//! The two sides of a comparison, and their models.

use std::{fs, io::IsTerminal as _, path::Path, process::Command, thread};

use sdk_model::Api;
use sdk_openapi::diagnostics::{Location, Report, Severity, Sources};

use super::{Args, Problem};
use crate::{
    library::{self, Strictness},
    targets::{self, Input},
};

/// One side of a comparison.
pub struct Side {
    /// The models.
    pub apis: Vec<Api>,
    /// Whether actions of overlays failed.
    pub has_errors: bool,
    /// The texts that the models came from, by API.
    pub(super) sources: Vec<(String, Sources)>,
}

/// Reads the old and the new side.
pub fn read(root: &Path, arguments: &Args) -> Result<[Side; 2], Problem> {
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

/// The documents at a path.
///
/// # Errors
///
/// Where there are none.
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
        return Err(format!("{}: no specification found", path.display()).into());
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
/// Where one has errors, which are reported.
fn both(old: &[Input], new: &[Input], lenient: bool) -> Result<[Side; 2], Problem> {
    thread::scope(|scope| {
        let spawn = |side| {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, move || models(side, lenient))
        };
        let (before, after) = (spawn(old)?, spawn(new)?);
        let ended = |_| Problem::from("a thread of the comparison panicked");
        Ok([
            before.join().map_err(ended)??,
            after.join().map_err(ended)??,
        ])
    })
}

/// Deeply nested documents are read by recursion.
const STACK: usize = 64 << 20;

/// The models of inputs. Actions of overlays that fail are reported and left out.
///
/// # Errors
///
/// Where there is any other error, which is reported.
pub fn models(inputs: &[Input], lenient: bool) -> Result<Side, Problem> {
    let mut side = Side {
        apis: Vec::new(),
        has_errors: false,
        sources: Vec::new(),
    };
    let strictness = Strictness {
        lenient,
        ..Strictness::default()
    };
    for input in inputs {
        let (api, report) = library::read_model(input, None, &strictness);
        eprint!("{}", report.render(std::io::stderr().is_terminal()));
        match api {
            Some(api) if has_overlay_errors_only(input, &report) => {
                side.has_errors |= report.has_errors();
                side.sources
                    .push((api.name.plain().to_owned(), report.sources));
                side.apis.push(api);
            }
            _ => return Err(format!("{} cannot be compared", input.document.display()).into()),
        }
    }
    Ok(side)
}

/// Whether all errors are in the input's overlays: the document itself is read as it is.
pub(crate) fn has_overlay_errors_only(input: &Input, report: &Report) -> bool {
    let overlays: Vec<String> = input
        .overlays
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let errors = report.diagnostics.iter();
    errors
        .filter(|problem| problem.severity == Severity::Error)
        .all(|problem| match &problem.location {
            Location::At(position) => overlays.contains(&position.file),
            Location::File(file) => overlays.contains(file),
            Location::Pointer(_) | Location::None => false,
        })
}

/// Writes the specifications of a commit into a folder and returns them.
///
/// # Errors
///
/// Where there is no such commit, or it has no specifications.
pub(crate) fn committed_at(
    root: &Path,
    commit: &str,
    folder: &Path,
) -> Result<Vec<Input>, Problem> {
    if commit.starts_with('-') {
        return Err(format!("`{commit}` is not a commit").into());
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

pub(crate) fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Problem> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .map_err(|error| format!("git cannot be run: {error}"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let message = String::from_utf8_lossy(&output.stderr);
        Err(format!("git {}: {}", arguments.join(" "), message.trim()).into())
    }
}
