//! The goldens' documents, changed at random: whatever comes out is generated or refused, in
//! time, and without a panic.
//!
//! `PROPTEST_CASES` sets how many are tried. A stack overflow ends the run: the document that was
//! at work is in `mutations`, in cargo's folder for tests.

mod change;

use std::{fs, path::Path, sync::LazyLock, time::Duration};

use proptest::{prelude::*, sample::Index, strategy::ValueTree as _};
use serde_json::Value;
use xtask::{
    corpus::{self, Document, Outcome},
    diagnostics::{Diagnostics, Sources},
    spec::{RawDocument, Source},
};

use crate::support::root;
use change::Change;

/// What one document may take, on a busy machine and without optimisation.
const BUDGET: Duration = Duration::from_secs(30);

/// How many documents are tried where `PROPTEST_CASES` says nothing.
const CASES: u32 = 64;

/// The documents that are changed: good ones, and those that are bad already.
static DOCUMENTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let folders = ["tests/golden/specs", "tests/fixtures/bad"];
    let specs = folders.map(|folder| fs::read_dir(root().join(folder)).unwrap());
    let mut paths: Vec<_> = specs
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path().join("openapi.yaml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| {
            let source = Source::read(path).ok()?;
            let (mut sources, mut problems) = (Sources::new(), Diagnostics::new(true));
            RawDocument::read(source, &mut sources, &mut problems)
        })
        .map(|document| document.tree)
        .collect()
});

fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let told = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if told { default.cases } else { CASES },
        max_shrink_iters: 400,
        failure_persistence: None,
        ..default
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_changed_document_is_generated_or_refused(
        document in any::<Index>(),
        changes in prop::collection::vec(change::any(), 1..6),
    ) {
        let mut document = document.get(&DOCUMENTS).clone();
        changes.iter().for_each(|change| change.apply(&mut document));
        let problem = problem(&document);
        prop_assert!(problem.is_none(), "{}\n{document:#}", problem.unwrap_or_default());
    }
}

/// What is wrong with the generator, shown by this document.
fn problem(document: &Value) -> Option<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("document-{}.json", std::process::id()));
    fs::write(&path, document.to_string()).unwrap();
    let document = Document {
        name: "document.json".to_owned(),
        path,
        package: "document".to_owned(),
    };
    let (generated, _) = corpus::generate(&root(), &document, BUDGET);
    let fails = matches!(generated.outcome, Outcome::Panicked | Outcome::Overran);
    // What is refused says why.
    let silent = generated.outcome == Outcome::Refused
        && generated.problem.as_deref().unwrap_or_default().is_empty();
    (fails || silent).then(|| format!("{:?}: {:?}", generated.outcome, generated.problem))
}

/// A change that changes nothing would prove nothing.
#[test]
fn changes_change() {
    let document = &DOCUMENTS[0];
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut changed = 0;
    for _ in 0..100 {
        let change: Change = change::any().new_tree(&mut runner).unwrap().current();
        let mut after = document.clone();
        change.apply(&mut after);
        changed += usize::from(after != *document);
    }
    assert!(changed > 80, "{changed} of 100");
}
