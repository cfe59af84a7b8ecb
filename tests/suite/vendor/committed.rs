//! What a document is compared with: what is there, or what was committed.

use std::{fs, path::Path, process::Command};

use openapi_sdk::compare::{self, FailOn};
use sdk_changes::Bump;

use super::repository::{document, from_file, repository};

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
    let told = from_file(path, &next).unwrap_err();
    assert!(told.contains("the changes cannot be told"), "{told}");

    overlay("size");
    commit(path);
    overlay("color");
    let update = from_file(path, &next).unwrap();
    assert_eq!(update.changes.bump, Bump::Major);
}

#[test]
fn a_break_needs_a_version() {
    let repository = repository();
    let path = repository.path();
    git(path, &["init", "--quiet"]);
    from_file(path, &document("1", &["name", "size"])).unwrap();
    commit(path);
    let args = compare::Args {
        base: "HEAD".to_owned(),
        fail_on: Some(FailOn::UnversionedBreak),
        ..compare::Args::default()
    };
    let fault = || {
        let changes = compare::run(path, &args).unwrap();
        compare::fault(path, &args, &changes).unwrap()
    };
    assert_eq!(fault(), None);
    from_file(path, &document("2", &["name", "size", "color"])).unwrap();
    assert_eq!(fault(), None);
    from_file(path, &document("3", &["name"])).unwrap();
    let told = fault().unwrap();
    assert!(told.contains("has to be 0.2.0 or a later one"), "{told}");

    let manifest = fs::read_to_string(path.join("Cargo.toml")).unwrap();
    let next = manifest.replace("\nversion = \"0.1.0\"", "\nversion = \"0.2.0\"");
    assert!(next != manifest);
    fs::write(path.join("Cargo.toml"), next).unwrap();
    assert_eq!(fault(), None);
}
