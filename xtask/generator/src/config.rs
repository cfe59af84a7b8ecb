//! `codegen.yaml`: which part of a document an SDK is made of, and what its things are called.
//!
//! Every key has a default, so that a document works without the file.

mod errors;
mod paging;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

pub use paging::{
    AfterRule, CursorRule, LinkRule, OffsetRule, PageRule, PaginationRules, PagingRules,
};

use crate::extensions;
use crate::package::PackageMetadata;
use sdk_model::SpecPointer;
use sdk_openapi::diagnostics::{Diagnostic, ErrorKind};

/// A `codegen.yaml`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The package of the generated crate.
    pub package: PackageMetadata,
    /// The operations to take; empty takes all.
    pub include: Selection,
    /// Operations with one of these extensions set to anything but `false` or null are left out
    /// (`x-undocumented`).
    pub exclude_extensions: Vec<String>,
    /// How `cargo xtask vendor` writes the document.
    pub vendor: Vendor,
    /// What groups and methods are called.
    pub naming: Naming,
    /// A header that carries `info.version` on every request.
    pub version_header: Option<String>,
    /// Environment variables that override the base URL in `from_env`, a name or a list: the first
    /// one that is set does.
    #[serde(deserialize_with = "one_or_more")]
    #[schemars(with = "OneOrMore")]
    pub base_url_env: Vec<String>,
    /// A Cargo feature for each group of operations, so that callers compile only those they call.
    pub group_features: bool,
    /// Security schemes by key: the setter's name and the environment variable.
    pub credentials: IndexMap<String, Credential>,
    /// How responses are wrapped.
    pub envelope: EnvelopeRules,
    /// What error responses look like.
    pub errors: Errors,
    /// Rust types for formats.
    pub formats: Formats,
    /// How pages follow one another.
    pub pagination: PaginationRules,
    /// Types whose values report the progress of what an operation started: operations that return
    /// them get `wait_done()`.
    pub wait: Vec<WaitRule>,
    /// Kinds of recoverable errors to accept as warnings, by the names that diagnostics print.
    #[schemars(with = "Vec<String>")]
    pub allow: Vec<ErrorKind>,
    /// Operations that are left out on purpose.
    pub skip: Vec<Skip>,
    /// What diagnostics call the file.
    #[serde(skip)]
    file: String,
}

/// Which operations to take: those that match a path or an operation id.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Selection {
    /// Paths; a trailing `*` takes all that begin so.
    pub paths: Vec<String>,
    /// Operation ids.
    pub operations: Vec<String>,
}

/// How a document is vendored.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Vendor {
    /// Keep no description, summary, title or example.
    pub facts_only: bool,
}

/// What groups and methods are called.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Naming {
    /// Extensions of an operation that name its group, the first that is there wins. A list, or
    /// a name with dots, names a group in a group. Then comes the first tag, then the path.
    pub group: Vec<String>,
    /// Extensions of an operation that name its method, the first that is there wins. Then comes
    /// the operation id. One that only repeats the HTTP method and the path, or none, becomes
    /// `list`, `get`, `create`, `update`, `replace`, `delete` or the path's action.
    pub method: Vec<String>,
    /// By HTTP method in lower case, what is appended to the name of each such operation:
    /// `get: via_get` distinguishes GET operations from POST operations with the same name.
    pub method_suffix: BTreeMap<String, String>,
}

impl Default for Naming {
    fn default() -> Self {
        Self {
            group: extensions::GROUPS.map(str::to_owned).to_vec(),
            method: extensions::METHODS.map(str::to_owned).to_vec(),
            method_suffix: BTreeMap::new(),
        }
    }
}

/// A security scheme as the caller meets it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Credential {
    /// The client builder's setter; the scheme's key otherwise.
    pub name: Option<String>,
    /// The environment variable that `from_env` reads.
    pub env: Option<String>,
    /// What such credentials begin with, a text or a list. A credential that begins like another
    /// scheme's is refused before it is sent, with the name of the right setter.
    #[serde(deserialize_with = "one_or_more")]
    #[schemars(with = "OneOrMore")]
    pub prefix: Vec<String>,
    /// What other credentials begin with, which are refused, and their names: `pk_: publishable
    /// key`.
    pub rejects: BTreeMap<String, String>,
}

/// How responses are wrapped.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EnvelopeRules {
    /// The operation extension that names the member with the payload. Where its value is null, a
    /// response without other members than those of `ignore` is `()`.
    pub key_extension: Option<String>,
    /// Members that say nothing beyond the status: `ok`.
    pub ignore: Vec<String>,
    /// The property that is false if the call failed, whatever the status: `ok`.
    pub success_flag: Option<String>,
}

/// What error responses look like. Pointers are JSON pointers; the first that refers to a string
/// wins.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Errors {
    /// The schema of the body (`#/components/schemas/…`); by default the one that most
    /// operations declare.
    pub body: Option<String>,
    /// Where the code is.
    pub code: Vec<String>,
    /// Where the message is.
    pub message: Vec<String>,
    /// Where the request id is.
    pub request_id: Vec<String>,
    /// Response headers with the request id; they win over the body.
    pub request_id_headers: Vec<String>,
}

/// Rust types for formats.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Formats {
    /// `format: uuid`.
    pub uuid: UuidType,
    /// `format: date-time`.
    pub date_time: DateTimeType,
    /// `type: number` without a format of floating point.
    pub number: NumberType,
}

/// The Rust type of `format: date-time`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateTimeType {
    /// `jiff::Timestamp`.
    #[default]
    Timestamp,
    /// `String`, exactly as the server sends it.
    String,
}

/// The Rust type of `type: number`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumberType {
    /// `f64`.
    #[default]
    F64,
    /// `Decimal`, which keeps all digits.
    Decimal,
}

/// The Rust type of `format: uuid`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UuidType {
    /// `String`: servers often send ids that are not valid UUIDs.
    #[default]
    String,
    /// `uuid::Uuid`.
    Uuid,
}

/// A type whose values report the progress of what an operation started.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaitRule {
    /// The schema: `#/components/schemas/…`.
    pub schema: String,
    /// The property with the id. The polled operation has a parameter of this name.
    pub id: String,
    /// The property with the status.
    pub status: String,
    /// The statuses that are not final.
    pub pending: Vec<String>,
    /// The statuses that are failures.
    #[serde(default)]
    pub failed: Vec<String>,
    /// The id of the operation that returns the current value. It must be safe.
    pub operation: String,
}

/// An operation that is left out on purpose.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// The operation id, or `METHOD /path`.
    pub operation: String,
    /// Why.
    pub reason: String,
}

/// A text, or a list of texts.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a text or a list of texts")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match OneOrMore::deserialize(deserializer)? {
        OneOrMore::One(text) => vec![text],
        OneOrMore::More(texts) => texts,
    })
}

impl Config {
    /// Reads the text of a `codegen.yaml` that diagnostics call `file`. What is wrong with it is
    /// reported with line and column.
    pub fn parse(text: &str, file: &str) -> Result<Self, Diagnostic> {
        // A file of comments has no value.
        let config: Option<Self> =
            serde_yaml::from_str(text).map_err(|error| errors::problem(&error, text, file))?;
        let mut config = config.unwrap_or_default();
        config.file = file.to_owned();
        Ok(config)
    }

    /// What diagnostics call the file; empty where there is none.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Where a key of the file is, by its JSON pointer.
    pub fn location(&self, pointer: &str) -> SpecPointer {
        SpecPointer::new(format!("{}#{pointer}", self.file))
    }
}

#[cfg(test)]
mod tests;
