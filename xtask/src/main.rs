//! The command `openapi-sdk`.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{CommandFactory as _, FromArgMatches as _};
use openapi_sdk::{
    arguments::{Arguments, Command, program},
    changes,
    exit::{Failure, Problem},
    generate, init,
    project::{Project, ProjectError},
    terminal::{Terminal, count},
    vendor,
};
use sdk_changes::{Format, report::Detail};
use sdk_openapi::diagnostics::Report;

/// Generating is many small allocations: this one takes a fifth less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let command = Arguments::command().bin_name(program());
    let arguments = match Arguments::from_arg_matches(&command.get_matches()) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    let terminal = arguments.terminal();
    let code = match run(arguments, &terminal) {
        Ok(()) => 0,
        Err(failure) => {
            if let Some(error) = failure.error() {
                terminal.error(error);
            }
            failure.exit_code()
        }
    };
    terminal.finished(code);
    ExitCode::from(code)
}

fn run(arguments: Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let specs = arguments.specs;
    match arguments.command {
        Command::Init(arguments) => init::run(&arguments, specs, terminal),
        Command::Codegen(arguments) => generate::run(&arguments, specs, terminal),
        Command::Vendor(arguments) => run_vendor(&arguments, specs, terminal),
        Command::Changes(arguments) => run_changes(&arguments, specs, terminal),
        Command::Completions { shell } => {
            let mut command = Arguments::command();
            clap_complete::generate(shell, &mut command, "openapi-sdk", &mut io::stdout());
            Ok(())
        }
    }
}

fn run_vendor(
    arguments: &vendor::Args,
    specs: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let project = Project::find_or_open(specs)?;
    let mut report = |report: &Report| terminal.report(report);
    let update = vendor::run(arguments, &project, &mut report)?.ok_or(Failure::Documents)?;
    let text = update.changes.render(Format::Text, &Detail::default())?;
    io::stdout().write_all(text.as_bytes())?;
    let folder = project.specs().join(&arguments.api);
    if !update.undocumented.is_empty() {
        terminal.status(format_args!(
            "{} without a description; {} can give one:",
            count(update.undocumented.len(), "new item"),
            folder.join("overlay.yaml").display()
        ));
        for found in &update.undocumented {
            terminal.status(format_args!("  {} ({})", found.item, found.origin));
        }
    }
    if update.has_errors {
        let problem: Problem = "the overlay has errors; nothing was written".into();
        terminal.error(&*problem);
        return Err(Failure::Documents);
    }
    terminal.status(format_args!(
        "{}: {}",
        folder.display(),
        count(update.operations, "operation")
    ));
    for (folder, written) in &update.written {
        terminal.written(folder, written);
    }
    Ok(())
}

fn run_changes(
    arguments: &changes::Args,
    specs: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    // Two documents can be compared anywhere.
    let root = match Project::find_or_open(specs) {
        Ok(project) => project.root(),
        Err(ProjectError::NotFound) if arguments.old.is_some() => PathBuf::from("."),
        Err(error) => return Err(error.into()),
    };
    let compared = changes::run(&root, arguments).map_err(Failure::Input)?;
    io::stdout().write_all(compared.render(arguments)?.as_bytes())?;
    if compared.has_errors {
        let problem: Problem =
            "an overlay has errors; the comparison leaves out its failed actions".into();
        terminal.error(&*problem);
        return Err(Failure::Documents);
    }
    match changes::failure(&root, arguments, &compared.report)? {
        Some(reason) => {
            let reason: Problem = reason.into();
            terminal.error(&*reason);
            Err(Failure::Finding)
        }
        None => Ok(()),
    }
}
