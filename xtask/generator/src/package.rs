//! The package of the generated crate: what it contains besides its APIs.

use schemars::JsonSchema;
use sdk_model::Api;
use serde::{Deserialize, Serialize};

/// The package of the generated crate.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// The name: `session-sdk`.
    pub name: String,
    pub version: String,
    /// Whether its manifest is the root of a workspace, so that it joins no other.
    pub standalone: bool,
    /// Where its runtime is.
    pub runtime: Runtime,
    /// Its settings in codegen.yaml.
    pub metadata: PackageMetadata,
    /// The text of the license file.
    pub license_text: Option<String>,
}

impl Package {
    /// A package without metadata whose runtime is copied.
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: version.into(),
            ..Self::default()
        }
    }

    /// The crate's name in code: `session_sdk`.
    pub fn library(&self) -> String {
        self.name.replace('-', "_")
    }

    /// The path of an API's module in code: the crate's, if the crate is flat.
    pub(crate) fn module_path(&self, api: &Api) -> String {
        match self.metadata.flat {
            true => self.library(),
            false => format!("{}::{}", self.library(), api.name),
        }
    }

    /// Takes the metadata of an API's configuration.
    ///
    /// # Errors
    ///
    /// Returns the key that another API's configuration sets to another value.
    pub fn configure(&mut self, metadata: &PackageMetadata) -> Result<(), &'static str> {
        let own = &mut self.metadata;
        merge(&mut own.name, &metadata.name, "name")?;
        merge(&mut own.version, &metadata.version, "version")?;
        merge(&mut own.description, &metadata.description, "description")?;
        merge(&mut own.license, &metadata.license, "license")?;
        merge(
            &mut own.license_file,
            &metadata.license_file,
            "license_file",
        )?;
        merge(&mut own.repository, &metadata.repository, "repository")?;
        merge(&mut own.homepage, &metadata.homepage, "homepage")?;
        merge(
            &mut own.documentation,
            &metadata.documentation,
            "documentation",
        )?;
        merge(
            &mut own.rust_version,
            &metadata.rust_version,
            "rust_version",
        )?;
        for (own, more) in [
            (&mut own.keywords, &metadata.keywords),
            (&mut own.categories, &metadata.categories),
        ] {
            own.extend(
                more.iter()
                    .filter(|it| !own.contains(it))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
        }
        own.publish |= metadata.publish;
        own.flat |= metadata.flat;
        if let Some(name) = &own.name {
            self.name.clone_from(name);
        }
        if let Some(version) = &own.version {
            self.version.clone_from(version);
        }
        Ok(())
    }
}

fn merge(
    own: &mut Option<String>,
    other: &Option<String>,
    key: &'static str,
) -> Result<(), &'static str> {
    match (own.as_ref(), other) {
        (Some(own), Some(other)) if own != other => Err(key),
        (None, Some(_)) => {
            own.clone_from(other);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The metadata of the package, as `package:` of codegen.yaml has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PackageMetadata {
    /// The package's name; `<api>-sdk` by default.
    pub name: Option<String>,
    /// The package's version; 0.1.0 by default.
    pub version: Option<String>,
    /// One sentence about the package.
    pub description: Option<String>,
    /// An SPDX license expression.
    pub license: Option<String>,
    /// The license's text, relative to codegen.yaml. The package gets a copy as `LICENSE`.
    pub license_file: Option<String>,
    /// The URL of the source repository.
    pub repository: Option<String>,
    /// The URL of the project's home page.
    pub homepage: Option<String>,
    /// The URL of the documentation.
    pub documentation: Option<String>,
    /// At most five, as crates.io takes them.
    pub keywords: Vec<String>,
    /// Category slugs of crates.io.
    pub categories: Vec<String>,
    /// The oldest supported Rust version; the runtime's by default.
    pub rust_version: Option<String>,
    /// Whether the package may be published; otherwise its manifest says `publish = false`.
    pub publish: bool,
    /// Whether the crate exports the items of its only API at its root: `petstore_sdk::Client`.
    pub flat: bool,
}

/// Where the runtime of a crate is.
#[derive(Debug, Clone, Default)]
pub enum Runtime {
    /// Its sources are part of the crate.
    #[default]
    Copied,
    /// In a crate that several generated ones share.
    Dependency(RuntimeCrate),
}

/// A runtime that is a crate of its own.
#[derive(Debug, Clone)]
pub struct RuntimeCrate {
    /// Its name as a dependency.
    pub package: String,
    /// Its name in code.
    pub library: String,
    /// Where cargo finds it, as in a manifest: `version = "0.1"`, `path = "../runtime"`.
    pub source: String,
}
