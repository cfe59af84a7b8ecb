//! Fetches the upstream document, with its repository, revision and URL as far as they are known.

mod address;
mod command;
mod github;
mod npm;
mod web;

use std::{
    ffi::OsStr,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use sdk_openapi::{
    Source,
    diagnostics::{Diagnostic, Location},
};

use address::Address;
use github::RawFile;

/// What a document must keep to.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// The most bytes that it may have.
    pub most_bytes: u64,
    /// Whether it may come by http from another machine.
    pub allow_http: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            most_bytes: 64 << 20,
            allow_http: false,
        }
    }
}

/// A document as it came.
#[derive(Debug, Clone, Default)]
pub(super) struct Fetched {
    /// What diagnostics call it.
    pub(super) name: String,
    /// The file, where it is one of this machine's.
    pub(super) path: Option<PathBuf>,
    pub(super) bytes: Vec<u8>,
    /// Where the newest one will be.
    pub(super) url: Option<String>,
    pub(super) repository: Option<String>,
    /// Its path in the repository or the package.
    pub(super) file: Option<String>,
    /// The commit, or the package's version.
    pub(super) revision: Option<String>,
    /// What could not be found out.
    pub(super) warning: Option<String>,
}

/// Fetches a document: `npm:PACKAGE`, an http(s) address, or a file. `file` is the one to take of
/// a package.
pub(super) fn fetch(from: &str, file: Option<&str>, rules: &Rules) -> Result<Fetched, String> {
    if let Some(package) = from.strip_prefix("npm:") {
        return from_npm(package, file, rules);
    }
    if from.contains("://") {
        return from_web(&Address::parse(from)?, rules);
    }
    let path = Path::new(from);
    Ok(Fetched {
        name: from.to_owned(),
        bytes: read(path, rules)?,
        path: Some(path.to_owned()),
        ..Fetched::default()
    })
}

/// A document from an http(s) address or a package.
pub(crate) fn document(from: &str, rules: &Rules) -> Result<Source, Diagnostic> {
    let location = || Location::File(from.to_owned());
    let fetched =
        fetch(from, None, rules).map_err(|message| Diagnostic::error(location(), message))?;
    Ok(Source::from_bytes(fetched.name, fetched.bytes))
}

fn from_npm(package: &str, file: Option<&str>, rules: &Rules) -> Result<Fetched, String> {
    let packed = npm::fetch(OsStr::new("npm"), package, file, rules)?;
    let end = package.rfind('@').filter(|at| *at > 0);
    let name = end.and_then(|at| package.get(..at)).unwrap_or(package);
    Ok(Fetched {
        name: format!("{name}/{}", packed.file),
        bytes: packed.bytes,
        url: Some(format!("npm:{name}")),
        file: Some(packed.file),
        revision: Some(packed.version),
        ..Fetched::default()
    })
}

fn from_web(address: &Address, rules: &Rules) -> Result<Fetched, String> {
    let url = Some(address.to_string());
    let Some(file) = RawFile::of(address) else {
        return Ok(Fetched {
            name: address.to_string(),
            bytes: web::fetch(address, rules)?,
            url,
            ..Fetched::default()
        });
    };
    let (pinned, revision, warning) = match file.commit() {
        Ok(commit) => (file.at(&commit)?, Some(commit), None),
        Err(problem) => (address.clone(), None, Some(problem)),
    };
    Ok(Fetched {
        name: pinned.to_string(),
        bytes: web::fetch(&pinned, rules)?,
        path: None,
        url,
        repository: Some(file.repository),
        file: Some(file.file),
        revision,
        warning,
    })
}

fn read(path: &Path, rules: &Rules) -> Result<Vec<u8>, String> {
    let problem = |error: std::io::Error| format!("cannot be read: {error}");
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(problem)?;
    let most = rules.most_bytes.saturating_add(1);
    file.take(most).read_to_end(&mut bytes).map_err(problem)?;
    if bytes.len() as u64 > rules.most_bytes {
        return Err(too_large(rules.most_bytes));
    }
    Ok(bytes)
}

fn too_large(most: u64) -> String {
    let most = match most >> 20 {
        0 => format!("{most} bytes"),
        mebibytes => format!("{mebibytes} MiB"),
    };
    format!("this is larger than {most}; --most-mib allows more")
}
