//! Small edits of one document: which changes are reported, with which effect, in which operations.
//!
//! `tests/fixtures/changes/edits.yaml` lists the edits; `UPDATE_EXPECT=1` writes `edits.txt`.

use std::{collections::BTreeMap, fmt::Write as _, thread};

use expect_test::expect_file;
use sdk_changes::Report;
use serde_json::Value;

use super::{
    explained::{self, Side},
    model, units,
};
use crate::support::{fixture, root};

/// An edit of the document.
struct Edit {
    name: String,
    /// Values by JSON pointer.
    set: BTreeMap<String, Value>,
    /// JSON pointers.
    remove: Vec<String>,
}

impl Edit {
    fn read(value: &Value) -> Self {
        let set = value["set"].as_object().into_iter().flatten();
        let remove = value["remove"].as_array().into_iter().flatten();
        let edit = Self {
            name: value["name"].as_str().expect("a name").to_owned(),
            set: set
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
            remove: remove
                .map(|it| it.as_str().expect("a pointer").to_owned())
                .collect(),
        };
        let parts = usize::from(!edit.set.is_empty()) + usize::from(!edit.remove.is_empty());
        let known = value.as_object().map_or(0, serde_json::Map::len);
        assert_eq!(known, parts + 1, "{} has an unknown member", edit.name);
        edit
    }

    fn apply(&self, document: &Value) -> Value {
        let mut document = document.clone();
        for pointer in &self.remove {
            let (parent, key) = self.parent(&mut document, pointer);
            let removed = parent.as_object_mut().and_then(|it| it.shift_remove(&key));
            assert!(removed.is_some(), "{}: {pointer}", self.name);
        }
        for (pointer, value) in &self.set {
            let (parent, key) = self.parent(&mut document, pointer);
            match parent {
                Value::Array(items) => {
                    items[key.parse::<usize>().expect("an index")] = value.clone()
                }
                parent => parent[key] = value.clone(),
            }
        }
        document
    }

    fn parent<'d>(&self, document: &'d mut Value, pointer: &str) -> (&'d mut Value, String) {
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        let parent = document.pointer_mut(parent);
        let parent = parent.unwrap_or_else(|| panic!("{}: {pointer}", self.name));
        (parent, key.replace("~1", "/").replace("~0", "~"))
    }
}

/// The verdict, and a line for each group with its operations.
fn table(name: &str, report: &Report) -> String {
    let verdict = &report.verdict;
    let mut text = format!(
        "{name}: wire {}, Rust {}\n",
        verdict.wire.bump.as_str(),
        verdict.rust.bump.as_str()
    );
    for group in &report.groups {
        let targets = group.targets.join(", ");
        let (wire, rust) = (group.wire.as_str(), group.rust.as_str());
        write!(text, "    {wire}/{rust}  {targets}: {}", group.message).expect("text");
        if !group.consequences.is_empty() {
            write!(text, " [{} follow]", group.consequences.len()).expect("text");
        }
        if group.operations != group.targets && !group.operations.is_empty() {
            write!(text, " (in {})", group.operations.join(", ")).expect("text");
        }
        text.push('\n');
    }
    text
}

/// The row of an edit; the generated code has to agree with the report, there and back.
fn row(edit: &Edit, document: &Value, before: &Side<'_>) -> String {
    let apis = model("orders", &edit.apply(document));
    let units = units(&apis);
    let after = Side {
        apis: &apis,
        units: &units,
    };
    for (old, new) in [(before, &after), (&after, before)] {
        let report = sdk_changes::compare(old.apis, new.apis);
        let problems = explained::problems(&report, old, new);
        assert!(problems.is_empty(), "{}: {problems:#?}", edit.name);
    }
    table(&edit.name, &sdk_changes::compare(before.apis, after.apis))
}

#[test]
fn each_edit_is_reported_with_its_effect_and_its_operations() {
    let document: Value = serde_yaml::from_str(&fixture("changes/orders.yaml")).expect("a fixture");
    let edits: Value = serde_yaml::from_str(&fixture("changes/edits.yaml")).expect("a fixture");
    let edits = edits.as_array().into_iter().flatten().map(Edit::read);
    let edits: Vec<Edit> = edits.collect();
    assert!(edits.len() > 150);
    let apis = model("orders", &document);
    let units = units(&apis);
    let before = Side {
        apis: &apis,
        units: &units,
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let parts = edits.chunks(edits.len().div_ceil(threads));
    let rows = &|part: &[Edit]| -> String {
        part.iter()
            .map(|edit| row(edit, &document, &before))
            .collect()
    };
    let text: String = thread::scope(|scope| {
        let parts: Vec<_> = parts.map(|part| scope.spawn(move || rows(part))).collect();
        let ended = parts.into_iter().map(|part| part.join());
        ended.map(|rows| rows.expect("no panic")).collect()
    });
    expect_file![root().join("tests/fixtures/changes/edits.txt")].assert_eq(&text);
}
