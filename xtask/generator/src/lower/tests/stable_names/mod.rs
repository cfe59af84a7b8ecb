//! Names are stable: adding a schema, a property or an operation renames nothing else.
//!
//! What is added has a name of its own among its neighbors. Where two neighbors want the very
//! same identifier (`fooBar` and `foo_bar`), one of them has to give way, as
//! [`Scope`](sdk_model::names::Scope) says. A union's alternative that is called by its properties is
//! called anew when it gets another one.

mod additions;
mod documents;
mod names;

use std::path::PathBuf;

use proptest::prelude::*;
use serde_json::Value;

use additions::Addition;
use names::Names;

/// The names of a document's model; none where it has errors.
fn names_of(document: &Value) -> Option<Names> {
    let (api, _) = super::lowered(&document.to_string(), "", true);
    api.map(|api| Names::of(&api))
}

/// The items that the additions rename.
fn renamed(before: &Value, additions: &[Addition]) -> Vec<String> {
    let mut after = before.clone();
    for addition in additions {
        addition.apply(&mut after);
    }
    match (names_of(before), names_of(&after)) {
        (Some(before), Some(after)) => before.renamed_in(&after),
        _ => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn in_any_document(
        document in documents::document(),
        additions in prop::collection::vec(additions::any(), 1..4),
    ) {
        let found = renamed(&document, &additions);
        prop_assert!(found.is_empty(), "{found:#?}\n{document:#}\n{additions:#?}");
    }
}

/// The documents of the folder that `SPEC_CORPUS` names, those that are read quickly.
#[test]
fn in_the_corpus() {
    const LARGEST: u64 = 400_000;

    let Some(folder) = std::env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        return;
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.retain(|path| {
        path.metadata()
            .is_ok_and(|data| data.is_file() && data.len() < LARGEST)
    });
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let Ok(document) = serde_yaml::from_str::<Value>(&text) else {
            continue;
        };
        let renamed = renamed(&document, &additions::adversarial(&document));
        found.extend(
            renamed
                .into_iter()
                .map(|what| format!("{}: {what}", path.display())),
        );
    }
    assert!(found.is_empty(), "{found:#?}");
}
