//! Vendor extensions: every `x-…` that changes the generated code is a constant here, with the
//! function that reads it. docs/extensions.md describes them for users.
//!
//! Extensions that codegen.yaml names (`naming`, `envelope.key_extension`, `exclude_extensions`) are
//! read under the names given there; their defaults are here.

use serde_json::Value;

use sdk_model::Safety;
use sdk_openapi::diagnostics::Diagnostic;
use sdk_openapi::grammar::X_WEBHOOKS;
use sdk_openapi::{Node, OperationView, ResponseView, X_SENSITIVE};

const SAFETY: &str = "x-safety";
const ENVELOPE: &str = "x-envelope";
const TITLE: &str = "x-title";

/// Notes that explain `deprecated`, the first one present counts.
const DEPRECATION_NOTES: [&str; 3] = [
    "x-deprecated",
    "x-deprecation-notice",
    "x-deprecated-reason",
];

/// Names of an enum's values, the first one present counts.
const ENUM_NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];

/// Descriptions of an enum's values, the first one present counts.
const ENUM_DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// The default of `naming.group` in codegen.yaml.
pub(crate) const GROUPS: [&str; 2] = ["x-speakeasy-group", "x-fern-sdk-group-name"];

/// The default of `naming.method` in codegen.yaml.
pub(crate) const METHODS: [&str; 2] = ["x-speakeasy-name-override", "x-fern-sdk-method-name"];

/// Every extension that is read without being named in codegen.yaml.
pub fn all() -> impl Iterator<Item = &'static str> {
    [SAFETY, ENVELOPE, TITLE, X_SENSITIVE, X_WEBHOOKS]
        .into_iter()
        .chain(DEPRECATION_NOTES)
        .chain(ENUM_NAMES)
        .chain(ENUM_DESCRIPTIONS)
        .chain(GROUPS)
        .chain(METHODS)
}

/// `x-safety` of an operation. Another value than the three is an error.
pub(crate) fn safety(view: &OperationView<'_>) -> Option<Result<Safety, Diagnostic>> {
    let declared = view.extension(SAFETY)?;
    Some(match declared.as_str() {
        Some("safe") => Ok(Safety::Safe),
        Some("idempotent") => Ok(Safety::Idempotent),
        Some("unsafe") => Ok(Safety::Unsafe),
        _ => {
            let message = "x-safety is not `safe`, `idempotent` or `unsafe`";
            let problem = Diagnostic::error(view.origin().child(SAFETY), message);
            Err(problem.help("correct it in the overlay"))
        }
    })
}

/// `x-envelope`: the member that contains the payload, and whether it may be absent.
pub(crate) struct DeclaredEnvelope<'d> {
    pub(crate) key: &'d str,
    pub(crate) optional: bool,
}

/// `x-envelope` of a response, else of its operation. One without a key is an error.
pub(crate) fn envelope<'d>(
    view: &OperationView<'d>,
    response: &ResponseView<'d>,
) -> Option<Result<DeclaredEnvelope<'d>, Diagnostic>> {
    let nodes = [&response.node, &view.node];
    let (node, declared) = nodes
        .into_iter()
        .find_map(|node| Some((node, node.extension(ENVELOPE)?)))?;
    Some(match declared.get("key").and_then(Value::as_str) {
        Some(key) => Ok(DeclaredEnvelope {
            key,
            optional: declared.get("optional") == Some(&Value::Bool(true)),
        }),
        None => {
            let message = "x-envelope has no `key`, the member that contains the payload";
            let problem = Diagnostic::error(node.origin.child(ENVELOPE), message);
            Err(problem.help("correct it in the overlay"))
        }
    })
}

/// `x-title` of an operation: a summary that is not taken from the document.
pub(crate) fn title<'d>(view: &OperationView<'d>) -> Option<&'d str> {
    view.extension(TITLE)?.as_str()
}

/// The note that explains `deprecated`; empty without one.
pub(crate) fn deprecation_note(node: &Node<'_>) -> String {
    let note = DEPRECATION_NOTES.iter().find_map(|key| node.text(key));
    note.unwrap_or_default().trim().to_owned()
}

/// Texts for the values of an enum: a list in their order, or a map by value.
pub(crate) struct EnumTexts<'d>(Option<&'d Value>);

impl<'d> EnumTexts<'d> {
    /// The names of the values.
    pub(crate) fn names(node: &Node<'d>) -> Self {
        Self(ENUM_NAMES.iter().find_map(|key| node.extension(key)))
    }

    /// The descriptions of the values.
    pub(crate) fn descriptions(node: &Node<'d>) -> Self {
        Self(ENUM_DESCRIPTIONS.iter().find_map(|key| node.extension(key)))
    }

    /// The text for the value at an index of the enum.
    pub(crate) fn get(&self, index: usize, value: &str) -> Option<&'d str> {
        match self.0? {
            Value::Array(list) => list.get(index)?.as_str(),
            Value::Object(by_value) => by_value.get(value)?.as_str(),
            _ => None,
        }
    }
}

/// The text of the first of these extensions that is present and not empty.
pub(crate) fn first_text(view: &OperationView<'_>, keys: &[String]) -> Option<String> {
    keys.iter()
        .filter_map(|key| view.extension(key)?.as_str())
        .map(str::trim)
        .find(|name| !name.is_empty())
        .map(str::to_owned)
}

/// The nested names of the first of these extensions that is present and not empty: a list, or a
/// text with dots.
pub(crate) fn first_path(view: &OperationView<'_>, keys: &[String]) -> Option<Vec<String>> {
    let path = |key: &String| -> Option<Vec<String>> {
        let names: Vec<&str> = match view.extension(key)? {
            Value::String(names) => names.split('.').collect(),
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            _ => return None,
        };
        let names = names.into_iter().filter(|name| !name.trim().is_empty());
        let names: Vec<String> = names.map(str::to_owned).collect();
        (!names.is_empty()).then_some(names)
    };
    keys.iter().find_map(path)
}
