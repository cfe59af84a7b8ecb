//! Nothing is written outside of the output folder, through links either.
#![cfg(unix)]

use std::{fs, os::unix::fs::symlink, path::Path};

use openapi_sdk::files::{FileError, Output, Written};
use sdk_generator::files::FileSet;

fn set() -> FileSet {
    let mut set = FileSet::new();
    for path in ["Cargo.toml", "src/lib.rs", "src/demo/types/mod.rs"] {
        set.add(path, format!("// {path}\n")).unwrap();
    }
    set
}

/// The files of a folder, links listed but not followed.
fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            format!("{} {text}", entry.file_name().display())
        })
        .collect();
    names.sort();
    names
}

/// Lays a link that leads outside, and writes.
fn written_through(link: &str, to_folder: bool) -> (Result<Written, FileError>, bool) {
    let (output, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(outside.path().join("victim.rs"), "precious").unwrap();
    let link = output.path().join(link);
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    let target = if to_folder {
        outside.path().to_owned()
    } else {
        outside.path().join("victim.rs")
    };
    symlink(target, link).unwrap();
    let before = listing(outside.path());
    let result = Output::generated(output.path()).write(&set());
    (result, listing(outside.path()) == before)
}

#[test]
fn links_in_the_output_folder_are_refused() {
    for (link, to_folder) in [
        ("src", true),
        ("src/demo", true),
        ("src/demo/types", true),
        ("Cargo.toml", false),
        ("src/lib.rs", false),
        ("src/demo/types/mod.rs", false),
        // Nothing is there yet: the link alone would make a file.
        ("src/demo/types/mod.rs", true),
    ] {
        let (result, untouched) = written_through(link, to_folder);
        assert!(untouched, "{link}");
        let problem = result.unwrap_err().to_string();
        assert!(problem.contains("symbolic link"), "{link}: {problem}");
    }
}

/// A stale file is removed; where that is a link, what it leads to stays.
#[test]
fn stale_links_never_reach_their_targets() {
    for to_folder in [false, true] {
        let (_, untouched) = written_through("src/stale.rs", to_folder);
        assert!(untouched);
    }
}

/// A link that the caller names as the output folder is the caller's choice; what is in it is not.
#[test]
fn paths_that_leave_the_folder_are_no_files() {
    for path in [
        "../evil.rs",
        "/etc/evil",
        "src/../../evil.rs",
        "src\\..\\evil.rs",
        "",
    ] {
        assert!(FileSet::new().add(path, "").is_err(), "{path}");
    }
}
