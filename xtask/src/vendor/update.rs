//! From a trimmed document to the files of the repository: first everything in memory, then
//! everything on the disk.

use std::path::{Path, PathBuf};

use super::{Args, SourceRecord, Vendored, entry, record::RECORD};
use crate::changes::{self, Problem};
use crate::codegen;
use crate::files::{FileError, Output, Written};
use crate::project::Project;
use crate::targets::{self, Input};
use sdk_generator::files::FileSet;
use sdk_generator::render::Changelog;
use sdk_model::Api;
use sdk_openapi::Source;
use sdk_openapi::diagnostics::Report;

/// What was written.
#[derive(Debug)]
pub struct Update {
    /// How many operations were taken.
    pub operations: usize,
    /// What differs from the document before.
    pub changes: sdk_changes::Report,
    /// The folders, and what was written in each; none where the overlay has errors.
    pub written: Vec<(PathBuf, Written)>,
    /// New items that neither the document nor the overlay describes.
    pub undocumented: Vec<sdk_changes::Undocumented>,
    /// Whether the overlay has errors, passed to `report_to`: actions whose target upstream removed.
    pub has_errors: bool,
}

/// Generates the SDK with the new document, compares, and writes. None, and nothing written, where
/// a document has errors; `report_to` got them.
pub(super) fn update(
    project: &Project,
    args: &Args,
    vendored: &Vendored,
    previous: &SourceRecord,
    report_to: &mut dyn FnMut(&Report),
) -> Result<Option<Update>, Problem> {
    let api = args.api.as_str();
    let folder = project.specs().join(api);
    let root = &project.root();
    let target = project.target()?;
    let inputs = with_input(target.inputs, targets::input(&folder, api));
    let (mut models, mut read) = (Vec::new(), Vec::new());
    let mut has_errors = false;
    for input in &inputs {
        let mut report = Report::new(false);
        let model = if input.name == api {
            let document = Source::from_bytes(name_of_new(input), vendored.openapi.as_str());
            codegen::model_of(input, document, &mut report)
        } else {
            codegen::model(input, &mut report)
        };
        report_to(&report);
        read.extend(report.sources.names().map(PathBuf::from));
        let is_complete = if input.name == api {
            has_errors = report.has_errors();
            changes::has_overlay_errors_only(input, &report)
        } else {
            !report.has_errors()
        };
        models.push(model.filter(|_| is_complete));
    }
    let Some(models) = models.into_iter().collect::<Option<Vec<Api>>>() else {
        return Ok(None);
    };
    let after = inputs
        .iter()
        .zip(&models)
        .filter(|(input, _)| input.name == api);
    let mut after: Vec<Api> = after.map(|(_, model)| model.clone()).collect();
    for model in &mut after {
        // The trimmed document no longer has them.
        model.excluded.clone_from(&vendored.excluded);
    }
    let before: Vec<Api> = before(root, &folder, api, report_to)?.into_iter().collect();
    let changes = sdk_changes::compare(&before, &after);
    let undocumented = after
        .first()
        .map(|after| sdk_changes::undocumented(before.first(), after))
        .unwrap_or_default();
    if has_errors {
        return Ok(Some(Update {
            operations: vendored.operations,
            changes,
            written: Vec::new(),
            undocumented,
            has_errors,
        }));
    }

    let mut changelogs = codegen::changelogs(&inputs)?;
    let previous = Some(previous).filter(|_| !before.is_empty());
    let entry = entry::entry(api, previous, &vendored.record, &changes)?;
    let specs = specs(api, vendored, entry, &mut changelogs)?;
    let generated = codegen::files(&models, &target.package, &changelogs)?;
    let specification =
        Output::vendored(&folder, RECORD).with_inputs(args.from.iter().map(PathBuf::from));
    let output = Output::generated(&target.folder).with_inputs(read);
    let written = write([
        (folder, specification, specs),
        (target.folder, output, generated),
    ])?;
    Ok(Some(Update {
        operations: vendored.operations,
        changes,
        written,
        undocumented,
        has_errors,
    }))
}

/// How diagnostics call a document that is not written yet.
fn name_of_new(input: &Input) -> String {
    format!("{} (new, not written)", input.document.display())
}

/// The SDK's APIs, with one more where it is new.
fn with_input(mut inputs: Vec<Input>, input: Input) -> Vec<Input> {
    if !inputs.iter().any(|known| known.name == input.name) {
        inputs.push(input);
        inputs.sort_by(|a, b| a.document.cmp(&b.document));
    }
    inputs
}

/// The model of the document that is there; none where the API is new.
fn before(
    root: &Path,
    folder: &Path,
    api: &str,
    report_to: &mut dyn FnMut(&Report),
) -> Result<Option<Api>, Problem> {
    let Some(input) = targets::folder(folder) else {
        return Ok(None);
    };
    let mut report = Report::new(false);
    let model = codegen::model(&input, &mut report);
    if !report.has_errors() {
        return Ok(model);
    }
    // The overlay may fit the new document already, and the old one no longer: a commit has both
    // as they fitted.
    if let Some(model) = committed(root, api) {
        return Ok(Some(model));
    }
    report_to(&report);
    let folder = folder.display();
    Err(format!(
        "what is in {folder} does not generate, nor does the last commit of it, so the changes \
         cannot be determined; without its openapi.yaml the API counts as new"
    )
    .into())
}

/// The model as of the last commit.
fn committed(root: &Path, api: &str) -> Option<Api> {
    let folder = tempfile::tempdir().ok()?;
    let inputs = changes::committed_at(root, "HEAD", folder.path()).ok()?;
    let input = inputs.into_iter().find(|input| input.name == api)?;
    let mut report = Report::new(false);
    codegen::model(&input, &mut report).filter(|_| !report.has_errors())
}

/// The files of the API's folder. The entry goes to `changelogs` too.
fn specs(
    api: &str,
    vendored: &Vendored,
    entry: Option<String>,
    changelogs: &mut [Changelog],
) -> Result<FileSet, Problem> {
    let mut files = FileSet::new();
    files.add("openapi.yaml", vendored.openapi.as_str())?;
    files.add(RECORD, vendored.source.as_str())?;
    let changelog = changelogs.iter_mut().find(|changelog| changelog.api == api);
    if let (Some(entry), Some(changelog)) = (entry, changelog) {
        let between = if changelog.entries.is_empty() {
            ""
        } else {
            "\n"
        };
        changelog.entries = format!("{entry}{between}{}", changelog.entries);
        files.add("changelog.md", changelog.entries.as_str())?;
    }
    Ok(files)
}

/// Writes all sets, or, as far as can be checked beforehand, none.
fn write<const N: usize>(
    sets: [(PathBuf, Output, FileSet); N],
) -> Result<Vec<(PathBuf, Written)>, FileError> {
    let mut staged = Vec::new();
    for (folder, output, files) in sets {
        staged.push((output.stage(&files)?, folder));
    }
    staged
        .into_iter()
        .map(|(staged, folder)| Ok((folder, staged.commit()?)))
        .collect()
}
