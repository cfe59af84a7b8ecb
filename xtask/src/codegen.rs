//! The pipeline: document to files.

use std::{
    error::Error,
    fs, io,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use crate::{
    config::Config,
    diagnostics::{Diagnostic, Diagnostics, Report, Sources},
    emit::{self, Context},
    files::FileSet,
    format,
    lower::lower,
    model::Api,
    passes,
    render::{self, Changelog, Manifest, Package, Templates},
    spec::{Document, LoadOptions, Source},
    targets::Input,
};

/// An input to its model. Problems go to the report; the model is good where that has no errors.
pub fn model(input: &Input, report: &mut Report) -> Option<Api> {
    let document = read(&input.document, &mut report.diagnostics)?;
    model_of(input, document, report)
}

/// The same with another document in place of the input's.
pub fn model_of(input: &Input, document: Source, report: &mut Report) -> Option<Api> {
    let Report {
        sources,
        diagnostics,
    } = report;
    let (config, text) = read_config(input, sources, diagnostics)?;
    let overlays: Option<Vec<Source>> = input
        .overlays
        .iter()
        .map(|path| read(path, diagnostics))
        .collect();
    let overlays = overlays?;
    let api = model_from(&input.name, document, &overlays, &config, report)?;
    report.sources.add(config.file(), text);
    Some(api)
}

/// Texts to their model; files are read only where the document refers to them.
pub fn model_from(
    name: &str,
    document: Source,
    overlays: &[Source],
    config: &Config,
    report: &mut Report,
) -> Option<Api> {
    let Report {
        sources,
        diagnostics,
    } = report;
    let options = LoadOptions {
        overlays,
        ..LoadOptions::default()
    };
    let document = Document::load(document, &options, sources, diagnostics)?;
    let mut api = lower(&document, config, name, diagnostics);
    passes::run(&mut api);
    Some(api)
}

fn read(path: &Path, diagnostics: &mut Diagnostics) -> Option<Source> {
    Source::read(path)
        .map_err(|problem| diagnostics.push(problem))
        .ok()
}

/// The configuration and its text.
fn read_config(
    input: &Input,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Config, String)> {
    let Some(path) = &input.config else {
        return Some((Config::default(), String::new()));
    };
    let file = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|error| {
            diagnostics.push(Diagnostic::error(
                path.as_path(),
                format!("cannot be read: {error}"),
            ))
        })
        .ok()?;
    match Config::parse(&text, &file) {
        Ok(mut config) => {
            config
                .exclude_extensions
                .retain(|extension| !input.include.contains(extension));
            Some((config, text))
        }
        Err(problem) => {
            diagnostics.push(problem);
            sources.add(file, text);
            None
        }
    }
}

/// What the changelogs of APIs say, each with its API's name.
///
/// # Errors
///
/// Where one cannot be read.
pub fn changelogs(inputs: &[Input]) -> io::Result<Vec<Changelog>> {
    let read = |input: &Input| {
        let text = input.changelog.as_ref().map(fs::read_to_string);
        Ok(Changelog {
            api: input.name.clone(),
            entries: text.transpose()?.unwrap_or_default(),
        })
    };
    inputs.iter().map(read).collect()
}

/// Models and changelogs to the crate's files.
///
/// # Errors
///
/// Where the templates cannot be read, or the generator has a bug.
pub fn files(
    root: &Path,
    apis: &[Api],
    package: &Package,
    changelogs: &[Changelog],
) -> Result<FileSet, Box<dyn Error + Send + Sync>> {
    let mut files = crate_files(root, apis, package)?;
    if changelogs
        .iter()
        .any(|changelog| !changelog.entries.is_empty())
    {
        let template = fs::read_to_string(root.join("templates/CHANGELOG.md.j2"))?;
        files.add("CHANGELOG.md", render::changelog(&template, changelogs)?)?;
    }
    Ok(files)
}

/// Models to the crate's files, without its changelog.
///
/// # Errors
///
/// Where the templates cannot be read, or the generator has a bug.
pub fn crate_files(
    root: &Path,
    apis: &[Api],
    package: &Package,
) -> Result<FileSet, Box<dyn Error + Send + Sync>> {
    let mut files = api_files(&templates(root)?, &manifest(root)?, apis, package)?;
    let runtime = root.join("templates/runtime");
    add_runtime(&runtime, &package.library(), &mut files)?;
    Ok(files)
}

/// Models to the files that depend on them: all but the runtime. Reads nothing.
///
/// # Errors
///
/// Where a template is wrong, or the generator has a bug.
pub fn api_files(
    templates: &Templates,
    manifest: &Manifest,
    apis: &[Api],
    package: &Package,
) -> Result<FileSet, Box<dyn Error + Send + Sync>> {
    let mut files = FileSet::new();
    let by_api: Vec<&Api> = apis.iter().collect();
    for (path, text) in render::render(templates, package, manifest, &by_api)? {
        files.add(path, text)?;
    }
    let library = package.library();
    let contexts: Vec<Context<'_>> = apis.iter().map(Context::new).collect();
    let sources = emit::files(&contexts, &library);
    for (source, text) in sources.iter().zip(print_all(&sources)) {
        let text = text.map_err(|error| format!("{}: {error}", source.path))?;
        files.add(source.path.clone(), text)?;
    }
    Ok(files)
}

/// The features and dependencies of the crate.
///
/// # Errors
///
/// Where a manifest cannot be read.
pub fn manifest(root: &Path) -> Result<Manifest, Box<dyn Error + Send + Sync>> {
    let runtime = fs::read_to_string(root.join("templates/runtime/Cargo.toml"))?;
    let workspace = fs::read_to_string(root.join("Cargo.toml"))?;
    Ok(Manifest::read(&runtime, &workspace)?)
}

/// The texts that files which are not Rust are made from.
///
/// # Errors
///
/// Where one cannot be read.
pub fn templates(root: &Path) -> io::Result<Templates> {
    let read = |name: &str| fs::read_to_string(root.join("templates").join(name));
    Ok(Templates {
        manifest: read("Cargo.toml.j2")?,
        readme: read("README.md.j2")?,
        surface: read("API.md.j2")?,
    })
}

/// The text of each file. Files are independent of one another, so every core takes the next one.
fn print_all(sources: &[emit::SourceFile<'_>]) -> Vec<Result<String, String>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut printed = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(source) = sources.get(at) else {
                return printed;
            };
            printed.push((at, format::rust(source.code()).map_err(|e| e.to_string())));
        }
    };
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(sources.len());
    let mut printed: Vec<(usize, Result<String, String>)> = thread::scope(|scope| {
        let spawn = || {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work)
        };
        let threads: Vec<_> = (0..workers).filter_map(|_| spawn().ok()).collect();
        let results = threads.into_iter().filter_map(|thread| thread.join().ok());
        results.flatten().collect()
    });
    printed.sort_by_key(|(at, _)| *at);
    let mut texts: Vec<Result<String, String>> = sources
        .iter()
        .map(|_| Err("the generator's thread ended".to_owned()))
        .collect();
    for (at, text) in printed {
        texts[at] = text;
    }
    texts
}

/// Deeply nested documents make deeply nested modules, which are parsed by recursion.
const STACK: usize = 32 << 20;

/// The runtime's files, as they stand, but for its unit tests: those are its own crate's.
fn add_runtime(runtime: &Path, library: &str, files: &mut FileSet) -> io::Result<()> {
    let format = fs::read_to_string(runtime.join("rustfmt.toml"))?;
    files.add("rustfmt.toml", format)?;
    let mut open = vec!["src/runtime".to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(runtime.join(&folder))? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = format!("{folder}/{name}");
            if name == "tests" || name == "tests.rs" {
                continue;
            }
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(entry.path())?;
                let text = text.replace("\n#[cfg(test)]\nmod tests;\n", "");
                files.add(path, text.replace("session_sdk::", &format!("{library}::")))?;
            }
        }
    }
    Ok(())
}
