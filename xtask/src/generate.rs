//! `codegen`: generates crates, or compares them with what is there.

use std::{
    io::{self, Write as _},
    path::PathBuf,
};

use sdk_generator::render::Package;
use sdk_model::Api;
use sdk_openapi::{
    Source,
    diagnostics::{Report, json_text},
};

use crate::{
    arguments::{Codegen, Stage, program},
    codegen,
    document::DocumentSource,
    exit::Failure,
    files::Output,
    init,
    library::{self, Strictness},
    project::Project,
    targets::{self, Input, Target},
    terminal::{MessageFormat, Terminal, count},
};

/// Runs the command.
///
/// # Errors
///
/// Where documents have errors, files are stale, or something cannot be read or written.
pub fn run(
    arguments: &Codegen,
    specs: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if arguments.emit.is_some() && terminal.format == MessageFormat::Json {
        let message = "--emit and --message-format json both write the standard output";
        return Err(Failure::Input(message.into()));
    }
    if arguments.print_schema {
        let text = init::schema_text()?;
        return Ok(io::stdout().write_all(text.as_bytes())?);
    }
    let (targets, document) = match &arguments.spec {
        Some(spec) => {
            let (target, document) = single(arguments, spec, terminal)?;
            (vec![target], document)
        }
        None => {
            let project = Project::find_or_open(specs)?;
            (in_project(&project, arguments)?, None)
        }
    };
    let (models, read) = read_models(
        &targets,
        document.as_ref(),
        &arguments.strictness(),
        terminal,
    )?;
    if arguments.emit == Some(Stage::Model) {
        let text = json_text(&models.concat())?;
        return Ok(io::stdout().write_all(text.as_bytes())?);
    }
    let mut stale = 0;
    let mut is_fresh = true;
    for (target, apis) in targets.iter().zip(&models) {
        let changelogs = codegen::changelogs(&target.inputs)?;
        let files = codegen::files(apis, &target.package, &changelogs)?;
        let output = Output::generated(&target.folder).with_inputs(read.clone());
        if arguments.check {
            let check = output.check(&files)?;
            terminal.checked(&target.folder, &check);
            is_fresh &= check.is_fresh();
            stale += check.stale.len();
        } else {
            terminal.written(&target.folder, &output.write(&files)?);
        }
    }
    if is_fresh {
        return Ok(());
    }
    let program = program();
    terminal.status(format_args!(
        "{} stale; run `{program} codegen`",
        count(stale, "file")
    ));
    Err(Failure::Finding)
}

/// The crates of the project.
fn in_project(project: &Project, arguments: &Codegen) -> Result<Vec<Target>, Failure> {
    let mut targets = project.targets()?;
    for target in &mut targets {
        if target.inputs.is_empty() {
            let specs = project.specs().display();
            let message = format!("{specs}: no folder in it has an openapi.yaml");
            return Err(Failure::Input(message.into()));
        }
        for input in &mut target.inputs {
            input.include.clone_from(&arguments.include);
        }
    }
    Ok(targets)
}

/// The crate of `--spec`, and its document if that is not a file.
fn single(
    arguments: &Codegen,
    spec: &str,
    terminal: &Terminal,
) -> Result<(Target, Option<Source>), Failure> {
    let folder = match (&arguments.out, arguments.emit) {
        (Some(out), _) => out.clone(),
        // Nothing is written.
        (None, Some(_)) => PathBuf::new(),
        (None, None) => return Err(Failure::Input("--spec needs --out DIR".into())),
    };
    let source = DocumentSource::from(spec);
    if let DocumentSource::Address(address) = &source {
        terminal.status(format_args!("fetching {address}"));
    }
    let document = source.read().map_err(|problem| {
        let mut report = Report::new(false);
        report.diagnostics.push(problem);
        terminal.report(&report);
        Failure::Documents
    })?;
    let name = arguments.name.clone().unwrap_or_else(|| source.api_name());
    let mut package = Package {
        standalone: true,
        ..Package::new(targets::package_name(&name), "0.1.0")
    };
    let input = Input {
        name,
        document: PathBuf::from(spec),
        overlays: arguments.overlay.clone(),
        config: arguments.config.clone(),
        changelog: None,
        include: arguments.include.clone(),
    };
    let inputs = vec![input];
    codegen::configure_package(&mut package, &inputs).map_err(|(path, message)| {
        Failure::Input(format!("{}: {message}", path.display()).into())
    })?;
    Ok((
        Target {
            inputs,
            package,
            folder,
        },
        document,
    ))
}

/// The models of each crate, and the files that were read. All problems of all documents are printed.
fn read_models(
    targets: &[Target],
    document: Option<&Source>,
    strictness: &Strictness,
    terminal: &Terminal,
) -> Result<(Vec<Vec<Api>>, Vec<PathBuf>), Failure> {
    let (mut all, mut read) = (Vec::new(), Vec::new());
    for target in targets {
        let models = library::models(&target.inputs, document, strictness);
        for report in &models.reports {
            terminal.report(report);
        }
        read.extend(models.read);
        all.push(models.apis);
    }
    let all: Option<Vec<Vec<Api>>> = all.into_iter().collect();
    Ok((all.ok_or(Failure::Documents)?, read))
}
