//! `cargo xtask changes`: compares two sets of documents and writes a report.

mod locations;
mod sides;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use sdk_changes::{
    Format, Report,
    report::{Bump, Detail, Locations, NoLocations, ignore::IgnoreFile},
    version,
};

use locations::FileLocations;
pub use sides::{Side, inputs, models, read as sides};
pub(crate) use sides::{committed_at, git, has_overlay_errors_only};

/// The arguments of `cargo xtask changes`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Args {
    /// The old side: a document, a folder of one API (`specs/clerk`), or a folder of such folders.
    #[arg(requires = "new", conflicts_with = "base")]
    pub old: Option<PathBuf>,
    /// The new side.
    pub new: Option<PathBuf>,
    /// Compare the specifications of this Git commit with those of the working tree.
    #[arg(long, value_name = "GIT-REF", default_value = "HEAD")]
    pub base: String,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// List each changed description with its old and new text.
    #[arg(long)]
    pub docs: bool,
    /// What the paths in links begin with: the address of the repository's files.
    #[arg(long, value_name = "URL")]
    pub links: Option<String>,
    /// A YAML file of changes to ignore: `ignore: [{ id: …, reason: … }]`.
    #[arg(long, value_name = "FILE")]
    pub ignore: Option<PathBuf>,
    /// Exit with 1 where there is such a change.
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
    /// A change that breaks on the wire.
    WireBreaking,
    /// A change that breaks Rust code that calls the crate.
    RustBreaking,
    /// A change that breaks callers, in Rust or on the wire, where the workspace's version is no
    /// new major one since `--base` (before 1.0, a new minor one).
    UnversionedBreak,
}

/// Why a command failed.
pub type Problem = Box<dyn Error + Send + Sync>;

/// A comparison.
pub struct Compared {
    /// What differs.
    pub report: Report,
    /// Whether actions of overlays failed: the comparison leaves them out.
    pub has_errors: bool,
    locations: Option<FileLocations>,
}

impl Compared {
    /// The report in the requested form.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn render(&self, arguments: &Args) -> Result<String, Problem> {
        let locations: &dyn Locations = match &self.locations {
            Some(locations) => locations,
            None => &NoLocations,
        };
        let detail = Detail {
            docs: arguments.docs,
            links: arguments.links.as_deref().unwrap_or_default(),
            locations,
        };
        self.report.render(arguments.format, &detail)
    }
}

/// Reads both sides and compares them.
///
/// # Errors
///
/// Where a side cannot be read or has errors, which are reported, or the ignore file is wrong.
pub fn run(root: &Path, arguments: &Args) -> Result<Compared, Problem> {
    let [before, after] = sides(root, arguments)?;
    let report = sdk_changes::compare(&before.apis, &after.apis);
    let report = match &arguments.ignore {
        Some(path) => ignoring(report, path)?,
        None => report,
    };
    let has_errors = before.has_errors || after.has_errors;
    let generated = arguments
        .old
        .is_none()
        .then(|| root.join("generated"))
        .filter(|folder| folder.is_dir());
    Ok(Compared {
        report,
        has_errors,
        locations: Some(FileLocations::new(root, [before, after], generated)),
    })
}

fn ignoring(report: Report, path: &Path) -> Result<Report, Problem> {
    let named = |problem: &dyn std::fmt::Display| format!("{}: {problem}", path.display());
    let text = fs::read_to_string(path).map_err(|error| named(&error))?;
    let file = IgnoreFile::parse(&text).map_err(|problem| named(&problem))?;
    let (report, unused) = report.ignoring(&file);
    for id in unused {
        eprintln!("warning: {}: `{id}` matches no change", path.display());
    }
    Ok(report)
}

/// Why the command fails, where `--fail-on` finds a reason.
///
/// # Errors
///
/// Where a version cannot be read.
pub fn failure(root: &Path, arguments: &Args, report: &Report) -> Result<Option<String>, Problem> {
    let reason = match arguments.fail_on {
        None => None,
        Some(FailOn::Breaking) => (report.breaks_wire() || report.breaks_rust())
            .then(|| "there are breaking changes".to_owned()),
        Some(FailOn::WireBreaking) => report
            .breaks_wire()
            .then(|| "there are changes that break on the wire".to_owned()),
        Some(FailOn::RustBreaking) => report
            .breaks_rust()
            .then(|| "there are changes that break in Rust".to_owned()),
        Some(FailOn::UnversionedBreak) if arguments.old.is_some() => {
            return Err(
                "documents have no version of the crate: unversioned-break needs --base".into(),
            );
        }
        Some(FailOn::UnversionedBreak) => unversioned(root, &arguments.base, report.verdict.bump)?,
    };
    Ok(reason)
}

fn unversioned(root: &Path, base: &str, needed: Bump) -> Result<Option<String>, Problem> {
    let manifest = format!("{base}:Cargo.toml");
    let old = String::from_utf8(git(root, &["show", &manifest])?)?;
    let new = fs::read_to_string(root.join("Cargo.toml"))?;
    Ok(version::unversioned(
        needed,
        version::of_workspace(&old)?,
        version::of_workspace(&new)?,
    ))
}
