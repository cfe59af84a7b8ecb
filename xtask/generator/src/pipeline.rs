//! The pipeline: document to files.

use std::{
    error::Error,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use sdk_model::Api;
use sdk_openapi::{Document, LoadOptions, Source, diagnostics::Report};

use crate::{
    assets::Assets,
    config::Config,
    emit::{self, Context},
    files::FileSet,
    lower::lower,
    package::Runtime,
    passes, print,
    render::{self, Changelog, Package},
};

/// Texts to their model; files are read only where the document refers to them.
pub fn model(
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
    diagnostics.allow(config.allow.iter().copied());
    let document = Document::load(document, &options, sources, diagnostics)?;
    let mut api = lower(&document, config, name, diagnostics);
    passes::run(&mut api);
    Some(api)
}

/// Models and changelogs to the crate's files.
///
/// # Errors
///
/// Where a template is wrong, or the generator has a bug.
pub fn files(
    assets: &Assets,
    apis: &[Api],
    package: &Package,
    changelogs: &[Changelog],
) -> Result<FileSet, Box<dyn Error + Send + Sync>> {
    let mut files = crate_files(assets, apis, package)?;
    if changelogs
        .iter()
        .any(|changelog| !changelog.entries.is_empty())
    {
        let text = render::changelog(assets.changelog_template(), changelogs)?;
        files.add("CHANGELOG.md", text)?;
    }
    Ok(files)
}

/// Models to the crate's files, without its changelog.
///
/// # Errors
///
/// Where a template is wrong, or the generator has a bug.
pub fn crate_files(
    assets: &Assets,
    apis: &[Api],
    package: &Package,
) -> Result<FileSet, Box<dyn Error + Send + Sync>> {
    let mut files = api_files(assets, apis, package)?;
    Assets::add_formatting(&mut files)?;
    if let Some(text) = &package.license_text {
        files.add("LICENSE", text.as_str())?;
    }
    if matches!(package.runtime, Runtime::Copied) {
        assets.add_runtime(&package.library(), apis, &mut files)?;
    }
    Ok(files)
}

/// Models to the files that depend on them: all but the runtime. Reads nothing.
///
/// # Errors
///
/// Where a template is wrong, or the generator has a bug.
pub fn api_files(
    assets: &Assets,
    apis: &[Api],
    package: &Package,
) -> Result<FileSet, Box<dyn Error + Send + Sync>> {
    let mut files = FileSet::new();
    let by_api: Vec<&Api> = apis.iter().collect();
    for (path, text) in render::render(&assets.templates, package, &assets.manifest, &by_api)? {
        files.add(path, text)?;
    }
    let contexts: Vec<Context<'_>> = apis.iter().map(Context::new).collect();
    let sources = emit::files(&contexts, package);
    for (source, text) in sources.iter().zip(print_all(&sources)) {
        let text = text.map_err(|error| format!("{}: {error}", source.path))?;
        files.add(source.path.clone(), text)?;
    }
    Ok(files)
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
            printed.push((at, print::rust(source.code()).map_err(|e| e.to_string())));
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
