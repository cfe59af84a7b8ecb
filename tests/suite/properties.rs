//! What `tests/fuzz` looks for with hours and coverage, within bounds: each property with the
//! seeds of its fuzz target, and with inputs that proptest makes up.
//!
//! `PROPTEST_CASES` sets how many are tried. A stack overflow ends the run: the input that was at
//! work is in `properties`, in cargo's folder for tests.

use std::{
    fs,
    path::Path,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use proptest::prelude::*;
use sdk_properties::{corrections, documents, responses, server, values};

use crate::support::root;

/// What one input may take, on a busy machine and without optimization.
const BUDGET: Duration = Duration::from_secs(30);

/// What a program's main thread has.
const STACK: usize = 8 << 20;

type Property = fn(&[u8]) -> Result<(), String>;

/// The properties by the names of their fuzz targets.
const PROPERTIES: [(&str, Property); 9] = [
    ("document_bytes", documents::any_bytes),
    ("document_changes", documents::changed),
    ("overlay", corrections::overlay),
    ("configuration", corrections::configuration),
    ("response_calls", responses::calls),
    ("response_types", responses::types),
    ("request_values", |bytes| {
        values::travel(&String::from_utf8_lossy(bytes))
    }),
    ("retry_after", server::retry_after),
    ("pages", server::pages),
];

/// What is wrong with the code, shown by this input.
pub(crate) fn problem(name: &str, property: Property, input: &[u8]) -> Option<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("properties");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), input).unwrap();
    let (sender, receiver) = mpsc::channel();
    let own = input.to_vec();
    let work = move || {
        let began = Instant::now();
        let result = property(&own);
        // Nobody listens any more where the budget is spent.
        let _ = sender.send((result, began.elapsed()));
    };
    let thread = thread::Builder::new().name(name.to_owned());
    let thread = thread.stack_size(STACK).spawn(work).unwrap();
    match receiver.recv_timeout(BUDGET) {
        Ok((result, _)) => result.err(),
        Err(mpsc::RecvTimeoutError::Timeout) => Some(format!("not done after {BUDGET:?}")),
        Err(mpsc::RecvTimeoutError::Disconnected) => thread.join().err().map(|payload| {
            let text = payload.downcast_ref::<String>().cloned();
            text.unwrap_or_else(|| "a panic".to_owned())
        }),
    }
}

fn property(name: &str) -> Property {
    let known = PROPERTIES.iter().find(|(known, _)| *known == name);
    known.unwrap_or_else(|| panic!("no property {name}")).1
}

/// The committed inputs of a fuzz target: hand-made ones, and those that once broke a property.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = root().join("tests/fuzz/seeds").join(name);
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn the_seeds_break_nothing() {
    for (name, property) in PROPERTIES {
        for seed in seeds(name) {
            let problem = problem(name, property, &seed);
            let seed = String::from_utf8_lossy(&seed);
            assert_eq!(problem, None, "{name}: {seed:?}");
        }
    }
}

#[test]
fn each_property_has_a_fuzz_target() {
    let manifest = fs::read_to_string(root().join("tests/fuzz/Cargo.toml")).unwrap();
    for (name, _) in PROPERTIES {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
    let targets = manifest.matches("[[bin]]").count();
    assert_eq!(targets, PROPERTIES.len());
}

fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let is_configured = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if is_configured { default.cases } else { cases },
        max_shrink_iters: 400,
        failure_persistence: None,
        ..default
    }
}

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..most)
}

/// A seed with some of its bytes replaced.
fn near_a_seed(name: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), any::<u8>());
    let edits = prop::collection::vec(edit, 0..6);
    (prop::sample::select(seeds(name)), edits).prop_map(|(mut seed, edits)| {
        for (at, byte) in edits {
            if !seed.is_empty() {
                *at.get_mut(&mut seed) = byte;
            }
        }
        seed
    })
}

/// One test a property: its cases by default, and where its inputs come from.
macro_rules! bounded {
    ($($test:ident: $name:literal, $cases:literal, $inputs:expr;)*) => {$(
        proptest! {
            #![proptest_config(config($cases))]

            #[test]
            fn $test(input in $inputs) {
                let problem = problem($name, property($name), &input);
                prop_assert!(problem.is_none(), "{}", problem.unwrap_or_default());
            }
        }
    )*};
}

bounded! {
    document_bytes: "document_bytes", 32, near_a_seed("document_bytes");
    document_changes: "document_changes", 64, bytes(120);
    overlays: "overlay", 32, near_a_seed("overlay");
    configurations: "configuration", 32, near_a_seed("configuration");
    responses_to_calls: "response_calls", 128, near_a_seed("response_calls");
    responses_of_any_bytes: "response_calls", 64, bytes(40);
    values_of_types: "response_types", 256, near_a_seed("response_types");
    texts_that_travel: "request_values", 256, any::<String>().prop_map(String::into_bytes);
    times_to_wait: "retry_after", 128, near_a_seed("retry_after");
    pages_of_any_bytes: "pages", 128, near_a_seed("pages");
}

/// A change that changes nothing would prove nothing.
#[test]
fn changes_change() {
    let originals = documents::originals();
    let changed = (0..100_u8)
        .map(|at| documents::change(&[at, 1, at, at ^ 3, 7, at, 1, 200, at, 9, 13, at]))
        .filter(|document| !originals.contains(document))
        .count();
    assert!(changed > 80, "{changed} of 100");
}
