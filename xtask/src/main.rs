//! `cargo xtask`: generates and looks after the session-sdk crate.

use std::{
    io::{IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser as _;
use openapi_sdk::arguments::{Arguments, Codegen, Command, Stage};
use openapi_sdk::codegen;
use openapi_sdk::compare;
use openapi_sdk::files::{Check, FileError, MEND, Output, Written};
use openapi_sdk::targets::{self, Input, Target};
use openapi_sdk::vendor;
use sdk_changes::Format;
use sdk_generator::package::Runtime;
use sdk_generator::render::Package;
use sdk_model::Api;
use sdk_openapi::diagnostics::{Report, json_text};

/// Generating is many small allocations: this one takes a fifth less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Why there is nothing to show for it.
enum Failure {
    /// What was checked is not as it should be; it has been told.
    Stale,
    /// The specifications have problems; they have been told.
    Specification,
    /// The output folder holds files that are not replaced.
    Refused(Problem),
    /// Anything else.
    Other(Problem),
}

type Problem = Box<dyn std::error::Error + Send + Sync>;

impl<E: Into<Problem>> From<E> for Failure {
    fn from(error: E) -> Self {
        let error = error.into();
        match error.downcast_ref::<FileError>() {
            Some(file) if file.is_refusal() => Self::Refused(error),
            _ => Self::Other(error),
        }
    }
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen(arguments) => run_codegen(&arguments),
        Command::Vendor(arguments) => run_vendor(&arguments),
        Command::Changes(arguments) => run_changes(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Stale) => ExitCode::from(1),
        Err(Failure::Specification) => ExitCode::from(2),
        Err(Failure::Refused(error)) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
        Err(Failure::Other(error)) => {
            eprintln!("error: {error}");
            ExitCode::from(1)
        }
    }
}

fn run_codegen(arguments: &Codegen) -> Result<(), Failure> {
    let root = root();
    let targets = match &arguments.spec {
        Some(document) => vec![own_target(arguments, document)?],
        None => committed_targets(&root, arguments)?,
    };
    let (models, inputs) = models(&targets, arguments.lenient)?;
    if arguments.emit == Some(Stage::Model) {
        return print_model(&models);
    }
    let (mut fresh, mut stale) = (true, 0);
    for (target, apis) in targets.iter().zip(&models) {
        let changelogs = codegen::changelogs(&target.inputs)?;
        let files = codegen::files(apis, &target.package, &changelogs)?;
        let output = Output::generated(&target.folder).with_inputs(inputs.clone());
        if arguments.check {
            let check = output.check(&files)?;
            report_check(&check);
            fresh &= check.is_fresh();
            stale += check.stale.len();
        } else {
            tell_written(&target.folder, &output.write(&files)?);
        }
    }
    if fresh {
        return Ok(());
    }
    eprintln!("{} stale; `{MEND}` makes them fresh", count(stale, "file"));
    Err(Failure::Stale)
}

fn report_check(check: &Check) {
    print!("{}", check.diff);
    for leftover in &check.leftovers {
        let path = leftover.path.display();
        if leftover.was_replacing {
            eprintln!(
                "{path}: a run was interrupted while it replaced files: \
                 some files are new and some are old"
            );
        } else {
            eprintln!("{path}: left by an interrupted run");
        }
    }
}

fn committed_targets(root: &Path, arguments: &Codegen) -> Result<Vec<Target>, Failure> {
    let version = codegen::assets()?.manifest.version;
    let mut targets = targets::committed(root, &version)?;
    for input in targets.iter_mut().flat_map(|target| &mut target.inputs) {
        input.include.clone_from(&arguments.include);
    }
    Ok(targets)
}

fn own_target(arguments: &Codegen, document: &Path) -> Result<Target, Failure> {
    let Some(folder) = arguments
        .out
        .clone()
        .or_else(|| arguments.emit.map(|_| PathBuf::new()))
    else {
        return Err("--spec needs --out, the folder to write".into());
    };
    let stem = document
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or("api");
    let name = arguments.name.clone().unwrap_or_else(|| stem.to_owned());
    let package = Package {
        name: targets::package_name(&name),
        version: "0.1.0".to_owned(),
        standalone: true,
        runtime: Runtime::Copied,
    };
    let input = Input {
        name,
        document: document.to_owned(),
        overlays: arguments.overlay.clone(),
        config: arguments.config.clone(),
        changelog: None,
        include: arguments.include.clone(),
    };
    Ok(Target {
        inputs: vec![input],
        package,
        folder,
    })
}

fn run_vendor(arguments: &vendor::Args) -> Result<(), Failure> {
    let update = vendor::run(arguments, &root(), &mut tell)?.ok_or(Failure::Specification)?;
    let text = update.changes.render(Format::Text)?;
    std::io::stdout().write_all(text.as_bytes())?;
    let operations = count(update.operations, "operation");
    eprintln!("specs/{}: {operations}", arguments.api);
    for (folder, written) in &update.written {
        tell_written(folder, written);
    }
    Ok(())
}

fn run_changes(arguments: &compare::Args) -> Result<(), Failure> {
    let changes = compare::run(&root(), arguments).map_err(|problem| {
        eprintln!("error: {problem}");
        Failure::Specification
    })?;
    std::io::stdout().write_all(changes.render(arguments.format)?.as_bytes())?;
    match compare::fault(&root(), arguments, &changes)? {
        Some(fault) => {
            eprintln!("error: {fault}");
            Err(Failure::Stale)
        }
        None => Ok(()),
    }
}

fn tell_written(folder: &Path, written: &Written) {
    eprintln!(
        "{}: {} changed, {} removed",
        folder.display(),
        count(written.changed.len(), "file"),
        written.removed.len()
    );
    for path in &written.removed {
        eprintln!("removed {}", folder.join(path).display());
    }
    for leftover in &written.leftovers {
        eprintln!(
            "removed {}, left by an interrupted run",
            leftover.path.display()
        );
    }
}

fn tell(report: &Report) {
    eprint!("{}", report.render(std::io::stderr().is_terminal()));
}

/// The models of each target, and the files that were read; every problem of every document is
/// reported.
fn models(targets: &[Target], lenient: bool) -> Result<(Vec<Vec<Api>>, Vec<PathBuf>), Failure> {
    let (mut failed, mut read) = (false, Vec::new());
    let mut model = |input: &Input| {
        let mut report = Report::new(lenient);
        let api = codegen::model(input, &mut report);
        tell(&report);
        read.extend(report.sources.names().map(PathBuf::from));
        read.extend(input.config.iter().chain(&input.changelog).cloned());
        failed |= api.is_none() || report.has_errors();
        api
    };
    let models = targets
        .iter()
        .map(|target| target.inputs.iter().filter_map(&mut model).collect())
        .collect();
    if failed {
        Err(Failure::Specification)
    } else {
        Ok((models, read))
    }
}

fn print_model(apis: &[Vec<Api>]) -> Result<(), Failure> {
    let text = json_text(&apis.concat())?;
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

fn count(number: usize, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}

/// The workspace's folder: cargo tells where xtask's is.
fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}
