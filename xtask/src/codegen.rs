//! Reads the inputs of a run: documents, configurations, changelogs.

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

use sdk_generator::{
    assets::{AssetError, Assets},
    config::Config,
    files::FileSet,
    package::PackageMetadata,
    render::{Changelog, Package},
};
use sdk_model::Api;
use sdk_openapi::{
    Source,
    diagnostics::{Diagnostics, Report, Sources},
};

use crate::config_file;
use crate::targets::Input;

/// An input to its model. Problems go to the report; the model is good where that has no errors.
pub fn model(input: &Input, report: &mut Report) -> Option<Api> {
    let document = read(&input.document, &mut report.diagnostics)?;
    model_of(input, document, report)
}

/// The model of an input with another document.
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
    let api = sdk_generator::model(&input.name, document, &overlays, &config, report)?;
    report.sources.add(config.file(), text);
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
    let (mut config, text) = config_file::read(path, sources, diagnostics)?;
    config
        .exclude_extensions
        .retain(|extension| !input.include.contains(extension));
    Some((config, text))
}

/// Why a package cannot be configured: the file, and what is wrong with it.
pub type PackageProblem = (PathBuf, String);

/// Adds the metadata of a package that the configurations of its APIs have. Configurations that cannot
/// be read are reported with their API.
///
/// # Errors
///
/// Where configurations contradict each other, or a license file cannot be read.
pub fn configure_package(package: &mut Package, inputs: &[Input]) -> Result<(), PackageProblem> {
    for input in inputs {
        let Some(path) = &input.config else {
            continue;
        };
        let text = fs::read_to_string(path).unwrap_or_default();
        let Ok(config) = Config::parse(&text, "codegen.yaml") else {
            continue;
        };
        add_metadata(package, &config.package, path)?;
    }
    let names = ["resources", "types", "webhooks"];
    match inputs {
        [only] if !names.contains(&only.name.as_str()) => {}
        _ if package.metadata.flat => {
            let message = "`package.flat` needs a single API that is not called `resources`, `types` \
                           or `webhooks`";
            let path = inputs.first().map(|input| input.document.clone());
            return Err((path.unwrap_or_default(), message.to_owned()));
        }
        _ => {}
    }
    Ok(())
}

/// Adds metadata that the file at `path` has.
///
/// # Errors
///
/// Where another file has another value, or the license file cannot be read.
pub fn add_metadata(
    package: &mut Package,
    metadata: &PackageMetadata,
    path: &Path,
) -> Result<(), PackageProblem> {
    let contradiction = |key| format!("`package.{key}` has another value in another file");
    package
        .configure(metadata)
        .map_err(|key| (path.to_owned(), contradiction(key)))?;
    if let Some(license) = &metadata.license_file {
        let license = path.with_file_name("").join(license);
        let text = fs::read_to_string(&license).map_err(|error| (license, error.to_string()))?;
        package.license_text = Some(text);
    }
    Ok(())
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

/// The embedded templates and runtime.
///
/// # Errors
///
/// Where the build embedded files that the generator cannot use.
pub fn assets() -> Result<Assets, AssetError> {
    Assets::new(sdk_assets::FILES)
}

/// Models and changelogs to the crate's files.
///
/// # Errors
///
/// Where a template is wrong, or the generator has a bug.
pub fn files(
    apis: &[Api],
    package: &Package,
    changelogs: &[Changelog],
) -> Result<FileSet, Box<dyn Error + Send + Sync>> {
    sdk_generator::files(&assets()?, apis, package, changelogs)
}

/// Models to the crate's files, without its changelog.
///
/// # Errors
///
/// Where a template is wrong, or the generator has a bug.
pub fn crate_files(
    apis: &[Api],
    package: &Package,
) -> Result<FileSet, Box<dyn Error + Send + Sync>> {
    sdk_generator::crate_files(&assets()?, apis, package)
}
