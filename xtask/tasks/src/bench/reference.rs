//! Fixed pieces of work. A machine that is twice as slow today is so for them too: what is measured
//! in the same run is shown beside them, and compared from day to day as a ratio.

use std::{
    fmt::Write as _,
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use super::{
    Bench, Problem,
    run::{self, on_one_core, quiet},
    synthetic,
};
use crate::timing::Spent;

/// The variable with the file to parse; where it is set, this program does the fixed parse.
pub const PARSE_FILE: &str = "XTASK_PARSE_FILE";

/// How many operations the parsed document has, and how often it is parsed.
const OPERATIONS: usize = 1_000;
const TIMES: usize = 5;

/// How many types the compiled crate has.
const TYPES: usize = 600;

/// Parses a document and writes it again, several times.
///
/// # Errors
///
/// Where the file cannot be read, or is not JSON.
pub fn parse(file: &Path) -> Result<(), Problem> {
    let text = fs::read_to_string(file)?;
    for _ in 0..TIMES {
        let value: Value = serde_json::from_str(black_box(&text))?;
        black_box(serde_json::to_string_pretty(&value)?);
        let yaml: serde_yaml::Value = serde_yaml::from_str(black_box(&text))?;
        black_box(yaml);
    }
    Ok(())
}

/// The best of several runs of [`parse`], in a process of its own.
pub(super) fn parse_seconds(bench: &Bench) -> Result<f64, Problem> {
    eprintln!("parsing a fixed document");
    let program = run::release(&bench.root, "xtask-tasks")?;
    let file = bench.out.join("reference.json");
    fs::write(&file, synthetic::document(OPERATIONS).to_string())?;
    let runs = run::Runs::of(bench.runs, || {
        quiet(on_one_core(&program).env(PARSE_FILE, &file))
    })?;
    Ok(runs.best(Spent::cpu))
}

/// The best of several checks of a crate that has no dependencies.
pub(super) fn check_seconds(bench: &Bench) -> Result<f64, Problem> {
    eprintln!("checking a fixed crate");
    let source = source(bench)?;
    let out = bench.out.join("reference.rmeta");
    let runs = run::Runs::of(bench.runs, || {
        let mut rustc = Command::new("rustc");
        rustc
            .args([
                "--edition=2021",
                "--crate-type=lib",
                "--emit=metadata",
                "-o",
            ])
            .arg(&out)
            .arg(&source);
        quiet(&mut rustc)
    })?;
    Ok(runs.best(Spent::cpu))
}

fn source(bench: &Bench) -> Result<PathBuf, Problem> {
    let mut text = String::new();
    for at in 0..TYPES {
        write!(
            text,
            "#[derive(Debug, Clone, PartialEq, Default)]
pub struct Type{at} {{ pub id: String, pub count: Option<i64>, pub labels: Vec<String> }}
impl Type{at} {{
    pub fn labels(mut self, labels: impl IntoIterator<Item = String>) -> Self {{
        self.labels = labels.into_iter().collect();
        self
    }}
    pub fn longest(&self) -> Option<&str> {{
        self.labels.iter().map(String::as_str).max_by_key(|label| label.len())
    }}
}}
"
        )?;
    }
    let file = bench.out.join("reference.rs");
    fs::write(&file, text)?;
    Ok(file)
}
