//! Lists of a schema: what they hold only once, and that they hold something.

use foldhash::HashSet;
use serde_json::{Map, Value};

use super::Repair;
use crate::diagnostics::{Diagnostic, Diagnostics, sanitize};
use crate::{node::member, path::Path};

/// How many values the enums of a document may have together: each becomes Rust code.
const MOST_VALUES: usize = 300_000;

/// Checks a schema's lists. `values` is how many values the enums before it have.
pub(super) fn check(
    schema: &Map<String, Value>,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
    repairs: &mut Vec<Repair>,
    values: &mut usize,
) {
    let list = |key: &str| member(schema, key).and_then(Value::as_array);
    let mut seen = HashSet::default();
    for (index, name) in list("required").into_iter().flatten().enumerate() {
        let name = name.as_str().unwrap_or_default();
        if !seen.insert(name) {
            let key = Path::Key(path, "required");
            let place = Path::Index(&key, index).origin();
            let message = format!("`{}` stands twice in `required`", sanitize(name));
            diagnostics.recoverable(Diagnostic::error(place, message).repair("once is enough"));
        }
    }
    *values += list("enum").map_or(0, Vec::len);
    if list("enum").is_some() && *values > MOST_VALUES {
        let place = Path::Key(path, "enum").origin();
        let message = "the enums of this document have too many values together";
        diagnostics.recoverable(
            Diagnostic::error(place, message)
                .help("shorten it in an overlay")
                .repair("it is ignored")
                .omits("the names of an enum's values"),
        );
        repairs.push(Repair::without(path.pointer(), "enum"));
        return;
    }
    let mut seen = HashSet::default();
    for (index, value) in list("enum").into_iter().flatten().enumerate() {
        if !seen.insert(value) {
            let key = Path::Key(path, "enum");
            let place = Path::Index(&key, index).origin();
            let message = format!("`{}` stands twice in `enum`", sanitize(&value.to_string()));
            diagnostics.push(Diagnostic::warning(place, message).repair("once is enough"));
        }
    }
    for key in ["enum", "allOf", "oneOf", "anyOf"] {
        if list(key).is_some_and(Vec::is_empty) {
            let place = Path::Key(path, key).origin();
            let message = format!("`{key}` must not be empty");
            diagnostics.recoverable(Diagnostic::error(place, message).repair("it is ignored"));
            repairs.push(Repair::without(path.pointer(), key));
        }
    }
}
