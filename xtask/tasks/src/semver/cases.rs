//! A file of small changes to one document, each the actions of an overlay.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::{Value, json};

use openapi_sdk::changes::Problem;
use openapi_sdk::targets::Input;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The document, beside the file.
    document: PathBuf,
    /// What `{target}` is replaced by, one after the other.
    targets: BTreeMap<String, String>,
    cases: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    /// Whether only words change.
    #[serde(default)]
    words: bool,
    /// Why it costs many lines.
    over: Option<String>,
    /// Targets that it does not apply to.
    #[serde(default)]
    but: Vec<String>,
    actions: Vec<Value>,
}

/// A small change.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it is.
    pub kind: String,
    /// The same, and where.
    pub name: String,
    /// Whether only words change.
    pub words: bool,
    /// Why it costs many lines.
    pub over: Option<String>,
    document: PathBuf,
    actions: Value,
}

/// Reads the cases of a file.
///
/// # Errors
///
/// Where the file cannot be read, or is of another form.
pub fn read(path: &Path) -> Result<Vec<Case>, Problem> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| named(&error))?;
    let file: File = serde_yaml::from_str(&text).map_err(|error| named(&error))?;
    let document = path.with_file_name(&file.document);
    let mut cases = Vec::new();
    for entry in file.cases {
        let actions = Value::Array(entry.actions);
        let case = |name: String, actions| Case {
            kind: entry.name.clone(),
            name,
            words: entry.words,
            over: entry.over.clone(),
            document: document.clone(),
            actions,
        };
        if !actions.to_string().contains(TARGET) {
            cases.push(case(entry.name.clone(), actions));
            continue;
        }
        let targets = file.targets.iter();
        for (name, target) in targets.filter(|(name, _)| !entry.but.contains(name)) {
            let name = format!("{}, {name}", entry.name);
            cases.push(case(name, at(target, &actions)));
        }
    }
    Ok(cases)
}

const TARGET: &str = "{target}";

/// The same actions for a target.
fn at(target: &str, actions: &Value) -> Value {
    match actions {
        Value::String(text) => Value::String(text.replace(TARGET, target)),
        Value::Array(items) => items.iter().map(|item| at(target, item)).collect(),
        Value::Object(members) => {
            let members = members.iter();
            members
                .map(|(key, value)| (key.clone(), at(target, value)))
                .collect()
        }
        other => other.clone(),
    }
}

impl Case {
    /// The document as it is.
    pub fn before(&self) -> Input {
        Input {
            name: "api".to_owned(),
            document: self.document.clone(),
            overlays: Vec::new(),
            config: None,
            changelog: None,
            include: Vec::new(),
        }
    }

    /// The document with the change, which is written into a folder as an overlay.
    ///
    /// # Errors
    ///
    /// Where the overlay cannot be written.
    pub fn after(&self, folder: &Path) -> std::io::Result<Input> {
        let overlay = json!({
            "overlay": "1.0.0",
            "info": {"title": self.name, "version": "1"},
            "actions": self.actions,
        });
        let path = folder.join("overlay.json");
        fs::write(&path, overlay.to_string())?;
        Ok(Input {
            overlays: vec![path],
            ..self.before()
        })
    }
}
