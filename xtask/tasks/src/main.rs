//! What only this repository runs.

use std::{
    error::Error,
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser as _;
use xtask_tasks::{
    arguments::{Arguments, Task},
    bench::{
        self,
        reference::{self, PARSE_FILE},
    },
    browser, conformance, corpus, features, load, semver,
    timing::{TIMING_FILE, time_compiler},
};

type Problem = Box<dyn Error + Send + Sync>;

/// Generating is many small allocations: this one takes a fifth less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Some(file) = std::env::var_os(TIMING_FILE) {
        return time_compiler(Path::new(&file));
    }
    if let Some(file) = std::env::var_os(PARSE_FILE) {
        return match reference::parse(Path::new(&file)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    match run(Arguments::parse().task, &root()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(3)
        }
    }
}

/// Runs a task; whether it found nothing.
fn run(task: Task, root: &Path) -> Result<bool, Problem> {
    match task {
        Task::Bench(arguments) => bench::run(root, &arguments).map(|()| true),
        Task::Browser => browser::run(root),
        Task::Conformance { arguments } => run_conformance(root, &arguments),
        Task::Corpus(arguments) => corpus::run(root, &arguments),
        Task::Features => Ok(features::run(root).map(|()| true)?),
        Task::Load(arguments) => load::run(root, &arguments)
            .map_err(|error| format!("cargo cannot be run: {error}").into()),
        Task::Semver(arguments) => run_semver(root, &arguments),
    }
}

fn run_conformance(root: &Path, arguments: &[OsString]) -> Result<bool, Problem> {
    conformance::run(root, arguments).map_err(|failure| failure.to_string().into())
}

fn run_semver(root: &Path, arguments: &semver::Args) -> Result<bool, Problem> {
    let mut print = |pair: &semver::Comparison| println!("{}", semver::line(pair));
    let pairs = semver::run(root, arguments, &mut print)?;
    let disagree = pairs.iter().filter(|pair| !pair.agrees()).count();
    println!("{} pairs, {disagree} disagree", pairs.len());
    Ok(disagree == 0)
}

/// The workspace's folder. Cargo sets the variable when it runs the program: a target folder that
/// two checkouts share would give one the other's.
fn root() -> PathBuf {
    let tasks = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    tasks.join("../..")
}
