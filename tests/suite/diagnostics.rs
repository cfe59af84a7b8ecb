//! Bad input is refused, every problem at once, each with its place and what to do.
//!
//! `UPDATE_EXPECTED=1` writes the expected texts anew: read them before committing.

use std::{env, fs, path::Path};

use openapi_sdk::codegen;
use openapi_sdk::targets;
use sdk_openapi::diagnostics::Report;

use crate::support::root;

/// What the generator says of the documents in a folder of `tests/fixtures/bad`.
fn told(case: &str) -> String {
    let folder = Path::new("tests/fixtures/bad").join(case);
    let mut inputs = targets::inputs(&root().join("tests/fixtures/bad")).unwrap();
    inputs.retain(|input| input.document.starts_with(root().join(&folder)));
    let mut report = Report::new(false);
    codegen::model(&inputs[0], &mut report);
    assert!(report.has_errors(), "{case} is taken");
    let root = format!("{}/", root().display());
    report.render(false).replace(&root, "")
}

#[test]
fn each_bad_document_gets_its_message() {
    let mut cases: Vec<String> = fs::read_dir(root().join("tests/fixtures/bad"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    cases.sort();
    for case in cases {
        let told = told(&case);
        let path = root()
            .join("tests/fixtures/bad")
            .join(&case)
            .join("expected.txt");
        if env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&path, &told).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(told, expected, "{case}");
    }
}

#[test]
fn several_problems_come_in_one_run() {
    let told = told("wrong_keyword_types");
    for word in ["qery", "strin", "Missing", "required"] {
        assert!(told.contains(word), "{word} is not told:\n{told}");
    }
}
