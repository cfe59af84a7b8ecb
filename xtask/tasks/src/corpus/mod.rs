//! `cargo xtask corpus`: the generator against a folder of documents.
//!
//! Every document is generated, strictly, or else leniently; with `--check` every crate is
//! compiled. The table has a line for each.

mod check;
mod find;
mod generate;
mod progress;
mod table;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use clap::Args as ClapArgs;

use openapi_sdk::files::Output;

pub use check::{Compiled, Timer, check, write_workspace};
pub use find::{Document, Found, find};
pub use generate::{Generated, Outcome, generate};
pub use table::{Row, Table};

use progress::Progress;

/// Arguments of `cargo xtask corpus`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The folder of documents; its folders belong to it.
    folder: PathBuf,
    /// Compile the crates too.
    #[arg(long)]
    check: bool,
    /// How many documents to work on at a time; the machine's cores otherwise.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Write the table as JSON; `-` writes it to the standard output, instead of the text.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Only documents whose path contains this.
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// How many seconds generating a document may take, and ten times that compiling it.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    budget: u64,
    /// Where the crates go; `corpus` in cargo's target folder otherwise.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Runs the command; whether there was no panic, no hang and no crate that does not compile.
///
/// # Errors
///
/// Where a folder cannot be read or written, or cargo cannot be run.
pub fn run(root: &Path, arguments: &Args) -> Result<bool, Box<dyn Error + Send + Sync>> {
    let mut found = find(&arguments.folder)?;
    found
        .documents
        .retain(|document| document.name.contains(&arguments.only));
    let jobs = arguments
        .jobs
        .or_else(|| thread::available_parallelism().ok().map(usize::from))
        .unwrap_or(1)
        .max(1);
    let out = arguments.out.clone().unwrap_or_else(|| target(root));
    let crates = out.join("crates");
    let budget = Duration::from_secs(arguments.budget);

    let progress = Progress::new("generate", found.documents.len());
    let make = |document: &Document| {
        progress.start(&document.name);
        let (generated, files) = generate(document, budget);
        let written =
            files.map(|files| Output::generated(crates.join(&document.package)).write(&files));
        progress.end();
        written.transpose().map(|_| Row::new(document, generated))
    };
    let rows: Result<Vec<Row>, _> = on_all(&found.documents, jobs, make).into_iter().collect();
    let mut table = Table::new(rows?, found.parts);
    drop(progress);

    if arguments.check {
        let packages = table.packages();
        let progress = Progress::new("compile", packages.len());
        let timer = Timer::new(&out, budget * 10)?;
        let on_done = |package: &str| progress.one(package);
        let compiled = check(root, &out, &packages, jobs, Some(&timer), &on_done)?;
        table.add_compiled(compiled);
    }
    match &arguments.json {
        Some(file) if file.as_os_str() == "-" => println!("{}", table.json()?),
        Some(file) => {
            fs::write(file, table.json()? + "\n")?;
            print!("{}", table.text());
        }
        None => print!("{}", table.text()),
    }
    Ok(table.is_good())
}

/// Cargo's target folder, or where it is by default, and `corpus` in it.
fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("target"), PathBuf::from)
        .join("corpus")
}

/// What `work` makes of each item, in the items' order, on some threads.
fn on_all<T: Sync, R: Send>(items: &[T], jobs: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        while let Some((at, item)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).map(|item| (at, item))
        } {
            done.push((at, work(item)));
        }
        done
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(take)).collect();
        let results = threads.into_iter().filter_map(|thread| thread.join().ok());
        results.flatten().collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
