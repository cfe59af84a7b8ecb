//! The arguments of the tasks.

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use crate::{bench, corpus, load, semver};

/// Measures and tests this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Arguments {
    #[command(subcommand)]
    pub task: Task,
}

/// What to run.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Compare with the findings of `cargo semver-checks`.
    Semver(semver::Args),
    /// Lint and test each Cargo feature alone, none, and all together.
    Features,
    /// Generate every document of a folder, and list the result of each.
    Corpus(corpus::Args),
    /// Measure generating, compiling and calling, in a release build.
    Bench(bench::Args),
    /// Make very many calls against a server that fails a tenth of them.
    Load(load::Args),
    /// Open the page of a change report in Chromium, filter it and find an entry.
    Browser,
    /// Run the tests against independent servers, on loopback.
    Conformance {
        /// Arguments of the test binary.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}
