//! What there is to generate: which documents become which crate.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sdk_generator::render::Package;

/// A crate to generate.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its APIs.
    pub inputs: Vec<Input>,
    /// What it is called.
    pub package: Package,
    /// Its folder.
    pub folder: PathBuf,
}

/// An API to generate: where its parts are.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name: the module and the feature.
    pub name: String,
    /// The OpenAPI document.
    pub document: PathBuf,
    /// The overlays, in order.
    pub overlays: Vec<PathBuf>,
    /// `codegen.yaml`.
    pub config: Option<PathBuf>,
    /// `changelog.md`, where the API has one.
    pub changelog: Option<PathBuf>,
    /// Extensions whose operations are taken although the configuration leaves them out.
    pub include: Vec<String>,
}

impl Input {
    /// An API that is only a document.
    pub fn new(name: impl Into<String>, document: impl Into<PathBuf>) -> Self {
        Self {
            name: name.into(),
            document: document.into(),
            overlays: Vec::new(),
            config: None,
            changelog: None,
            include: Vec::new(),
        }
    }
}

/// The APIs of a folder of specifications: its folders that hold a document, sorted by name.
///
/// # Errors
///
/// Where the folder cannot be read.
pub fn inputs(specs: &Path) -> io::Result<Vec<Input>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(specs)? {
        let folder = entry?.path();
        if folder.join("openapi.yaml").is_file() {
            folders.push(folder);
        }
    }
    folders.sort();
    Ok(folders.iter().filter_map(|path| folder(path)).collect())
}

/// The API of one folder; none where it holds no document.
pub fn folder(folder: &Path) -> Option<Input> {
    let name = folder.canonicalize().ok()?;
    let input = input(folder, name.file_name()?.to_str()?);
    input.document.is_file().then_some(input)
}

/// The API that a folder holds, or will hold.
pub fn input(folder: &Path, name: &str) -> Input {
    let existing = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
    Input {
        name: name.to_owned(),
        document: folder.join("openapi.yaml"),
        overlays: existing("overlay.yaml").into_iter().collect(),
        config: existing("codegen.yaml"),
        changelog: existing("changelog.md"),
        include: Vec::new(),
    }
}

/// The name of a crate with one API: `<name>-sdk`, in the letters that cargo allows.
pub fn package_name(api: &str) -> String {
    let letters: String = api
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let name = letters
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    match name.chars().next() {
        None => "api-sdk".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("api-{name}-sdk"),
        Some(_) => format!("{name}-sdk"),
    }
}
