//! What is checked in is what the generator makes.

use std::fs;

use openapi_sdk::codegen;
use openapi_sdk::files::Output;
use openapi_sdk::{project::Project, targets::Target};
use sdk_generator::files::FileSet;
use sdk_model::Api;
use sdk_openapi::diagnostics::Report;

use crate::support::root;

fn targets() -> Vec<Target> {
    let project = Project::open(root().join("specs")).unwrap();
    project.targets().unwrap()
}

fn generate(target: &Target) -> FileSet {
    let model = |input| {
        let mut report = Report::new(false);
        let api = codegen::model(input, &mut report);
        // Some of the golden documents have warnings.
        assert!(!report.has_errors(), "{}", report.render(false));
        api
    };
    let apis: Vec<Api> = target.inputs.iter().filter_map(model).collect();
    let changelogs = codegen::changelogs(&target.inputs).unwrap();
    codegen::files(&apis, &target.package, &changelogs).unwrap()
}

#[test]
fn the_committed_crates_are_fresh() {
    for target in targets() {
        let output = Output::generated(&target.folder);
        let check = output.check(&generate(&target)).unwrap();
        assert!(check.is_fresh(), "{}", check.diff);
    }
}

#[test]
fn two_runs_are_identical() {
    for target in targets() {
        assert!(generate(&target) == generate(&target));
    }
}

#[test]
fn a_deleted_crate_comes_back_byte_for_byte_and_a_stale_file_goes() {
    for target in targets() {
        let folder = tempfile::tempdir().unwrap();
        let files = generate(&target);
        let output = Output::generated(folder.path());
        output.write(&files).unwrap();
        let lib = folder.path().join("src/lib.rs");
        fs::copy(lib, folder.path().join("src/stale.rs")).unwrap();
        let check = output.check(&files).unwrap();
        assert!(check.diff.contains("stale.rs"), "{}", check.diff);

        assert_eq!(output.write(&files).unwrap().removed, ["src/stale.rs"]);
        assert!(output.check(&files).unwrap().is_fresh());
        for (path, text) in files.iter() {
            assert_eq!(fs::read_to_string(folder.path().join(path)).unwrap(), text);
            assert_eq!(
                fs::read_to_string(target.folder.join(path)).unwrap(),
                text,
                "{path}"
            );
        }
    }
}

#[test]
fn a_second_write_touches_nothing() {
    let target = &targets()[0];
    let folder = tempfile::tempdir().unwrap();
    let files = generate(target);
    let output = Output::generated(folder.path());
    assert!(!output.write(&files).unwrap().changed.is_empty());
    assert!(output.write(&files).unwrap().changed.is_empty());
}
