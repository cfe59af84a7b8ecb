//! Trims an upstream document to the selected operations and what they reach.
//!
//! `cargo xtask vendor <api> <file>` writes `specs/<api>/openapi.yaml`, in the upstream's order
//! and without our overlay, and `specs/<api>/source.yaml`, which says where it comes from.

mod facts;
pub mod literal;
mod record;
mod select;
mod trim;
mod write;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::config::Config;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Sources};
use crate::spec::{RawDocument, Source};

pub use record::SourceRecord;
pub use select::selects;

/// The arguments of `cargo xtask vendor`.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The API: a folder in `specs`.
    pub api: String,
    /// The upstream document.
    pub file: PathBuf,
    /// The repository that publishes it: `owner/name`.
    #[arg(long)]
    pub repository: Option<String>,
    /// Its path in the repository.
    #[arg(long, value_name = "PATH")]
    pub source_file: Option<String>,
    /// The commit.
    #[arg(long)]
    pub revision: Option<String>,
    /// Where it is downloaded from.
    #[arg(long)]
    pub url: Option<String>,
    /// The SPDX identifier of its licence.
    #[arg(long)]
    pub licence: Option<String>,
    /// Refuse a document with another checksum.
    #[arg(long, value_name = "HEX")]
    pub sha256: Option<String>,
}

/// What was made of an upstream document, not yet written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vendored {
    /// The text of `openapi.yaml`.
    pub openapi: String,
    /// The text of `source.yaml`.
    pub source: String,
    /// How many operations were taken.
    pub operations: usize,
}

impl Vendored {
    /// Writes both files into the API's folder, each as a whole or not at all.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        write::write(
            folder,
            &[
                ("openapi.yaml", &self.openapi),
                ("source.yaml", &self.source),
            ],
        )
    }
}

/// Runs `cargo xtask vendor`: reads, trims, writes into `specs/<api>`. None, and nothing written,
/// where there is an error in `diagnostics`.
pub fn run(
    args: &Args,
    specs: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Vendored> {
    let folder = specs.join(&args.api);
    let plain_name = args
        .api
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if args.api.is_empty() || !plain_name {
        diagnostics.push(
            Diagnostic::error(
                Place::None,
                format!("`{}` cannot be an API's name", args.api),
            )
            .help("it is a folder's name of letters, digits, `_` and `-`"),
        );
        return None;
    }
    let config = config(&folder.join("codegen.yaml"), diagnostics)?;
    let previous = SourceRecord::read(&folder.join("source.yaml"), diagnostics)?;
    let source = match Source::read(&args.file) {
        Ok(source) => source,
        Err(problem) => {
            diagnostics.push(problem);
            return None;
        }
    };
    let record = SourceRecord {
        repository: args.repository.clone().or(previous.repository),
        file: args.source_file.clone().or(previous.file),
        revision: args.revision.clone().or(previous.revision),
        url: args.url.clone().or(previous.url),
        licence: args.licence.clone().or(previous.licence),
        version: String::new(),
        sha256: record::sha256(&source.bytes),
    };
    if let Some(expected) = args.sha256.as_deref()
        && !expected.eq_ignore_ascii_case(&record.sha256)
    {
        let message = format!("the checksum differs: this is {}", record.sha256);
        diagnostics.push(Diagnostic::error(args.file.as_path(), message));
        return None;
    }
    let vendored = vendor(&args.api, source, &config, record, sources, diagnostics)?;
    if let Err(error) = vendored.write(&folder) {
        let message = format!("cannot be written: {error}");
        diagnostics.push(Diagnostic::error(folder.as_path(), message));
        return None;
    }
    Some(vendored)
}

/// Trims a document as `config` says. None where there is an error in `diagnostics`.
pub fn vendor(
    api: &str,
    source: Source,
    config: &Config,
    mut record: SourceRecord,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Vendored> {
    let raw = RawDocument::read(source, sources, diagnostics)?;
    let mut tree = raw.tree;
    let operations = trim::trim(&mut tree, config, diagnostics);
    if config.vendor.facts_only {
        facts::keep_facts(&mut tree);
    }
    if diagnostics.has_errors() {
        return None;
    }
    let version = tree.get("info").and_then(|info| info.get("version"));
    record.version = version
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let header =
        format!("# Written by `cargo xtask vendor {api}`; what we change is in overlay.yaml.\n");
    let (body, notes) = match (serde_yaml::to_string(&tree), serde_yaml::to_string(&record)) {
        (Ok(body), Ok(notes)) => (body, notes),
        (Err(error), _) | (_, Err(error)) => {
            diagnostics.push(Diagnostic::error(
                Place::None,
                format!("cannot be written: {error}"),
            ));
            return None;
        }
    };
    Some(Vendored {
        openapi: format!("{header}{body}"),
        source: format!("# Written by `cargo xtask vendor {api}`.\n{notes}"),
        operations,
    })
}

/// Reads `codegen.yaml`; without the file everything is taken.
fn config(path: &Path, diagnostics: &mut Diagnostics) -> Option<Config> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Some(Config::default());
        }
        Err(error) => {
            diagnostics.push(Diagnostic::error(path, format!("cannot be read: {error}")));
            return None;
        }
    };
    match serde_yaml::from_str(&text) {
        Ok(config) => Some(config),
        Err(error) => {
            diagnostics.push(Diagnostic::error(path, error.to_string()));
            None
        }
    }
}

#[cfg(test)]
mod tests;
