//! The project around the current folder: a folder `specs` with one folder for each API.

use std::{
    error::Error,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use sdk_generator::{
    package::{PackageMetadata, Runtime, RuntimeCrate},
    render::Package,
};
use serde::Deserialize;
use toml::Table;

use crate::{
    codegen,
    targets::{self, Input, Target},
};

/// The folder of specifications.
const SPECS: &str = "specs";

/// The optional file in it that describes the generated crate.
pub(crate) const CRATE: &str = "crate.yaml";

/// A folder of specifications, and the crate that is generated from it.
#[derive(Debug, Clone)]
pub struct Project {
    specs: PathBuf,
    file: CrateFile,
}

/// `specs/crate.yaml`. Paths are relative to it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CrateFile {
    package: PackageMetadata,
    /// The folder of the crate; `../generated` by default.
    out: Option<PathBuf>,
    /// Whether the crate is a member of the workspace around it.
    workspace_member: bool,
    /// A runtime that several generated crates share.
    runtime: Option<RuntimeKeys>,
    /// More folders of specifications, each of which makes a crate.
    also: Vec<PathBuf>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuntimeKeys {
    package: String,
    library: String,
    path: String,
}

/// Why a project cannot be used.
#[derive(Debug)]
pub enum ProjectError {
    /// There is no folder of specifications here or above.
    NotFound,
    /// A file of the project is wrong.
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// A file or folder cannot be read.
    Io {
        /// The path.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str(
                "there is no folder `specs` here or in a folder above\n\
                 help: create one with `openapi-sdk init NAME SPEC`, or name one with --specs",
            ),
            Self::Invalid { path, message } => write!(f, "{}: {message}", path.display()),
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl Error for ProjectError {}

impl Project {
    /// The project of the nearest folder with specifications, from the current one upwards.
    ///
    /// # Errors
    ///
    /// Where there is none, or its `crate.yaml` is invalid.
    pub fn find() -> Result<Self, ProjectError> {
        let here = Path::new(".");
        let depth = here.canonicalize().map_err(at(here))?.components().count();
        // Relative paths keep messages short.
        let mut folder = PathBuf::new();
        for _ in 0..depth {
            if folder.join(SPECS).is_dir() {
                return Self::open(folder.join(SPECS));
            }
            folder.push("..");
        }
        Err(ProjectError::NotFound)
    }

    /// The project of a folder, if one is named, or else of the nearest one.
    ///
    /// # Errors
    ///
    /// Where there is none, or its `crate.yaml` is invalid.
    pub fn find_or_open(specs: Option<PathBuf>) -> Result<Self, ProjectError> {
        specs.map_or_else(Self::find, Self::open)
    }

    /// The project of a folder of specifications.
    ///
    /// # Errors
    ///
    /// Where the folder does not exist, or its `crate.yaml` is invalid.
    pub fn open(specs: impl Into<PathBuf>) -> Result<Self, ProjectError> {
        let specs = specs.into();
        fs::read_dir(&specs).map_err(at(&specs))?;
        let path = specs.join(CRATE);
        let file = match fs::read_to_string(&path) {
            Ok(text) => serde_yaml::from_str::<Option<CrateFile>>(&text)
                .map_err(invalid(&path))?
                .unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => CrateFile::default(),
            Err(error) => return Err(at(&path)(error)),
        };
        Ok(Self { specs, file })
    }

    /// The folder of specifications.
    pub fn specs(&self) -> &Path {
        &self.specs
    }

    /// The folder that holds the folder of specifications.
    pub fn root(&self) -> PathBuf {
        match self.specs.parent() {
            Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
            Some(parent) => parent.to_owned(),
            None => self.specs.join(".."),
        }
    }

    /// The crate of this folder.
    ///
    /// # Errors
    ///
    /// Where the folder or the workspace's version cannot be read.
    pub fn target(&self) -> Result<Target, ProjectError> {
        let inputs = targets::inputs(&self.specs).map_err(at(&self.specs))?;
        Ok(Target {
            package: self.package(&inputs)?,
            inputs,
            folder: {
                let out = self.file.out.as_deref();
                join(&self.specs, out.unwrap_or(Path::new("../generated")))
            },
        })
    }

    /// The crate of this folder, and those of the folders that its `crate.yaml` adds.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be read.
    pub fn targets(&self) -> Result<Vec<Target>, ProjectError> {
        let mut targets = vec![self.target()?];
        for also in &self.file.also {
            targets.push(Self::open(join(&self.specs, also))?.target()?);
        }
        Ok(targets)
    }

    fn package(&self, inputs: &[Input]) -> Result<Package, ProjectError> {
        let keys = &self.file.package;
        let name = match (&keys.name, inputs) {
            (Some(name), _) => name.clone(),
            (None, [input]) => targets::package_name(&input.name),
            (None, _) => {
                let root = self.root().canonicalize().map_err(at(&self.specs))?;
                let name = root.file_name().unwrap_or_default().to_string_lossy();
                targets::package_name(&name)
            }
        };
        let runtime = self.file.runtime.as_ref().map(|keys| {
            Runtime::Dependency(RuntimeCrate {
                package: keys.package.clone(),
                library: keys.library.clone(),
                // A string of JSON is one of TOML.
                source: format!("path = {}", serde_json::Value::from(keys.path.as_str())),
            })
        });
        let mut metadata = keys.clone();
        if metadata.version.as_deref() == Some("workspace") {
            metadata.version = Some(self.workspace_version()?);
        }
        let mut package = Package {
            standalone: !self.file.workspace_member,
            runtime: runtime.unwrap_or_default(),
            ..Package::new(name, "0.1.0")
        };
        codegen::add_metadata(&mut package, &metadata, &self.specs.join(CRATE))
            .and_then(|()| codegen::configure_package(&mut package, inputs))
            .map_err(|(path, message)| ProjectError::Invalid { path, message })?;
        Ok(package)
    }

    /// `workspace.package.version` of the nearest workspace.
    fn workspace_version(&self) -> Result<String, ProjectError> {
        let specs = self.specs.canonicalize().map_err(at(&self.specs))?;
        for folder in specs.ancestors() {
            let path = folder.join("Cargo.toml");
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            let manifest: Table = toml::from_str(&text).map_err(invalid(&path))?;
            let version = manifest
                .get("workspace")
                .and_then(|workspace| workspace.get("package")?.get("version")?.as_str());
            if let Some(version) = version {
                return Ok(version.to_owned());
            }
        }
        Err(ProjectError::Invalid {
            path: self.specs.join(CRATE),
            message: "no Cargo.toml above has `workspace.package.version`".to_owned(),
        })
    }
}

/// Joins, and resolves leading `..` against named folders, so that messages stay short.
fn join(folder: &Path, path: &Path) -> PathBuf {
    let mut joined = folder.to_path_buf();
    for part in path.components() {
        let is_named = joined.file_name().is_some();
        if part.as_os_str() == ".." && is_named && !joined.is_symlink() {
            joined.pop();
        } else {
            joined.push(part);
        }
    }
    joined
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> ProjectError {
    let path = path.to_owned();
    move |error| ProjectError::Io { path, error }
}

fn invalid<E: fmt::Display>(path: &Path) -> impl FnOnce(E) -> ProjectError {
    let path = path.to_owned();
    move |error| ProjectError::Invalid {
        path,
        message: error.to_string(),
    }
}
