//! SARIF 2.1.0: a result for each change, a rule for each kind.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    super::change::{Change, Rust, Wire},
    Detail, FileLine, Report,
};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The changes and the ignored ones, as suppressed results.
pub(super) fn report(report: &Report, detail: &Detail<'_>) -> Result<String, serde_json::Error> {
    let listed = report.changes.iter().map(|change| (change, None));
    let ignored = report.ignored.iter();
    let ignored = ignored.map(|it| (&it.change, Some(it.reason.as_str())));
    let all: Vec<(&Change, Option<&str>)> = listed.chain(ignored).collect();
    let mut rules: BTreeMap<String, Value> = BTreeMap::new();
    for (change, _) in &all {
        let id = change.kind.to_string();
        let text = id.replace(['.', '_'], " ");
        let rule = json!({"id": id.clone(), "shortDescription": {"text": text}});
        rules.insert(id, rule);
    }
    let results = all
        .iter()
        .map(|(change, reason)| result(change, *reason, detail));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "cargo xtask changes",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_values().collect::<Vec<_>>(),
            }},
            "results": results.collect::<Vec<_>>(),
        }],
    });
    let mut text = serde_json::to_string_pretty(&log)?;
    text.push('\n');
    Ok(text)
}

fn result(change: &Change, reason: Option<&str>, detail: &Detail<'_>) -> Value {
    let level = match (change.wire, change.rust) {
        (Wire::Breaking, _) | (_, Rust::Breaking) => "error",
        (Wire::Behavior, _) => "warning",
        _ => "note",
    };
    let mut result = json!({
        "ruleId": change.kind.to_string(),
        "level": level,
        "message": {"text": format!("{}: {}", change.api, change.sentence())},
        "partialFingerprints": {"change/v1": change.id},
        "properties": {
            "wire": change.wire,
            "rust": change.rust,
            "operations": change.operations.to_vec(),
        },
    });
    let locations = [
        detail.locations.in_document(change),
        detail.locations.in_code(change),
    ];
    let locations: Vec<Value> = locations.into_iter().flatten().map(location).collect();
    if let Some(members) = result.as_object_mut() {
        if !locations.is_empty() {
            members.insert("locations".to_owned(), Value::Array(locations));
        }
        if let Some(reason) = reason {
            let suppressed = json!([{"kind": "external", "justification": reason}]);
            members.insert("suppressions".to_owned(), suppressed);
        }
    }
    result
}

fn location(found: FileLine) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": found.path},
        "region": {"startLine": found.line},
    }})
}
