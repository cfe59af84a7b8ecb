//! `codegen.yaml`: which part of a document an SDK is made of, and what its things are called.
//!
//! Every key has a default, so that a document works without the file.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::extensions;
use crate::package::PackageMetadata;
use sdk_model::SpecPointer;
use sdk_openapi::diagnostics::{Diagnostic, ErrorKind, Location, Position};

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

/// How pages follow one another. An operation that has the parameters and the response of a rule
/// gets `pages()` and `items()`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PaginationRules {
    /// A cursor that each response contains.
    pub cursor: Option<CursorRule>,
    /// The last item of a page as the cursor of the next.
    pub after: Option<AfterRule>,
    /// A URL of the next page.
    pub link: Option<LinkRule>,
    /// A window over the list.
    pub offset: Option<OffsetRule>,
    /// Numbered pages.
    pub page: Option<PageRule>,
    /// Rules of single operations, by operation id or `METHOD /path`; null: the operation has no
    /// pages.
    pub operations: IndexMap<String, Option<PagingRules>>,
    /// Whether pages are recognized without a rule where the document makes them plain: a `Link`
    /// header, a URL of the next page, a cursor, `starting_after`, `offset` and `limit`, `page`.
    pub detect: bool,
}

impl Default for PaginationRules {
    fn default() -> Self {
        Self {
            cursor: None,
            after: None,
            link: None,
            offset: None,
            page: None,
            operations: IndexMap::new(),
            detect: true,
        }
    }
}

impl PaginationRules {
    /// The rules of all operations.
    pub(crate) fn rules(&self) -> PagingRules {
        PagingRules {
            cursor: self.cursor.clone(),
            after: self.after.clone(),
            link: self.link.clone(),
            offset: self.offset.clone(),
            page: self.page.clone(),
        }
    }
}

/// How the pages of one operation follow one another; the first rule that fits counts.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PagingRules {
    /// A cursor that each response contains.
    pub cursor: Option<CursorRule>,
    /// The last item of a page as the cursor of the next.
    pub after: Option<AfterRule>,
    /// A URL of the next page.
    pub link: Option<LinkRule>,
    /// A window over the list.
    pub offset: Option<OffsetRule>,
    /// Numbered pages.
    pub page: Option<PageRule>,
}

/// The last item of a page as the cursor of the next.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AfterRule {
    /// The parameter that takes the item's id: `starting_after`.
    pub cursor: String,
    /// JSON pointer to the id inside an item.
    #[serde(default = "id")]
    pub id: String,
    /// JSON pointer to whether there are more pages.
    #[serde(default)]
    pub more: Option<String>,
    /// The member that contains the list, where the response is an object.
    #[serde(default)]
    pub items: Option<String>,
}

fn id() -> String {
    "/id".to_owned()
}

/// A URL of the next page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LinkRule {
    /// JSON pointer to the URL; by default it is in the `Link` header.
    pub next: Option<String>,
    /// The member that contains the list, where the response is an object.
    pub items: Option<String>,
}

/// Numbered pages.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageRule {
    /// The parameter that takes the page's number.
    pub page: String,
    /// The number of the first page.
    #[serde(default = "one")]
    pub first: u64,
    /// The parameter that limits the items of a page.
    #[serde(default)]
    pub limit: Option<String>,
    /// The member that contains the list, where the response is an object.
    #[serde(default)]
    pub items: Option<String>,
}

fn one() -> u64 {
    1
}

/// A window over the list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OffsetRule {
    /// The parameter for the number of items to skip.
    pub offset: String,
    /// The parameter for the maximum number of items to return.
    pub limit: String,
    /// The member that contains the list, where the response is an object.
    #[serde(default)]
    pub items: Option<String>,
    /// The member that contains the total.
    #[serde(default)]
    pub total: Option<String>,
}

/// A cursor from page to page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CursorRule {
    /// The parameter that takes the cursor.
    pub cursor: String,
    /// JSON pointer to the next cursor.
    pub next: String,
    /// JSON pointer to the items; by default the envelope's member.
    #[serde(default)]
    pub items: Option<String>,
    /// JSON pointer to whether there are more pages.
    #[serde(default)]
    pub more: Option<String>,
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
            serde_yaml::from_str(text).map_err(|error| problem(&error, text, file))?;
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

fn problem(error: &serde_yaml::Error, text: &str, file: &str) -> Diagnostic {
    let error_text = error.to_string();
    // The location is reported separately.
    let message = error_text.split(" at line ").next().unwrap_or(&error_text);
    let location = match error.location() {
        Some(location) => Location::At(Box::new(position(
            text,
            file,
            location.line(),
            location.column(),
        ))),
        None => Location::File(file.to_owned()),
    };
    let (message, help) = match message.split_once(", expected one of ") {
        Some((unknown, known)) => {
            let unknown = unknown.replace("unknown field", "there is no key");
            let known = known.replace('`', "");
            (
                unknown,
                closest(message, &known).unwrap_or(format!("the keys here are {known}")),
            )
        }
        None => (
            message.replace("invalid type: ", "wrong type: "),
            "see the comments of the other codegen.yaml files for its form".to_owned(),
        ),
    };
    Diagnostic::error(location, message).help(help)
}

/// The known key that is most like the unknown one.
fn closest(message: &str, known: &str) -> Option<String> {
    let unknown = message.split('`').nth(1)?;
    known
        .split(", ")
        .map(|key| (likeness(unknown, key), key))
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, key)| format!("did you mean `{key}`?"))
}

/// How much of two words is the same, from 0 to 1.
fn likeness(left: &str, right: &str) -> f32 {
    similar::TextDiff::from_chars(left, right).ratio()
}

fn position(text: &str, file: &str, line: usize, column: usize) -> Position {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text.get(before..).unwrap_or_default();
    let own = rest.lines().next().unwrap_or_default();
    let start = before
        + own
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(own.len(), |(at, _)| at);
    let meant = text.get(start..).unwrap_or_default();
    let word: usize = meant
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        .map(char::len_utf8)
        .sum();
    let first = meant.chars().next().map_or(1, char::len_utf8);
    Position {
        file: file.to_owned(),
        line,
        column,
        start,
        end: (start + word.max(first)).min(text.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::Config;
    use sdk_openapi::diagnostics::{Diagnostic, Location};

    fn problem_of(text: &str) -> Option<(Diagnostic, usize, usize)> {
        let problem = Config::parse(text, "codegen.yaml").err()?;
        match &problem.location {
            Location::At(at) => Some((problem.clone(), at.line, at.column)),
            _ => None,
        }
    }

    #[test]
    fn nothing_is_the_default() {
        assert!(Config::parse("", "codegen.yaml").is_ok_and(|config| config.skip.is_empty()));
    }

    #[test]
    fn an_unknown_key_is_reported_with_its_line() {
        let text = "version_header: X\nnaming:\n  metod_suffix: {get: via_get}\n";
        let found =
            problem_of(text).map(|(problem, line, _)| (problem.message, problem.help, line));
        let (message, help, line) = found.unwrap_or_default();
        assert!(message.contains("metod_suffix"), "{message}");
        assert_eq!(help.as_deref(), Some("did you mean `method_suffix`?"));
        assert_eq!(line, 3);
    }

    #[test]
    fn a_wrong_type_is_reported_with_its_line() {
        let found = problem_of("version_header: X\nskip: yes\n")
            .map(|(problem, line, _)| (problem.message, line));
        let (message, line) = found.unwrap_or_default();
        assert!(message.contains("wrong type"), "{message}");
        assert_eq!(line, 2);
    }

    #[test]
    fn what_ends_in_the_middle_of_a_character_is_shown() {
        let text = "\u{60a}";
        let mut report = sdk_openapi::diagnostics::Report::new(false);
        report.sources.add("codegen.yaml", text);
        report
            .diagnostics
            .extend(Config::parse(text, "codegen.yaml").err());
        assert!(report.render(false).contains("codegen.yaml:1:1"));
    }
}
