//! Renders the files that are not Rust.

mod api_summary;
mod manifest;
mod type_name;

pub use type_name::type_name;

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

use crate::emit::{docs, example};
pub use crate::package::Package;
use crate::package::PackageMetadata;
pub use manifest::{Feature, Manifest, ManifestError};
use sdk_model::{Api, Omission, Operation, Resource, SchemeKind};
use sdk_openapi::diagnostics::sanitize;

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
    let values = minijinja::Value::from(Serde(Values {
        package: RenderedPackage::new(package, manifest, apis),
        features: manifest.features_of(&package.runtime),
        default_features: &manifest.default_features,
        dependencies: manifest.dependencies_of(apis, &package.runtime),
        apis: apis.iter().map(|api| Rendered::of(api, package)).collect(),
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
    environment.add_filter("toml", manifest::toml_value);
    Ok(environment)
}

/// All that the templates see.
#[derive(Serialize)]
struct Values<'a> {
    package: RenderedPackage<'a>,
    features: Vec<Feature>,
    default_features: &'a [String],
    dependencies: Vec<String>,
    apis: Vec<Rendered>,
}

/// The package as the templates see it.
#[derive(Serialize)]
struct RenderedPackage<'a> {
    name: &'a str,
    version: &'a str,
    rust_version: &'a str,
    description: String,
    standalone: bool,
    has_license_file: bool,
    metadata: &'a PackageMetadata,
}

impl<'a> RenderedPackage<'a> {
    fn new(package: &'a Package, manifest: &'a Manifest, apis: &[&Api]) -> Self {
        let titles: Vec<String> = apis.iter().map(|api| docs::text(&api.title)).collect();
        let noun = if titles.len() == 1 {
            "Client"
        } else {
            "Clients"
        };
        let metadata = &package.metadata;
        let rust_version = metadata.rust_version.as_deref();
        let description = metadata.description.clone();
        Self {
            name: &package.name,
            version: &package.version,
            rust_version: rust_version.unwrap_or(&manifest.rust_version),
            description: description
                .unwrap_or_else(|| format!("{noun} of {}", titles.join(" and "))),
            standalone: package.standalone,
            has_license_file: package.license_text.is_some(),
            metadata,
        }
    }
}

/// An API as the templates see it.
#[derive(Serialize)]
struct Rendered {
    feature: String,
    /// The path of its module in code.
    path: String,
    /// The feature of its module, which differs if groups have features.
    module_feature: String,
    /// The features of the groups.
    group_features: Vec<String>,
    title: String,
    version: String,
    example: Vec<String>,
    credentials: Vec<RenderedCredential>,
    base_url_env: Vec<String>,
    operation_count: usize,
    /// The number of operations that have methods, and of those the ones that lack something.
    covered: usize,
    partial: usize,
    omissions: Vec<RenderedOmission>,
    operations: Vec<api_summary::Item>,
    types: Vec<api_summary::Item>,
}

#[derive(Serialize)]
struct RenderedCredential {
    setter: String,
    env: Option<String>,
}

#[derive(Serialize)]
struct RenderedOmission {
    what: String,
    reason: String,
    origin: String,
}

impl Rendered {
    fn of(api: &Api, package: &Package) -> Self {
        let mut operations = Vec::new();
        let mut origins = BTreeSet::new();
        each_operation(&api.resources, "", &mut |receiver, operation| {
            origins.insert(operation.origin.as_str());
            operations.push(api_summary::operation(api, receiver, operation));
        });
        operations.sort();
        let lacks = |origin: &&str| {
            let within = |omission: &Omission| {
                let rest = omission.origin.as_str().strip_prefix(*origin);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            api.omissions.iter().any(within)
        };
        let partial = origins.iter().filter(|origin| lacks(origin)).count();
        let omissions = api.omissions.iter().map(|omission| RenderedOmission {
            what: prose_cell(&omission.what),
            reason: prose_cell(&omission.reason),
            origin: cell(omission.origin.as_str()),
        });
        let settable = api
            .auth
            .iter()
            .filter(|it| it.kind != SchemeKind::MutualTls);
        let credentials = settable.map(|scheme| RenderedCredential {
            setter: scheme.name.ident.plain().to_owned(),
            env: scheme.env.as_deref().map(cell),
        });
        let groups = api.resources.iter();
        Self {
            feature: api.feature().to_owned(),
            path: package.module_path(api),
            module_feature: api.module_feature(),
            group_features: groups
                .filter_map(|group| api.group_feature(group))
                .collect(),
            title: docs::text(&api.title),
            version: docs::text(&api.version),
            example: example::of_api(api, package),
            credentials: credentials.collect(),
            base_url_env: api.base_url_env.iter().map(|it| cell(it)).collect(),
            operation_count: api.operation_count,
            covered: origins.len(),
            partial,
            omissions: omissions.collect(),
            operations,
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
