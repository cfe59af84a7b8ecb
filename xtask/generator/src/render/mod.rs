//! Renders the files that are not Rust.

mod api_summary;
mod manifest;
mod type_name;

pub use type_name::type_name;

use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

use crate::emit::docs;
use crate::package::Runtime;
pub use manifest::{Feature, Manifest, ManifestError};
use sdk_model::{Api, Operation, Resource};
use sdk_openapi::diagnostics::sanitize;

/// The package of the generated crate.
#[derive(Debug, Clone, Serialize)]
pub struct Package {
    /// Its name: `session-sdk`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Whether it must not join a workspace that it happens to stand in.
    pub standalone: bool,
    /// Where its runtime is.
    #[serde(skip)]
    pub runtime: Runtime,
}

impl Package {
    /// The crate's name in code: `session_sdk`.
    pub fn library(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// The templates' texts.
#[derive(Debug, Clone)]
pub struct Templates {
    /// `Cargo.toml.j2`.
    pub manifest: String,
    /// `README.md.j2`.
    pub readme: String,
    /// `API.md.j2`.
    pub surface: String,
}

/// What the templates make: `Cargo.toml`, `README.md`, `API.md`.
///
/// # Errors
///
/// Where a template is wrong: it names something that there is not.
pub fn render(
    templates: &Templates,
    package: &Package,
    manifest: &Manifest,
    apis: &[&Api],
) -> Result<Vec<(&'static str, String)>, minijinja::Error> {
    let environment = environment()?;
    let titles: Vec<&str> = apis.iter().map(|api| api.title.as_str()).collect();
    let values = minijinja::Value::from(Serde(Values {
        package,
        library: package.library(),
        rust_version: &manifest.rust_version,
        description: manifest::quoted(&format!("Generated clients: {}", titles.join(", "))),
        features: manifest.features_of(&package.runtime),
        default_features: &manifest.default_features,
        dependencies: manifest.dependencies_of(apis, &package.runtime),
        apis: apis.iter().map(|api| Rendered::of(api)).collect(),
    }));
    let files = [
        ("Cargo.toml", &templates.manifest),
        ("README.md", &templates.readme),
        ("API.md", &templates.surface),
    ];
    files
        .into_iter()
        .map(|(name, template)| Ok((name, environment.render_named_str(name, template, &values)?)))
        .collect()
}

/// What changed in an API, version by version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changelog {
    /// The API.
    pub api: String,
    /// The entries, the newest first; empty where there are none.
    pub entries: String,
}

/// What `CHANGELOG.md.j2` makes.
///
/// # Errors
///
/// Where the template is wrong.
pub fn changelog(template: &str, changelogs: &[Changelog]) -> Result<String, minijinja::Error> {
    let values = minijinja::Value::from(Serde(BTreeMap::from([("changelogs", changelogs)])));
    environment()?.render_named_str("CHANGELOG.md", template, values)
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()?,
    );
    Ok(environment)
}

/// All that the templates see.
#[derive(Serialize)]
struct Values<'a> {
    package: &'a Package,
    library: String,
    rust_version: &'a str,
    description: String,
    features: Vec<Feature>,
    default_features: &'a [String],
    dependencies: Vec<String>,
    apis: Vec<Rendered>,
}

/// An API as the templates see it.
#[derive(Serialize)]
struct Rendered {
    feature: String,
    /// What its module needs; the same, but where groups have features.
    module_feature: String,
    /// The groups' features.
    group_features: Vec<String>,
    title: String,
    version: String,
    operation_count: usize,
    operations: Vec<RenderedOperation>,
    omissions: Vec<RenderedOmission>,
    surface: Vec<String>,
    types: Vec<String>,
}

#[derive(Serialize)]
struct RenderedOperation {
    line: String,
    call: String,
}

#[derive(Serialize)]
struct RenderedOmission {
    what: String,
    reason: String,
    origin: String,
}

impl Rendered {
    fn of(api: &Api) -> Self {
        let mut operations = Vec::new();
        let mut surface = Vec::new();
        each_operation(&api.resources, "", &mut |receiver, operation| {
            operations.push(RenderedOperation {
                line: cell(&format!(
                    "{} {}",
                    operation.method.as_str(),
                    operation.path.text
                )),
                call: format!("{receiver}{}", operation.name.ident.plain()),
            });
            surface.push(api_summary::operation(api, receiver, operation));
        });
        operations.sort_by(|a, b| a.call.cmp(&b.call));
        surface.sort();
        let omissions = api.omissions.iter().map(|omission| RenderedOmission {
            what: prose_cell(&omission.what),
            reason: prose_cell(&omission.reason),
            origin: cell(omission.origin.as_str()),
        });
        Self {
            feature: api.feature().to_owned(),
            module_feature: api.module_feature(),
            group_features: api
                .resources
                .iter()
                .filter_map(|group| api.group_feature(group))
                .collect(),
            title: docs::text(&api.title),
            version: docs::text(&api.version),
            operation_count: api.operation_count,
            operations,
            omissions: omissions.collect(),
            surface,
            types: api_summary::types(api),
        }
    }
}

/// Visits each operation with its receiver: `sessions().`.
fn each_operation<'a>(
    resources: &'a [Resource],
    receiver: &str,
    visit: &mut impl FnMut(&str, &'a Operation),
) {
    for resource in resources {
        let receiver = format!("{receiver}{}().", resource.name.ident.plain());
        for operation in &resource.operations {
            visit(&receiver, operation);
        }
        each_operation(&resource.children, &receiver, visit);
    }
}

/// Markdown in the cell of a table.
fn prose_cell(markdown: &str) -> String {
    docs::first_line(markdown).replace('|', "\\|")
}

/// Text between backticks in the cell of a table.
fn cell(text: &str) -> String {
    sanitize(text).replace('`', "'").replace('|', "\\|")
}
