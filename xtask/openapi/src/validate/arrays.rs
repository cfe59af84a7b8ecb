//! Arrays of a schema: values that are listed twice, and arrays without values.

use foldhash::HashSet;
use serde_json::{Map, Value};

use super::Repair;
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, sanitize};
use crate::node::member;
use crate::path::Path;

/// The most values of all enums of a document: each becomes Rust code.
const MOST_VALUES: usize = 300_000;

pub(super) struct Arrays {
    /// The values of the enums so far.
    pub(super) values: usize,
}

impl Arrays {
    pub(super) fn check(
        &mut self,
        schema: &Map<String, Value>,
        path: &Path<'_>,
        diagnostics: &mut Diagnostics,
        repairs: &mut Vec<Repair>,
    ) {
        let list = |key: &str| member(schema, key).and_then(Value::as_array);
        let mut seen = HashSet::default();
        for (index, name) in list("required").into_iter().flatten().enumerate() {
            let name = name.as_str().unwrap_or_default();
            if !seen.insert(name) {
                let key = Path::Key(path, "required");
                let location = Path::Index(&key, index).origin();
                let message = format!("duplicate `{}` in `required`", sanitize(name));
                let problem = Diagnostic::error(location, message).repair("ignoring it");
                diagnostics.recoverable(ErrorKind::DuplicateRequired, problem);
            }
        }
        self.values += list("enum").map_or(0, Vec::len);
        if list("enum").is_some() && self.values > MOST_VALUES {
            let message = "the enums of this document have too many values together";
            let problem = Diagnostic::error(Path::Key(path, "enum").origin(), message)
                .help("shorten it in an overlay")
                .repair("ignoring it")
                .omits("the values of an enum");
            diagnostics.recoverable(ErrorKind::DocumentSize, problem);
            repairs.push(Repair::without(path.pointer(), "enum"));
            return;
        }
        let mut seen = HashSet::default();
        for (index, value) in list("enum").into_iter().flatten().enumerate() {
            if !seen.insert(value) {
                let key = Path::Key(path, "enum");
                let location = Path::Index(&key, index).origin();
                let message = format!("duplicate `{}` in `enum`", sanitize(&value.to_string()));
                diagnostics.push(Diagnostic::warning(location, message).repair("ignoring it"));
            }
        }
        for key in ["enum", "allOf", "oneOf", "anyOf"] {
            if list(key).is_some_and(Vec::is_empty) {
                let location = Path::Key(path, key).origin();
                let problem = Diagnostic::error(location, format!("`{key}` must not be empty"));
                let problem = problem.repair("ignoring it");
                let kind = match key {
                    "enum" => ErrorKind::EmptyEnum,
                    _ => ErrorKind::EmptyComposition,
                };
                diagnostics.recoverable(kind, problem);
                repairs.push(Repair::without(path.pointer(), key));
            }
        }
    }
}
