//! `cargo xtask bench`: what generating, compiling and calling cost, on this machine.
//!
//! Every result is a [`Figure`]; the table, the JSON and the history are made of nothing else.

mod build;
mod call;
mod compile;
mod documents;
mod edit_loop;
mod figure;
mod generate;
mod history;
mod machine;
mod peers;
mod plot;
pub mod reference;
mod run;
mod sizes;
mod synthetic;
mod table;
mod thresholds;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use clap::{Args as ClapArgs, ValueEnum};

pub use figure::{Figure, Unit};
pub use machine::Machine;

use documents::Documents;
use history::History;
use table::Report;

/// The recorded runs.
const HISTORY: &str = "docs/bench-history.jsonl";

/// Why there are no figures.
type Problem = Box<dyn Error + Send + Sync>;

/// The arguments of `cargo xtask bench`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// What to measure; everything otherwise.
    #[arg(value_enum)]
    what: Vec<What>,
    /// Folders of documents (`github-rest.json`, `stripe.yaml`, `clerk/*.yml`, `seam/*.json`); those
    /// that SPEC_CORPUS and SPEC_HISTORY name otherwise. What is not there is not measured.
    #[arg(long, value_name = "DIR", num_args = 1..)]
    documents: Vec<PathBuf>,
    /// How often everything runs that is timed.
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
    /// Leave out what takes minutes: sizes of release builds.
    #[arg(long)]
    quick: bool,
    /// How the table is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write the figures as JSON; `-` writes them to the standard output, instead of the table.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Add a line to docs/bench-history.jsonl.
    #[arg(long)]
    record: bool,
    /// Compare with the lines of docs/bench-history.jsonl.
    #[arg(long)]
    compare: bool,
    /// Measure nothing: write docs/bench-history.jsonl as an SVG.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    /// Where crates and targets go; `bench` in cargo's target folder otherwise.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What a table looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For docs/performance.md.
    Markdown,
}

/// What there is to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Document to files, the whole process.
    Generate,
    /// The compiler's work for the generated crates, and the size of what comes out.
    Compile,
    /// Calls and decoding, beside the same written by hand.
    Call,
    /// The first run: the generator's dependencies.
    Build,
    /// From an edit of one line of the generator to fresh crates.
    Edit,
    /// Other generators, installed from their registries; only if named.
    Peers,
}

/// Where things are, and how often they run.
#[derive(Debug)]
struct Bench {
    root: PathBuf,
    out: PathBuf,
    runs: usize,
    quick: bool,
    documents: Documents,
}

type Measure = fn(&Bench) -> Result<Vec<Figure>, Problem>;

/// Measures, and prints the figures.
///
/// # Errors
///
/// Where something cannot be built, run or written.
pub fn run(root: &Path, arguments: &Args) -> Result<(), Problem> {
    if let Some(file) = &arguments.plot {
        let history = History::read(&root.join(HISTORY))?;
        fs::write(file, plot::svg(history.runs()))?;
        return Ok(());
    }
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| run::target(root).join("bench"));
    fs::create_dir_all(&out)?;
    let bench = Bench {
        root: root.to_owned(),
        out: out.canonicalize()?,
        runs: arguments.runs.max(1),
        quick: arguments.quick,
        documents: Documents::find(root, &out, &arguments.documents)?,
    };
    let machine = Machine::look(root);
    if machine.is_busy() {
        eprintln!("warning: this machine is busy: times will be longer than they could be");
    }
    let mut figures = Vec::new();
    let parts: [(What, Measure); 6] = [
        (What::Generate, generate::measure),
        (What::Compile, compile::measure),
        (What::Call, call::measure),
        (What::Build, build::measure),
        (What::Edit, edit_loop::measure),
        (What::Peers, peers::measure),
    ];
    for (what, measure) in parts {
        let is_asked_for = arguments.what.is_empty() && what != What::Peers;
        if is_asked_for || arguments.what.contains(&what) {
            figures.extend(measure(&bench)?);
        }
    }
    let report = Report { machine, figures };
    print(root, arguments, &report)
}

fn print(root: &Path, arguments: &Args, report: &Report) -> Result<(), Problem> {
    let table = || match arguments.format {
        Format::Text => report.text(),
        Format::Markdown => report.markdown(),
    };
    match &arguments.json {
        Some(file) if file.as_os_str() == "-" => println!("{}", report.json()?),
        Some(file) => {
            fs::write(file, report.json()? + "\n")?;
            print!("{}", table());
        }
        None => print!("{}", table()),
    }
    let mut history = History::read(&root.join(HISTORY))?;
    if arguments.compare {
        print!("{}", history.compare(report));
    }
    if arguments.record {
        history.record(report)?;
    }
    Ok(())
}
