//! Features and dependencies of the generated crate: those of the runtime's own crate, so that
//! each version is declared once.

use std::{error::Error, fmt};

use serde::Serialize;
use toml::{Table, Value};

use sdk_model::{Api, Type};

use crate::emit::docs;
use crate::package::Runtime;

/// What the generated crate takes over from the runtime's manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The runtime's features, in its order, without `default`.
    pub features: Vec<Feature>,
    /// The runtime's default features.
    pub default_features: Vec<String>,
    /// The lines of `[dependencies]`, sorted.
    pub dependencies: Vec<String>,
    /// The line for `uuid`, which only crates with such ids need.
    uuid: String,
    /// The version of the workspace's packages.
    pub version: String,
    /// The oldest Rust that the runtime, and so the generated crate, compiles with.
    pub rust_version: String,
}

/// A feature of the runtime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The comment above it.
    pub docs: String,
    /// Whether it is on by default.
    pub default: bool,
    /// Its line.
    pub line: String,
    /// The features of the runtime that it turns on.
    #[serde(skip)]
    implied: Vec<String>,
}

/// Why a manifest cannot be rendered.
#[derive(Debug)]
pub struct ManifestError(String);

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for ManifestError {}

/// The feature and the dependency that only crates with such ids need.
const UUID: &str = "uuid";

impl Manifest {
    /// Reads the runtime's manifest and the workspace's, which its dependencies may refer to.
    ///
    /// # Errors
    ///
    /// Where one is no manifest, or a dependency is in neither.
    pub fn read(runtime: &str, workspace: &str) -> Result<Self, ManifestError> {
        let parse = |text: &str| {
            text.parse::<Table>()
                .map_err(|error| ManifestError(format!("a manifest: {error}")))
        };
        let (table, workspace) = (parse(runtime)?, parse(workspace)?);
        let shared = at(&workspace, &["workspace", "dependencies"]);
        let mut dependencies = Vec::new();
        let all = at(&table, &["dependencies"]).into_iter().flatten();
        for (name, dependency) in all.filter(|(name, _)| *name != UUID) {
            dependencies.push(format!("{name} = {}", resolved(name, dependency, shared)?));
        }
        dependencies.sort();
        let uuid = Value::Table(Table::from_iter([(
            "workspace".to_owned(),
            Value::Boolean(true),
        )]));
        let uuid = format!("uuid = {}", resolved("uuid", &uuid, shared)?);
        let list = at(&table, &["features"]);
        let default_features: Vec<String> = list
            .and_then(|features| features.get("default"))
            .and_then(Value::as_array)
            .map(|features| {
                features
                    .iter()
                    .filter_map(|f| Some(f.as_str()?.to_owned()))
                    .collect()
            })
            .unwrap_or_default();
        let package = at(&workspace, &["workspace", "package"]);
        let entry = |key: &str| {
            let value = package.and_then(|package| package.get(key)?.as_str());
            let problem = || ManifestError(format!("`workspace.package` has no `{key}`"));
            value.map(str::to_owned).ok_or_else(problem)
        };
        Ok(Self {
            features: features(runtime, &default_features),
            default_features,
            dependencies,
            uuid,
            version: entry("version")?,
            rust_version: entry("rust-version")?,
        })
    }

    /// The lines of `[dependencies]` for a crate of these APIs.
    pub(super) fn dependencies_of(&self, apis: &[&Api], runtime: &Runtime) -> Vec<String> {
        let needs_uuid = apis.iter().any(|api| api.has(&Type::Uuid));
        let mut lines = match runtime {
            Runtime::Copied => self.dependencies.clone(),
            Runtime::Dependency(runtime) => {
                let named = self.dependencies.iter().filter(|line| is_named(line));
                let mut lines: Vec<String> = named.cloned().collect();
                let uuid = if needs_uuid {
                    ", features = [\"uuid\"]"
                } else {
                    ""
                };
                lines.push(format!(
                    "{} = {{ {}, default-features = false{uuid} }}",
                    runtime.package, runtime.source
                ));
                lines
            }
        };
        if needs_uuid {
            lines.push(self.uuid.clone());
        }
        lines.sort_unstable();
        lines
    }

    /// The features of a crate, those of its APIs aside.
    pub(super) fn features_of(&self, runtime: &Runtime) -> Vec<Feature> {
        let mut features = self.features.clone();
        if let Runtime::Dependency(runtime) = runtime {
            for feature in &mut features {
                let (name, package) = (&feature.name, &runtime.package);
                let implied = feature.implied.iter().map(|other| format!("\"{other}\", "));
                let implied: String = implied.collect();
                feature.line = format!("{name} = [{implied}\"{package}/{name}\"]");
            }
        }
        features
    }
}

/// The dependencies that generated code names itself, beside those that only the runtime needs.
const NAMED: [&str; 6] = ["bytes", "http", "jiff", "secrecy", "serde", "serde_json"];

fn is_named(line: &str) -> bool {
    let name = line.split_once(" = ").map_or(line, |(name, _)| name);
    NAMED.contains(&name)
}

/// The lines of `[features]` with the comments above them.
fn features(manifest: &str, default: &[String]) -> Vec<Feature> {
    let mut features = Vec::new();
    let mut docs = String::new();
    let section = manifest
        .lines()
        .skip_while(|line| *line != "[features]")
        .skip(1);
    for line in section.take_while(|line| !line.starts_with('[')) {
        if let Some(comment) = line.strip_prefix('#') {
            docs = [docs.trim(), comment.trim()].join(" ").trim().to_owned();
        } else if let Some((name, _)) = line.split_once('=') {
            let name = name.trim().to_owned();
            let docs = std::mem::take(&mut docs);
            if name != "default" && name != UUID {
                let default = default.contains(&name);
                let line = line.to_owned();
                let implied = implied(&line);
                features.push(Feature {
                    name,
                    docs,
                    default,
                    line,
                    implied,
                });
            }
        }
    }
    features
}

/// The names of features in a line of `[features]`; those of dependencies aside.
fn implied(line: &str) -> Vec<String> {
    let quoted = line.split('"').skip(1).step_by(2);
    let own = quoted.filter(|name| !name.contains([':', '/']));
    own.map(str::to_owned).collect()
}

/// A dependency as a manifest outside of the workspace has it.
fn resolved(
    name: &str,
    dependency: &Value,
    shared: Option<&Table>,
) -> Result<String, ManifestError> {
    let Value::Table(own) = dependency else {
        return Ok(inline(dependency));
    };
    let mut merged = Table::new();
    if own.get("workspace").and_then(Value::as_bool) == Some(true) {
        match shared.and_then(|shared| shared.get(name)) {
            Some(Value::Table(table)) => merged.clone_from(table),
            Some(version) => {
                merged.insert("version".to_owned(), version.clone());
            }
            None => {
                return Err(ManifestError(format!(
                    "no dependency `{name}` in the workspace"
                )));
            }
        }
    }
    for (key, value) in own.iter().filter(|(key, _)| *key != "workspace") {
        match (merged.get_mut(key), value) {
            (Some(Value::Array(all)), Value::Array(more)) => {
                let new: Vec<Value> = more.iter().filter(|v| !all.contains(v)).cloned().collect();
                all.extend(new);
            }
            _ => {
                merged.insert(key.clone(), value.clone());
            }
        }
    }
    if let (1, Some(version)) = (merged.len(), merged.get("version")) {
        return Ok(inline(version));
    }
    let order = [
        "version",
        "path",
        "optional",
        "default-features",
        "features",
    ];
    let known = order
        .iter()
        .filter_map(|key| Some(format!("{key} = {}", inline(merged.get(*key)?))));
    let rest = merged
        .iter()
        .filter(|(key, _)| !order.contains(&key.as_str()));
    let parts: Vec<String> = known
        .chain(rest.map(|(key, value)| format!("{key} = {}", inline(value))))
        .collect();
    Ok(format!("{{ {} }}", parts.join(", ")))
}

/// A value on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => format!("\"{}\"", quoted(text)),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Datetime(time) => time.to_string(),
        Value::Array(items) => {
            format!(
                "[{}]",
                items.iter().map(inline).collect::<Vec<_>>().join(", ")
            )
        }
        Value::Table(table) => {
            let members = table
                .iter()
                .map(|(key, value)| format!("{key} = {}", inline(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
    }
}

fn at<'t>(table: &'t Table, path: &[&str]) -> Option<&'t Table> {
    path.iter()
        .try_fold(table, |table, key| table.get(*key)?.as_table())
}

/// Text in a TOML string. Invisible characters are escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '"' => quoted.extend(['\\', c]),
            c if docs::is_visible(c) => quoted.push(c),
            c => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    quoted
}

/// The template filter that writes a string or a list of strings as TOML.
pub(super) fn toml_value(value: &minijinja::Value) -> String {
    match value.as_str() {
        Some(text) => format!("\"{}\"", quoted(text)),
        None => {
            let items = value.try_iter().into_iter().flatten();
            let items: Vec<String> = items.map(|item| toml_value(&item)).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn dependencies_are_taken_over_and_resolved() {
        let runtime = "\
[features]
default = [\"reqwest\"]
# Sends.
reqwest = [\"dep:reqwest\"]
# Waits.
blocking = []

[dependencies]
serde.workspace = true
bytes = \"1.10\"
reqwest = { version = \"0.13\", optional = true }
";
        let workspace = "\
[workspace.package]
version = \"0.2.0\"
rust-version = \"1.85\"
[workspace.dependencies]
serde = { version = \"1.0\", features = [\"derive\"] }
uuid = \"1.2\"
";
        let manifest = Manifest::read(runtime, workspace);
        assert!(manifest.is_ok(), "{manifest:?}");
        let Ok(manifest) = manifest else { return };
        assert_eq!(
            manifest.dependencies,
            [
                "bytes = \"1.10\"",
                "reqwest = { version = \"0.13\", optional = true }",
                "serde = { version = \"1.0\", features = [\"derive\"] }",
            ]
        );
        assert_eq!(manifest.uuid, "uuid = \"1.2\"");
        let names: Vec<&str> = manifest.features.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["reqwest", "blocking"]);
        assert_eq!(manifest.features[0].docs, "Sends.");
        assert_eq!(manifest.version, "0.2.0");
        assert_eq!(manifest.rust_version, "1.85");
        assert!(Manifest::read("[dependencies]\nx.workspace = true", workspace).is_err());
    }
}
