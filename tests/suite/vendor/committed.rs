//! What a document is compared with: what is there, or what was committed.

use std::{fs, path::Path, process::Command};

use openapi_sdk::changes::{self, Args, FailOn};
use openapi_sdk::vendor;
use sdk_changes::report::Bump;

use sdk_openapi::diagnostics::Report;

use super::repository::{document, from, from_file, project, repository, tree};

fn git(repository: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C").arg(repository);
    // A hook's git would lead the test's into the hook's repository.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(variable);
    }
    git.args(["-c", "user.name=n", "-c", "user.email=n@mail.example"]);
    assert!(
        git.args(arguments).output().unwrap().status.success(),
        "{arguments:?}"
    );
}

fn commit(repository: &Path) {
    git(repository, &["add", "--all"]);
    git(repository, &["commit", "--quiet", "--message", "m"]);
}

#[test]
fn an_overlay_may_fit_the_new_document_only() {
    let repository = repository();
    let path = repository.path();
    let overlay = |property: &str| {
        let target = format!("$.components.schemas.Pet.properties.{property}");
        let text = format!(
            "overlay: 1.0.0\ninfo: {{title: Ours, version: '1'}}\nactions: [{{target: {target}, update: {{description: Ours.}}}}]\n"
        );
        fs::write(path.join("specs/pets/overlay.yaml"), text).unwrap();
    };
    git(path, &["init", "--quiet"]);
    overlay("size");
    from_file(path, &document("1", &["name", "size"])).unwrap();
    overlay("color");
    let next = document("2", &["name", "color"]);
    let error = from_file(path, &next).unwrap_err();
    assert!(
        error.contains("the changes cannot be determined"),
        "{error}"
    );

    overlay("size");
    commit(path);
    overlay("color");
    let update = from_file(path, &next).unwrap();
    assert_eq!(update.changes.verdict.bump, Bump::Major);
}

#[test]
fn a_break_needs_a_version() {
    let repository = repository();
    let path = repository.path();
    git(path, &["init", "--quiet"]);
    from_file(path, &document("1", &["name", "size"])).unwrap();
    commit(path);
    let args = Args {
        base: "HEAD".to_owned(),
        fail_on: Some(FailOn::UnversionedBreak),
        ..Args::default()
    };
    let fault = || {
        let compared = changes::run(path, &args).unwrap();
        changes::failure(path, &args, &compared.report).unwrap()
    };
    assert_eq!(fault(), None);
    from_file(path, &document("2", &["name", "size", "color"])).unwrap();
    assert_eq!(fault(), None);
    from_file(path, &document("3", &["name"])).unwrap();
    let error = fault().unwrap();
    assert!(error.contains("has to be 0.2.0 or a later one"), "{error}");

    let manifest = fs::read_to_string(path.join("Cargo.toml")).unwrap();
    let next = manifest.replace("\nversion = \"0.1.0\"", "\nversion = \"0.2.0\"");
    assert!(next != manifest);
    fs::write(path.join("Cargo.toml"), next).unwrap();
    assert_eq!(fault(), None);
}

#[test]
fn an_overlay_does_not_recreate_what_upstream_removed() {
    let repository = repository();
    let path = repository.path();
    from_file(path, &document("1", &["name", "size"])).unwrap();
    let before = tree(path);
    for actions in [
        "[{target: $.components.schemas.Pet.properties.size, update: {description: Ours.}}]",
        "[{target: $.components.schemas.Pet, update: {properties: {size: {description: Ours.}}}}]",
    ] {
        let text =
            format!("overlay: 1.0.0\ninfo: {{title: Ours, version: '1'}}\nactions: {actions}\n");
        fs::write(path.join("specs/pets/overlay.yaml"), text).unwrap();
        fs::write(path.join("upstream.yaml"), document("2", &["name"])).unwrap();
        let mut problems = String::new();
        let mut report = |found: &Report| problems.push_str(&found.render(false));
        let args = from(&path.join("upstream.yaml").display().to_string());
        let update = vendor::run(&args, &project(path), &mut report)
            .unwrap()
            .unwrap();
        assert!(update.has_errors, "{actions}");
        assert!(problems.contains("overlay.yaml"), "{problems}");
        // Nothing is written, and what upstream changed is reported all the same.
        assert!(update.written.is_empty());
        let sentences: Vec<String> = update
            .changes
            .changes
            .iter()
            .map(|change| change.sentence())
            .collect();
        assert!(
            sentences.contains(&"`types::pet::Pet`: removed field `size`".to_owned()),
            "{sentences:?}"
        );
        fs::remove_file(path.join("specs/pets/overlay.yaml")).unwrap();
        assert_eq!(tree(path), before);
    }
}
