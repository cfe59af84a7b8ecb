//! From the upstream document's bytes to the facts that are kept of it.

use serde_json::Value;

use super::{
    SourceRecord, facts,
    fetch::Fetched,
    literal,
    trim::{self, Trimmed},
};
use sdk_generator::config::Config;
use sdk_model::Omission;
use sdk_openapi::diagnostics::{Diagnostic, Diagnostics, Location, Sources, sanitize};
use sdk_openapi::{RawDocument, Source};

/// What was made of an upstream document, not yet written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vendored {
    /// The text of `openapi.yaml`.
    pub openapi: String,
    /// The text of `source.yaml`.
    pub source: String,
    /// What it says.
    pub record: SourceRecord,
    /// How many operations were taken.
    pub operations: usize,
    /// The operations that an extension excludes.
    pub excluded: Vec<Omission>,
}

/// The document that was fetched; of a module, the data that it exports. None where there is an
/// error in `diagnostics`.
pub(super) fn source(
    fetched: Fetched,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Source> {
    let is_module = [".js", ".mjs", ".ts"]
        .iter()
        .any(|end| fetched.name.ends_with(end));
    if !is_module {
        return Some(Source {
            name: fetched.name,
            bytes: fetched.bytes,
            path: fetched.path,
        });
    }
    let Ok(text) = String::from_utf8(fetched.bytes) else {
        let location = Location::File(fetched.name);
        diagnostics.push(Diagnostic::error(location, "this is not UTF-8"));
        return None;
    };
    match literal::read(&text) {
        Ok(value) => Some(Source {
            name: format!("{} (its data)", fetched.name),
            bytes: value.to_string().into_bytes(),
            path: None,
        }),
        Err(problem) => {
            let number = sources.add(&fetched.name, text);
            let position = sources.position_of_line(number, problem.line, problem.column);
            let location = position.map_or(Location::File(fetched.name), Location::from);
            diagnostics.push(Diagnostic::error(location, sanitize(&problem.message)));
            None
        }
    }
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
    let Trimmed {
        operations,
        excluded,
    } = trim::trim(&mut tree, config, diagnostics);
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
            let message = format!("cannot be written: {error}");
            diagnostics.push(Diagnostic::error(Location::None, message));
            return None;
        }
    };
    Some(Vendored {
        openapi: format!("{header}{body}"),
        source: format!("# Written by `cargo xtask vendor {api}`.\n{notes}"),
        record,
        operations,
        excluded,
    })
}
