//! The documents to measure with: other people's, so they are not in this repository.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use serde_yaml::Value;

use super::Problem;
use openapi_sdk::targets;

/// The folders' names where no argument names them.
const VARIABLES: [&str; 2] = ["SPEC_CORPUS", "SPEC_HISTORY"];

/// A whole document.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// What figures call it.
    pub(super) name: &'static str,
    path: PathBuf,
    overlay: Option<PathBuf>,
    config: Option<PathBuf>,
}

/// Those that were found.
#[derive(Debug, Default)]
pub(super) struct Documents(pub(super) Vec<Document>);

impl Documents {
    /// Looks into the folders, or into those that the environment names.
    pub(super) fn find(root: &Path, out: &Path, folders: &[PathBuf]) -> Result<Self, Problem> {
        let named: Vec<PathBuf> = VARIABLES
            .iter()
            .filter_map(env::var_os)
            .map(PathBuf::from)
            .collect();
        let folders = if folders.is_empty() { &named } else { folders };
        let mut found = Vec::new();
        for (name, path_rule) in [
            ("clerk", DocumentPath::Newest("clerk")),
            ("seam", DocumentPath::Newest("seam")),
            ("github", DocumentPath::File("github-rest.json")),
            ("stripe", DocumentPath::File("stripe.yaml")),
        ] {
            let Some(path) = path_rule.find(folders)? else {
                eprintln!("{name}: no document, not measured");
                continue;
            };
            found.push(Document::new(name, path, root, out)?);
        }
        Ok(Self(found))
    }
}

/// Where a document is below one of the folders.
enum DocumentPath {
    File(&'static str),
    /// The last one of this folder: their names begin with a number.
    Newest(&'static str),
}

impl DocumentPath {
    fn find(&self, folders: &[PathBuf]) -> io::Result<Option<PathBuf>> {
        for folder in folders {
            let found = match self {
                Self::File(name) => Some(folder.join(name)).filter(|path| path.is_file()),
                Self::Newest(name) => newest(&folder.join(name))?,
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}

fn newest(folder: &Path) -> io::Result<Option<PathBuf>> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let files: io::Result<Vec<_>> = fs::read_dir(folder)?.collect();
    Ok(files?.into_iter().map(|file| file.path()).max())
}

impl Document {
    /// A document with this repository's configuration for its API, where there is one: all of
    /// the document, though the SDK is made of a part.
    fn new(name: &'static str, path: PathBuf, root: &Path, out: &Path) -> Result<Self, Problem> {
        let input = targets::input(&root.join("specs").join(name), name);
        let config = input.config.map(|config| whole(&config, name, out));
        Ok(Self {
            name,
            path,
            overlay: input.overlays.into_iter().next(),
            config: config.transpose()?,
        })
    }

    /// The document's file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The arguments of `codegen` that make its crate in a folder.
    pub(super) fn arguments(&self, folder: &Path) -> Vec<PathBuf> {
        let mut arguments: Vec<PathBuf> = ["codegen", "--lenient", "--name", self.name, "--spec"]
            .map(PathBuf::from)
            .into();
        arguments.extend([self.path.clone(), "--out".into(), folder.to_owned()]);
        for (option, file) in [("--overlay", &self.overlay), ("--config", &self.config)] {
            if let Some(file) = file {
                arguments.extend([option.into(), file.clone()]);
            }
        }
        arguments
    }
}

/// A copy of the configuration without its selection.
fn whole(config: &Path, name: &str, out: &Path) -> Result<PathBuf, Problem> {
    let mut value: Value = serde_yaml::from_str(&fs::read_to_string(config)?)?;
    if let Some(members) = value.as_mapping_mut() {
        members.remove("include");
    }
    let copy = out.join(format!("{name}.codegen.yaml"));
    fs::write(&copy, serde_yaml::to_string(&value)?)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_document_is_taken_whole() -> Result<(), Problem> {
        let (folder, out) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        fs::create_dir(folder.path().join("clerk"))?;
        for name in ["clerk/01-a.yml", "clerk/02-b.yml", "stripe.yaml"] {
            fs::write(folder.path().join(name), "")?;
        }
        let found = Documents::find(&root, out.path(), &[folder.path().to_owned()])?;
        let names: Vec<_> = found.0.iter().map(|document| document.name).collect();
        assert_eq!(names, ["clerk", "stripe"]);
        let clerk = found.0.first().ok_or("there is one")?;
        assert!(clerk.path.ends_with("clerk/02-b.yml"));
        let config = fs::read_to_string(clerk.config.as_ref().ok_or("there is one")?)?;
        assert!(config.contains("version_header") && !config.contains("include"));
        Ok(())
    }
}
