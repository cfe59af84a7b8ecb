//! Bounds that no value satisfies.

use serde_json::{Map, Value};

use super::Repair;
use crate::bounds::BOUNDS;
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind};
use crate::node::member;
use crate::path::Path;

pub(super) fn check(
    schema: &Map<String, Value>,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
    repairs: &mut Vec<Repair>,
) {
    let exclusive = |key: &str| member(schema, key) == Some(&Value::Bool(true));
    for (least, most) in BOUNDS {
        let (Some(low), Some(high)) = (number(schema, least), number(schema, most)) else {
            continue;
        };
        let is_open = least == "minimum"
            && low == high
            && (exclusive("exclusiveMinimum") || exclusive("exclusiveMaximum"));
        if low <= high && !is_open {
            continue;
        }
        let message = match is_open {
            true => format!("`{least}` and `{most}` are both {low}, which is excluded"),
            false => format!("`{least}` ({low}) is greater than `{most}` ({high})"),
        };
        let problem = Diagnostic::error(Path::Key(path, least).origin(), message);
        let problem = problem.repair("ignoring both");
        diagnostics.recoverable(ErrorKind::Contradiction, problem);
        repairs.push(Repair::without(path.pointer(), least));
        repairs.push(Repair::without(path.pointer(), most));
    }
    if number(schema, "multipleOf").is_some_and(|step| step <= 0.0) {
        let location = Path::Key(path, "multipleOf").origin();
        let problem = Diagnostic::error(location, "`multipleOf` must be greater than 0");
        diagnostics.recoverable(ErrorKind::Contradiction, problem.repair("ignoring it"));
        repairs.push(Repair::without(path.pointer(), "multipleOf"));
    }
}

fn number(schema: &Map<String, Value>, key: &str) -> Option<f64> {
    member(schema, key)?.as_f64()
}
