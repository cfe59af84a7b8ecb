//! What a crate is made of besides its APIs.

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
