//! The arguments of the command.

use std::{env, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use sdk_openapi::diagnostics::ErrorKind;

use crate::{
    changes,
    exit::EXIT_CODES,
    init,
    library::Strictness,
    terminal::{MessageFormat, Terminal},
    vendor,
};

/// Generates Rust clients from OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "openapi-sdk", version, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// The folder of specifications; by default `specs` here or in the nearest folder above.
    #[arg(long, value_name = "DIR", global = true)]
    pub specs: Option<PathBuf>,
    /// Print errors only.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print the path of each file that is written.
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// The form of messages.
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        global = true,
        default_value_t
    )]
    pub message_format: MessageFormat,
}

impl Arguments {
    /// Where messages go.
    pub fn terminal(&self) -> Terminal {
        Terminal {
            quiet: self.quiet,
            verbose: self.verbose,
            format: self.message_format,
        }
    }
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add an API to the project: configuration, document, generated crate.
    Init(init::Args),
    /// Generate the crates of the project, or a crate from one document.
    #[command(visible_alias = "generate")]
    Codegen(Codegen),
    /// Fetch a new version of a document, generate from it, and print what changes for callers.
    Vendor(vendor::Args),
    /// Compare two versions of documents: what changes for callers.
    Changes(changes::Args),
    /// Print the completion script of a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// The arguments of `codegen`.
#[derive(Debug, Args)]
pub struct Codegen {
    /// Write nothing: print how the files differ, and exit with 1 if they do.
    #[arg(long)]
    pub check: bool,
    /// Print the result of a stage instead of writing files.
    #[arg(long, value_name = "STAGE", conflicts_with = "check")]
    pub emit: Option<Stage>,
    /// Repair recoverable errors, omit what cannot be expressed, and list both.
    #[arg(long)]
    pub lenient: bool,
    /// Accept one kind of recoverable error, by the name that diagnostics print. Repeatable.
    #[arg(long, value_name = "KIND")]
    pub allow: Vec<ErrorKind>,
    /// Print the JSON schema of codegen.yaml, and do nothing else.
    #[arg(long)]
    pub print_schema: bool,
    /// One OpenAPI document, JSON or YAML: a file, an http(s) address, `npm:PACKAGE`, or `-` for the
    /// standard input.
    #[arg(long, value_name = "FILE|URL|-")]
    pub spec: Option<String>,
    /// The folder of the crate to generate from it.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub out: Option<PathBuf>,
    /// The name of its API; by default the name of the file.
    #[arg(long, requires = "spec")]
    pub name: Option<String>,
    /// The codegen.yaml to use for it.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub config: Option<PathBuf>,
    /// Overlays to apply to it, in order.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub overlay: Vec<PathBuf>,
    /// Include operations with this extension, even if the configuration excludes them.
    #[arg(long, value_name = "EXTENSION")]
    pub include: Vec<String>,
}

impl Codegen {
    /// Which recoverable errors are warnings.
    pub(crate) fn strictness(&self) -> Strictness {
        Strictness {
            lenient: self.lenient,
            allow: self.allow.clone(),
        }
    }
}

/// A stage of generating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// The operation model, as JSON.
    Model,
}

/// The command as its user types it. A wrapper, such as `cargo xtask`, sets the variable.
pub fn program() -> String {
    env::var("OPENAPI_SDK_PROGRAM").unwrap_or_else(|_| "openapi-sdk".to_owned())
}
