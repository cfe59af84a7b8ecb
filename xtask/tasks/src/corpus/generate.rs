//! One document to one crate: strictly, or else leniently, within a budget.

use std::{
    any::Any,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use serde::Serialize;

use super::Document;
use openapi_sdk::codegen;
use openapi_sdk::targets::Input;
use sdk_generator::files::FileSet;
use sdk_generator::package::Runtime;
use sdk_generator::render::Package;
use sdk_model::{Api, Resource};
use sdk_openapi::diagnostics::{Report, Severity};

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The document is as the standard wants it.
    Strict,
    /// With repairs and omissions, all reported.
    Lenient,
    /// Nothing is generated; the diagnostics say why.
    Refused,
    /// The generator has a bug.
    Panicked,
    /// It took longer than it may.
    Overran,
}

/// What became of a document.
#[derive(Debug, Clone, Serialize)]
pub struct Generated {
    /// How it went.
    pub outcome: Outcome,
    /// How many operations the document has.
    pub operations: usize,
    /// How many of them can be called.
    pub expressed: usize,
    /// What is left out, each with its reason.
    pub omitted: Vec<String>,
    /// How many breaches of the standard were repaired.
    pub repairs: usize,
    /// What kept it from being generated strictly: the first problem.
    pub problem: Option<String>,
    /// How long it took, reading and all.
    pub seconds: f64,
}

impl Generated {
    fn failed(outcome: Outcome, problem: String) -> Self {
        Self {
            outcome,
            operations: 0,
            expressed: 0,
            omitted: Vec::new(),
            repairs: 0,
            problem: Some(problem),
            seconds: 0.0,
        }
    }
}

/// What a program's main thread has: what fits here fits there.
const STACK: usize = 8 << 20;

/// Generates a document's crate. The files are missing where there is no crate.
///
/// A stack overflow ends the program; the thread that the message names is the document.
pub fn generate(document: &Document, budget: Duration) -> (Generated, Option<FileSet>) {
    let start = Instant::now();
    let (sender, receiver) = mpsc::channel();
    let own = document.clone();
    let work = move || {
        // Nobody listens any more where the budget is spent.
        let _ = sender.send(strictly_or_leniently(&own));
    };
    let thread = thread::Builder::new()
        .name(document.name.clone())
        .stack_size(STACK)
        .spawn(work);
    let (mut generated, files) = match (receiver.recv_timeout(budget), thread) {
        (Ok(result), _) => result,
        (Err(_), Err(error)) => refused(error.to_string()),
        (Err(mpsc::RecvTimeoutError::Timeout), Ok(_)) => {
            let problem = format!("not done after {budget:?}");
            (Generated::failed(Outcome::Overran, problem), None)
        }
        (Err(mpsc::RecvTimeoutError::Disconnected), Ok(thread)) => {
            let problem = match thread.join() {
                Ok(()) => "the generator's thread ended".to_owned(),
                Err(payload) => message(payload.as_ref()),
            };
            (Generated::failed(Outcome::Panicked, problem), None)
        }
    };
    generated.seconds = start.elapsed().as_secs_f64();
    (generated, files)
}

fn refused(problem: String) -> (Generated, Option<FileSet>) {
    (Generated::failed(Outcome::Refused, problem), None)
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without a message")
        .to_owned()
}

fn strictly_or_leniently(document: &Document) -> (Generated, Option<FileSet>) {
    let input = Input {
        name: document
            .path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned()),
        document: document.path.clone(),
        overlays: Vec::new(),
        config: None,
        changelog: None,
        include: Vec::new(),
    };
    let (api, report) = model(&input, false);
    if let Some(api) = api {
        return crate_of(document, &api, Outcome::Strict, &report, None);
    }
    let problem = first_error(&report);
    match model(&input, true) {
        (Some(api), report) => crate_of(document, &api, Outcome::Lenient, &report, problem),
        (None, report) => refused(first_error(&report).or(problem).unwrap_or_default()),
    }
}

/// The model, where it is good.
fn model(input: &Input, lenient: bool) -> (Option<Api>, Report) {
    let mut report = Report::new(lenient);
    let api = codegen::model(input, &mut report);
    (api.filter(|_| !report.has_errors()), report)
}

fn first_error(report: &Report) -> Option<String> {
    let mut errors = report.diagnostics.iter();
    errors
        .find(|problem| problem.severity == Severity::Error)
        .map(|problem| problem.message.clone())
}

fn crate_of(
    document: &Document,
    api: &Api,
    outcome: Outcome,
    report: &Report,
    problem: Option<String>,
) -> (Generated, Option<FileSet>) {
    let package = Package {
        name: document.package.clone(),
        version: "0.1.0".to_owned(),
        standalone: false,
        runtime: Runtime::Copied,
        ..Package::default()
    };
    let files = match codegen::crate_files(std::slice::from_ref(api), &package) {
        Ok(files) => files,
        // The document is good and what is made of it is not: a bug as bad as a panic.
        Err(error) => {
            let failed = Generated::failed(Outcome::Panicked, error.to_string());
            return (failed, None);
        }
    };
    let generated = Generated {
        outcome,
        operations: api.operation_count,
        expressed: count(&api.resources),
        omitted: api
            .omissions
            .iter()
            .map(|omission| format!("{}: {}", omission.what, omission.reason))
            .collect(),
        repairs: report.diagnostics.counts().1,
        problem,
        seconds: 0.0,
    };
    (generated, Some(files))
}

fn count(resources: &[Resource]) -> usize {
    resources
        .iter()
        .map(|resource| resource.operations.len() + count(&resource.children))
        .sum()
}
