//! `cargo xtask load`: very many calls against a server that fails a tenth of them.

use std::{env, ffi::OsString, io, path::Path, process::Command};

/// How much is asked of the client.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many calls are made.
    #[arg(long, default_value_t = 50_000)]
    pub calls: usize,
    /// How many of them at a time.
    #[arg(long, default_value_t = 256)]
    pub concurrency: usize,
}

/// Builds the program of `tests/src/load` for release and runs it. Says whether all was well.
pub fn run(root: &Path, arguments: &Args) -> io::Result<bool> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.current_dir(root);
    command.args(["run", "--quiet", "--release", "--package", "sdk-tests"]);
    command.args(["--bin", "load", "--"]);
    command.args([arguments.calls, arguments.concurrency].map(|number| number.to_string()));
    Ok(command.status()?.success())
}
