//! The arguments of `cargo xtask`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::compare;
use crate::vendor;

/// Generates and looks after the session-sdk crate.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `cargo xtask` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate the committed crates (`generated/` from `specs/`, and the golden crate of the
    /// tests), or any crate from one document.
    Codegen(Codegen),
    /// Take a new upstream document: trim it, generate the SDK of it, tell what changes.
    Vendor(vendor::Args),
    /// Compare two operation models: what differs, and what it means to callers.
    Changes(compare::Args),
}

/// The arguments of `cargo xtask codegen`.
#[derive(Debug, Args)]
pub struct Codegen {
    /// Write nothing: compare, show the difference, and exit with 1 where there is one.
    #[arg(long)]
    pub check: bool,
    /// Print a stage's result instead of writing files.
    #[arg(long, value_name = "STAGE", conflicts_with = "check")]
    pub emit: Option<Stage>,
    /// Repair what has one obvious meaning, leave out what cannot be expressed, and list both.
    #[arg(long)]
    pub lenient: bool,
    /// A document of your own, OpenAPI 3.0 or 3.1, JSON or YAML.
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,
    /// The folder of the crate to generate from it.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub out: Option<PathBuf>,
    /// What to call the API; the file's name otherwise.
    #[arg(long, requires = "spec")]
    pub name: Option<String>,
    /// The codegen.yaml to use for it.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub config: Option<PathBuf>,
    /// Overlays to apply to it, in order.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub overlay: Vec<PathBuf>,
    /// Take operations with this extension, though the configuration leaves them out.
    #[arg(long, value_name = "EXTENSION")]
    pub include: Vec<String>,
}

/// A stage of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// The operation model, as JSON.
    Model,
}
