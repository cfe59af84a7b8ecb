//! Takes a new upstream document.
//!
//! `cargo xtask vendor <api>` fetches it, trims it to the selected operations and what they reach,
//! generates the whole crate of it in memory, and compares the models. Only where all of that
//! succeeds is anything written: `specs/<api>/openapi.yaml` with sorted components and without
//! our overlay, `source.yaml`, which names its origin, the entry of `changelog.md`, and
//! `generated/`.

mod document;
mod entry;
mod facts;
pub(crate) mod fetch;
pub mod literal;
mod record;
mod trim;
mod update;

use std::path::Path;

use crate::changes::Problem;
use crate::config_file;
use crate::project::Project;
use sdk_generator::config::Config;
use sdk_openapi::diagnostics::{Diagnostic, Diagnostics, Location, Report, Sources};

pub use document::{Vendored, vendor};
use fetch::Fetched;
pub use fetch::Rules;
use record::RECORD;
pub use record::SourceRecord;
pub use update::Update;

/// How large a document may be by default, in MiB.
pub const MOST_MIB: u16 = 64;

/// The arguments of `cargo xtask vendor`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Args {
    /// The API: a folder in `specs`.
    pub api: String,
    /// The upstream document: a file, an http(s) address, or `npm:PACKAGE`. Without it, what
    /// `source.yaml` says.
    #[arg(value_name = "FILE|URL|npm:PACKAGE")]
    pub from: Option<String>,
    /// The repository that publishes it: `owner/name`.
    #[arg(long)]
    pub repository: Option<String>,
    /// Its path in the repository or the package.
    #[arg(long, value_name = "PATH")]
    pub source_file: Option<String>,
    /// The commit, or the package's version.
    #[arg(long)]
    pub revision: Option<String>,
    /// What is read without FILE|URL: an http(s) address, or `npm:PACKAGE`.
    #[arg(long)]
    pub url: Option<String>,
    /// The SPDX identifier of its license.
    #[arg(long)]
    pub license: Option<String>,
    /// Refuse a document with another checksum.
    #[arg(long, value_name = "HEX")]
    pub sha256: Option<String>,
    /// Refuse a larger document, in MiB.
    #[arg(long, value_name = "N", default_value_t = MOST_MIB)]
    pub most_mib: u16,
    /// Take http from other machines too, which anyone on the way can change.
    #[arg(long)]
    pub allow_http: bool,
}

impl Args {
    fn rules(&self) -> Rules {
        Rules {
            most_bytes: u64::from(self.most_mib) << 20,
            allow_http: self.allow_http,
        }
    }
}

/// Fetches a document and generates the crate of a project from it. None, and nothing written, where a
/// document has errors; `report_to` got them.
///
/// # Errors
///
/// Where something other than a document is wrong; nothing is written then either.
pub fn run(
    args: &Args,
    project: &Project,
    report_to: &mut dyn FnMut(&Report),
) -> Result<Option<Update>, Problem> {
    let mut report = Report::new(false);
    let taken = take(args, project.specs(), &mut report);
    report_to(&report);
    match taken {
        Some((vendored, previous)) => {
            update::update(project, args, &vendored, &previous, report_to)
        }
        None => Ok(None),
    }
}

/// Fetches and trims; returns also the previous `source.yaml`.
fn take(args: &Args, specs: &Path, report: &mut Report) -> Option<(Vendored, SourceRecord)> {
    let Report {
        sources,
        diagnostics,
    } = report;
    if let Err(message) = check_name(&args.api) {
        diagnostics.push(Diagnostic::error(Location::None, message));
        return None;
    }
    let folder = specs.join(&args.api);
    let config = config(&folder.join("codegen.yaml"), sources, diagnostics)?;
    let previous = SourceRecord::read(&folder.join(RECORD), diagnostics)?;
    let fetched = fetch(args, &previous, &folder, diagnostics)?;
    let sha256 = record::sha256(&fetched.bytes);
    if let Some(expected) = args.sha256.as_deref()
        && !expected.eq_ignore_ascii_case(&sha256)
    {
        let message = format!("the SHA-256 checksum is {sha256}, expected {expected}");
        let problem = Diagnostic::error(Location::File(fetched.name.clone()), message);
        diagnostics.push(match truncation(&fetched.bytes) {
            Some(reason) => problem.help(reason),
            None => problem.help("fetch it again, or check what changed upstream"),
        });
        return None;
    }
    let record = record(args, previous.clone(), &fetched, sha256);
    let name = fetched.name.clone();
    let truncation = truncation(&fetched.bytes);
    let source = document::source(fetched, sources, diagnostics)?;
    let vendored = vendor(&args.api, source, &config, record, sources, diagnostics);
    if let (None, Some(reason)) = (&vendored, truncation) {
        diagnostics.push(Diagnostic::warning(Location::File(name), reason));
    }
    Some((vendored?, previous))
}

/// Why a document seems to lack its end, if it does.
fn truncation(bytes: &[u8]) -> Option<String> {
    let text = bytes.trim_ascii();
    let length = bytes.len();
    let is_json = text.starts_with(b"{");
    if text.is_empty() {
        Some("the document is empty".to_owned())
    } else if is_json && !text.ends_with(b"}") {
        Some(format!(
            "the document may be truncated: it ends after {length} bytes without `}}`"
        ))
    } else if !is_json && !bytes.ends_with(b"\n") {
        Some(format!(
            "the document may be truncated: it ends after {length} bytes inside a line"
        ))
    } else {
        None
    }
}

/// Refuses a name that is not one folder.
///
/// # Errors
///
/// With the message.
pub(crate) fn check_name(api: &str) -> Result<(), String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !api.is_empty() && api.chars().all(is_allowed) {
        return Ok(());
    }
    Err(format!(
        "`{api}` cannot be the name of an API: use letters, digits, `_` and `-`"
    ))
}

/// Fetches what the arguments name, or else what `source.yaml` does.
fn fetch(
    args: &Args,
    previous: &SourceRecord,
    folder: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Fetched> {
    let Some(from) = args.from.as_deref().or(previous.url.as_deref()) else {
        let location = Location::from(folder.join("source.yaml").as_path());
        let problem = Diagnostic::error(location, "there is no `url` to read the document from");
        let help = format!(
            "`cargo xtask vendor {} FILE|URL|npm:PACKAGE` names one",
            args.api
        );
        diagnostics.push(problem.help(help));
        return None;
    };
    let file = match (&args.source_file, &args.from) {
        // The path that is known is that of the source that is known.
        (None, None) => previous.file.as_deref(),
        (file, _) => file.as_deref(),
    };
    match fetch::fetch(from, file, &args.rules()) {
        Ok(fetched) => {
            let warning = fetched.warning.as_ref();
            let location = || Location::File(fetched.name.clone());
            diagnostics.extend(warning.map(|text| Diagnostic::warning(location(), text.as_str())));
            Some(fetched)
        }
        Err(problem) => {
            diagnostics.push(Diagnostic::error(Location::File(from.to_owned()), problem));
            None
        }
    }
}

/// Where the document comes from: the arguments, the response of its server, and the
/// previous record.
fn record(args: &Args, previous: SourceRecord, fetched: &Fetched, sha256: String) -> SourceRecord {
    let first = |argument: &Option<String>, fetched: &Option<String>, before: Option<String>| {
        argument.clone().or_else(|| fetched.clone()).or(before)
    };
    // The same document keeps its revision, however many commits later it is seen again; another
    // one does not.
    let is_same = previous.sha256 == sha256;
    let revision = match (&args.revision, previous.revision) {
        (None, Some(revision)) if is_same => Some(revision),
        (argument, _) => argument.clone().or_else(|| fetched.revision.clone()),
    };
    SourceRecord {
        repository: first(&args.repository, &fetched.repository, previous.repository),
        file: first(&args.source_file, &fetched.file, previous.file),
        revision,
        url: first(&args.url, &fetched.url, previous.url),
        license: args.license.clone().or(previous.license),
        version: String::new(),
        sha256,
    }
}

/// Reads `codegen.yaml`; without the file everything is selected.
fn config(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Config> {
    if !path.exists() {
        return Some(Config::default());
    }
    let (config, _) = config_file::read(path, sources, diagnostics)?;
    Some(config)
}

#[cfg(test)]
mod tests;
