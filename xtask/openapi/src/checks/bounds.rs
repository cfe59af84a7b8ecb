//! Bounds that leave nothing between them.

use serde_json::{Map, Value};

use super::Repair;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::{node::member, path::Path};

/// The least and the most of one measure.
const PAIRS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(super) fn check(
    schema: &Map<String, Value>,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
    repairs: &mut Vec<Repair>,
) {
    let exclusive = |key: &str| member(schema, key) == Some(&Value::Bool(true));
    for (least, most) in PAIRS {
        let (Some(low), Some(high)) = (number(schema, least), number(schema, most)) else {
            continue;
        };
        let open = least == "minimum"
            && low == high
            && (exclusive("exclusiveMinimum") || exclusive("exclusiveMaximum"));
        if low <= high && !open {
            continue;
        }
        let message = match open {
            true => {
                format!("`{least}` and `{most}` are both {low}, which is ruled out itself")
            }
            false => format!("`{least}` ({low}) is greater than `{most}` ({high})"),
        };
        let place = Path::Key(path, least).origin();
        diagnostics.recoverable(
            Diagnostic::error(place, message)
                .help("no value can satisfy both")
                .repair("both are ignored"),
        );
        repairs.push(Repair::without(path.pointer(), least));
        repairs.push(Repair::without(path.pointer(), most));
    }
    if number(schema, "multipleOf").is_some_and(|step| step <= 0.0) {
        let place = Path::Key(path, "multipleOf").origin();
        let message = "`multipleOf` must be greater than 0";
        diagnostics.recoverable(Diagnostic::error(place, message).repair("it is ignored"));
        repairs.push(Repair::without(path.pointer(), "multipleOf"));
    }
}

fn number(schema: &Map<String, Value>, key: &str) -> Option<f64> {
    member(schema, key)?.as_f64()
}
