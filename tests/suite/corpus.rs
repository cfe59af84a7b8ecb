//! The world's documents, where `SPEC_CORPUS` names a folder of them: each is generated, and some
//! of the small ones, others every day, are compiled. `cargo xtask corpus` compiles them all.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use openapi_sdk::files::Output;
use xtask_tasks::corpus::{self, Document, Outcome};

use crate::support::root;

/// What a document may take, on a busy machine and without optimisation.
const BUDGET: Duration = Duration::from_secs(180);

/// How many crates are compiled in one run.
const COMPILED: usize = 3;

/// A document of more bytes than this is not compiled here.
const SMALL: u64 = 100_000;

#[test]
fn every_document_generates_and_a_few_compile() {
    let Some(folder) = env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: SPEC_CORPUS names no folder of documents");
        return;
    };
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    let mut documents = corpus::find(&folder).unwrap().documents;
    // The folders in it hold single edge cases, good and bad: they have tests of their own.
    documents.retain(|document| document.path.parent() == Some(&folder));
    assert!(!documents.is_empty(), "{}: no documents", folder.display());

    let chosen = chosen(&documents);
    let mut failed = Vec::new();
    for document in &documents {
        let (generated, files) = corpus::generate(document, BUDGET);
        match files {
            Some(files) if chosen.contains(&document.package) => {
                let folder = out.join("crates").join(&document.package);
                Output::generated(folder).write(&files).unwrap();
            }
            Some(_) => {}
            None => failed.push(format!("{}: {:?}", document.name, generated.problem)),
        }
        assert_ne!(generated.outcome, Outcome::Panicked, "{}", document.name);
    }
    assert!(failed.is_empty(), "{failed:#?}");

    eprintln!("compiled: {}", chosen.join(", "));
    let compiled = corpus::check(&root(), &out, &chosen, 2, None, &|_| {}).unwrap();
    for (package, one) in compiled {
        assert!(one.succeeded, "{package}: {:#?}", one.complaints);
        assert_eq!(one.warnings, 0, "{package}: {:#?}", one.complaints);
    }
}

/// The packages to compile. `SPEC_CORPUS_TURN`, a number, says whose turn it is; the day otherwise.
fn chosen(documents: &[Document]) -> Vec<String> {
    let small: Vec<&Document> = documents
        .iter()
        .filter(|document| fs::metadata(&document.path).is_ok_and(|file| file.len() <= SMALL))
        .collect();
    let turn = env::var("SPEC_CORPUS_TURN").ok();
    let turn = turn.map_or_else(today, |turn| turn.parse().unwrap());
    let beginning = turn * COMPILED;
    let turn = small.iter().cycle().skip(beginning % small.len().max(1));
    let count = COMPILED.min(small.len());
    turn.take(count)
        .map(|document| document.package.clone())
        .collect()
}

/// Days since 1970.
fn today() -> usize {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    usize::try_from(now.as_secs() / 86_400).unwrap()
}
