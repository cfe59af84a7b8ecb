//! A document with one thing changed: either the code is the same and no change is listed, or
//! each part that differs is named by a change and each change names such a part.
//!
//! The documents are the golden ones, one a construct. A share of all mutations is tried;
//! `MUTATIONS=all` tries each.

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use openapi_sdk::targets;
use sdk_model::Api;
use serde_json::{Value, json};

use super::{
    explained::{self, Side},
    try_model, units,
    units::Units,
};
use crate::support::root;

/// One mutation of so many is tried.
const SHARE: usize = 29;

/// A change of one value of a document.
#[derive(Debug, Clone)]
enum Edit {
    Set(String, Value),
    Remove(String),
    Rename(String, String),
    Reverse(String),
}

/// All edits of a document.
fn edits(document: &Value) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(members) => {
                found.extend(additions(&pointer, value));
                for (key, value) in members {
                    let token = key.replace('~', "~0").replace('/', "~1");
                    let below = format!("{pointer}/{token}");
                    found.push(Edit::Remove(below.clone()));
                    found.push(Edit::Rename(below.clone(), format!("{key}x")));
                    open.push((below, value));
                }
            }
            Value::Array(items) => {
                if items.len() > 1 {
                    found.push(Edit::Reverse(pointer.clone()));
                }
                for (at, value) in items.iter().enumerate() {
                    let below = format!("{pointer}/{at}");
                    found.push(Edit::Remove(below.clone()));
                    open.push((below, value));
                }
            }
            leaf => {
                let others = others(&pointer, leaf);
                found.extend(others.into_iter().map(|it| Edit::Set(pointer.clone(), it)));
            }
        }
    }
    found
}

/// What else may stand where a leaf stands.
fn others(pointer: &str, leaf: &Value) -> Vec<Value> {
    let key = pointer.rsplit('/').next().unwrap_or_default();
    match leaf {
        Value::Bool(flag) => vec![json!(!flag)],
        Value::Number(number) => vec![json!(number.as_i64().unwrap_or_default() + 1)],
        Value::String(text) => {
            let mut others: Vec<Value> = match key {
                "type" => vec![json!("string"), json!("integer"), json!("object")],
                "format" => vec![json!("date"), json!("date-time"), json!("int32")],
                "in" => vec![json!("query"), json!("header"), json!("cookie")],
                "style" => vec![json!("form"), json!("simple"), json!("deepObject")],
                "scheme" => vec![json!("basic"), json!("bearer"), json!("digest")],
                "$ref" => Vec::new(),
                _ => vec![json!(format!("{text}x"))],
            };
            others.retain(|other| other != leaf);
            others
        }
        _ => Vec::new(),
    }
}

/// What an object may have too.
fn additions(pointer: &str, object: &Value) -> Vec<Edit> {
    let mut fresh: Vec<(&str, Value)> = Vec::new();
    let has = |key: &str| object.get(key).is_some();
    if has("type") || has("properties") || has("oneOf") {
        fresh.extend([
            ("nullable", json!(true)),
            ("deprecated", json!(true)),
            ("readOnly", json!(true)),
            ("writeOnly", json!(true)),
            ("description", json!("Said in other words.")),
            ("default", json!("assumed")),
            ("example", json!("shown")),
            ("format", json!("date-time")),
            ("x-sensitive", json!(true)),
            ("enum", json!(["one", "two"])),
            ("additionalProperties", json!({"type": "string"})),
        ]);
    }
    if has("properties") {
        fresh.push(("required", json!(["fresh", "id", "name", "kind"])));
        let property = format!("{pointer}/properties");
        let inline = json!({"type": "object", "properties": {"inner": {"type": "string"}}});
        fresh.push(("title", json!("Titled")));
        let added = [
            json!({"type": "string"}),
            inline,
            json!({"type": "string", "enum": ["a"]}),
        ];
        let edits = added.map(|schema| Edit::Set(format!("{property}/fresh"), schema));
        return plain(pointer, object, fresh).chain(edits).collect();
    }
    if has("responses") {
        let parameter = json!([{"name": "fresh", "in": "query", "schema": {"type": "string"}}]);
        let body = json!({"content": {"application/json": {"schema": {"type": "object", "properties": {"fresh": {"type": "string"}}}}}});
        fresh.extend([
            ("deprecated", json!(true)),
            ("summary", json!("Said in a line.")),
            ("servers", json!([{"url": "https://other.example"}])),
            ("security", json!([])),
            ("x-safety", json!("idempotent")),
            ("parameters", parameter),
            ("requestBody", body),
            ("tags", json!(["elsewhere"])),
        ]);
    }
    if has("content") || has("description") {
        let headers = json!({"X-Fresh": {"schema": {"type": "string"}}});
        fresh.push(("headers", headers));
        fresh.push(("required", json!(true)));
    }
    if has("in") {
        fresh.extend([
            ("required", json!(true)),
            ("explode", json!(false)),
            ("allowReserved", json!(true)),
            ("deprecated", json!(true)),
        ]);
    }
    plain(pointer, object, fresh).collect()
}

fn plain<'f>(
    pointer: &'f str,
    object: &'f Value,
    fresh: Vec<(&'f str, Value)>,
) -> impl Iterator<Item = Edit> + 'f {
    let fresh = fresh
        .into_iter()
        .filter(|(key, _)| object.get(key).is_none());
    fresh.map(move |(key, value)| Edit::Set(format!("{pointer}/{key}"), value))
}

/// The document after an edit.
fn edited(document: &Value, edit: &Edit) -> Option<Value> {
    let mut document = document.clone();
    let (Edit::Set(pointer, _)
    | Edit::Remove(pointer)
    | Edit::Rename(pointer, _)
    | Edit::Reverse(pointer)) = edit;
    let (parent, token) = pointer.rsplit_once('/')?;
    let key = token.replace("~1", "/").replace("~0", "~");
    let holder = document.pointer_mut(parent)?;
    match (edit, holder) {
        (Edit::Set(_, value), Value::Object(members)) => {
            members.insert(key, value.clone());
        }
        (Edit::Set(_, value), Value::Array(items)) => {
            *items.get_mut(key.parse::<usize>().ok()?)? = value.clone();
        }
        (Edit::Remove(_), Value::Object(members)) => {
            members.shift_remove(&key);
        }
        (Edit::Remove(_), Value::Array(items)) => {
            items.remove(key.parse().ok()?);
        }
        (Edit::Rename(_, name), Value::Object(members)) => {
            let renamed = members.iter().map(|(known, value)| {
                let known = if *known == key { name } else { known };
                (known.clone(), value.clone())
            });
            *members = renamed.collect();
        }
        (Edit::Reverse(_), holder) => match holder.pointer_mut(&format!("/{token}"))? {
            Value::Array(items) => items.reverse(),
            _ => return None,
        },
        _ => return None,
    }
    Some(document)
}

/// A folder of our own with one golden document, to be written over.
struct Bench {
    folder: tempfile::TempDir,
    name: String,
    document: Value,
    apis: Vec<Api>,
    units: Units,
}

impl Bench {
    fn new(spec: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder of our own");
        let name = spec.file_name().unwrap().to_str().unwrap().to_owned();
        copy(spec, &folder.path().join(&name));
        let text = fs::read_to_string(spec.join("openapi.yaml")).unwrap();
        let mut bench = Self {
            folder,
            name,
            document: serde_yaml::from_str(&text).unwrap(),
            apis: Vec::new(),
            units: Units::new(),
        };
        bench.apis = bench.model(&bench.document).expect("a golden document");
        bench.units = units(&bench.apis);
        bench
    }

    fn model(&self, document: &Value) -> Result<Vec<Api>, String> {
        let folder = self.folder.path().join(&self.name);
        fs::write(folder.join("openapi.yaml"), document.to_string()).unwrap();
        try_model(&targets::folder(&folder).expect("a document"))
    }

    /// What does not hold of an edit; none where the document is no good after it.
    fn problems(&self, edit: &Edit) -> Option<Vec<String>> {
        let document = edited(&self.document, edit)?;
        let apis = self.model(&document).ok()?;
        let units = units(&apis);
        let sides = [
            Side {
                apis: &self.apis,
                units: &self.units,
            },
            Side {
                apis: &apis,
                units: &units,
            },
        ];
        let [old, new] = &sides;
        let mut problems = Vec::new();
        for (before, after) in [(old, new), (new, old)] {
            let report = sdk_changes::compare(before.apis, after.apis);
            let found = explained::problems(&report, before, after);
            problems.extend(found);
        }
        Some(problems)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn every_mutation_is_reported_and_shows() {
    let all = env::var("MUTATIONS").is_ok_and(|wanted| wanted == "all");
    let only = env::var("MUTATIONS_OF").ok();
    let specs = fs::read_dir(root().join("tests/golden/specs")).unwrap();
    let mut specs: Vec<PathBuf> = specs.flatten().map(|entry| entry.path()).collect();
    specs.retain(|spec| spec.is_dir() && only.as_deref().is_none_or(|name| spec.ends_with(name)));
    specs.sort();
    let (next, tried) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut problems = Vec::new();
        while let Some(spec) = specs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let bench = Bench::new(spec);
            let step = if all { 1 } else { SHARE };
            let edits = edits(&bench.document);
            for edit in edits.iter().step_by(step) {
                let Some(found) = bench.problems(edit) else {
                    continue;
                };
                tried.fetch_add(1, Ordering::Relaxed);
                let found = found.into_iter();
                problems.extend(found.map(|it| format!("{}: {edit:?}: {it}", bench.name)));
            }
        }
        problems
    };
    let problems: Vec<String> = thread::scope(|scope| {
        let spawn = |_| {
            let thread = thread::Builder::new().stack_size(64 << 20);
            thread.spawn_scoped(scope, work).expect("a thread")
        };
        let threads: Vec<_> = (0..thread::available_parallelism().map_or(1, usize::from))
            .map(spawn)
            .collect();
        let ended = threads.into_iter().map(|thread| thread.join());
        ended.flat_map(|found| found.expect("no panic")).collect()
    });
    let tried = tried.into_inner();
    println!("{tried} mutations");
    assert!(
        tried > 50 || only.is_some(),
        "only {tried} documents were good"
    );
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
}
