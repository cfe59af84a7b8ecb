//! Bad input is refused with all problems at once, each with its location and what to do.
//!
//! `UPDATE_EXPECT=1` writes the expected texts: read them before committing.

use std::{fs, path::Path};

use expect_test::expect_file;
use openapi_sdk::codegen;
use openapi_sdk::targets;
use sdk_openapi::diagnostics::Report;

use crate::support::root;

/// The diagnostics of the document in a folder of `tests/fixtures/bad`.
fn diagnostics(case: &str) -> String {
    let folder = Path::new("tests/fixtures/bad").join(case);
    let mut inputs = targets::inputs(&root().join("tests/fixtures/bad")).unwrap();
    inputs.retain(|input| input.document.starts_with(root().join(&folder)));
    let mut report = Report::new(false);
    codegen::model(&inputs[0], &mut report);
    assert!(!report.diagnostics.is_empty(), "{case} has no problem");
    let root = format!("{}/", root().display());
    report.render(false).replace(&root, "")
}

#[test]
fn each_bad_document_gets_its_message() {
    let bad = root().join("tests/fixtures/bad");
    let mut cases: Vec<String> = fs::read_dir(&bad)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    cases.sort();
    for case in cases {
        let expected = bad.canonicalize().unwrap().join(&case).join("expected.txt");
        expect_file![expected].assert_eq(&diagnostics(&case));
    }
}

#[test]
fn several_problems_come_in_one_run() {
    let text = diagnostics("wrong_keyword_types");
    for word in ["qery", "strin", "Missing", "required"] {
        assert!(text.contains(word), "{word} is not reported:\n{text}");
    }
}
