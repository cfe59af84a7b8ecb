//! A repository for one test, and documents for it.

use std::{collections::BTreeMap, fs, path::Path};

use openapi_sdk::codegen;
use openapi_sdk::project::Project;
use openapi_sdk::vendor::{self, Update};
use sdk_generator::files::FileSet;
use sdk_openapi::diagnostics::Report;
use tempfile::TempDir;

use crate::support::root;

/// A document with these properties in its one answer; only the first is described.
pub(crate) fn document(version: &str, properties: &[&str]) -> String {
    let properties = properties.iter().enumerate().map(|(at, name)| {
        let said = if at == 0 {
            ", description: Upstream prose."
        } else {
            ""
        };
        format!("        {name}: {{type: string{said}}}\n")
    });
    format!(
        "openapi: 3.0.3
info: {{title: Pets, version: '{version}'}}
paths:
  /pets/{{id}}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      responses:
        '200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}
components:
  schemas:
    Pet:
      type: object
      properties:
{}",
        properties.collect::<String>()
    )
}

/// A repository of its own, with one API, whose document is not there yet.
pub(crate) fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(root().join("Cargo.toml"), folder.path().join("Cargo.toml")).unwrap();
    let specs = folder.path().join("specs/pets");
    fs::create_dir_all(&specs).unwrap();
    fs::write(specs.join("codegen.yaml"), "vendor: {facts_only: true}\n").unwrap();
    folder
}

/// All files that a run may write.
pub(crate) fn tree(repository: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![repository.join("specs"), repository.join("generated")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(repository).unwrap().display().to_string();
                files.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

pub(crate) fn project(repository: &Path) -> Project {
    Project::open(repository.join("specs")).unwrap()
}

/// The result of a run, or its diagnostics.
pub(crate) fn run(repository: &Path, args: &vendor::Args) -> Result<Update, String> {
    let mut diagnostics = String::new();
    let mut collect = |report: &Report| diagnostics.push_str(&report.render(false));
    match vendor::run(args, &project(repository), &mut collect) {
        Ok(Some(update)) if !update.has_errors => Ok(update),
        Ok(_) => Err(diagnostics),
        Err(problem) => Err(problem.to_string()),
    }
}

pub(crate) fn from(source: &str) -> vendor::Args {
    vendor::Args {
        api: "pets".to_owned(),
        from: Some(source.to_owned()),
        most_mib: 1,
        ..vendor::Args::default()
    }
}

pub(crate) fn from_file(repository: &Path, text: &str) -> Result<Update, String> {
    let path = repository.join("upstream.yaml");
    fs::write(&path, text).unwrap();
    run(repository, &from(&path.display().to_string()))
}

/// What codegen makes of it.
pub(crate) fn generated(repository: &Path) -> FileSet {
    let target = project(repository).target().unwrap();
    let mut report = Report::new(false);
    let api = codegen::model(&target.inputs[0], &mut report).unwrap();
    let changelogs = codegen::changelogs(&target.inputs).unwrap();
    codegen::files(&[api], &target.package, &changelogs).unwrap()
}
