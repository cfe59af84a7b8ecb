//! The changes by operation.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::change::{Change, Rust, Wire};

/// How many changes callers meet through an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OperationSummary {
    /// The API.
    pub api: String,
    /// The operation: `GET /sessions`; empty for changes of the whole API.
    pub operation: String,
    /// Changes that break on the wire.
    pub wire_breaking: usize,
    /// Changes that break in Rust.
    pub rust_breaking: usize,
    /// Changed defaults.
    pub behavior: usize,
    /// Changes that add and break nothing.
    pub additive: usize,
    /// All others, changes of documentation among them.
    pub other: usize,
}

impl OperationSummary {
    /// The counts that are not zero: `1 breaking on the wire, 2 additive`.
    pub fn counts(&self) -> String {
        let counts = [
            (self.wire_breaking, "breaking on the wire"),
            (self.rust_breaking, "breaking in Rust"),
            (self.behavior, "behavior"),
            (self.additive, "additive"),
            (self.other, "other"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(count, name)| format!("{count} {name}"))
            .collect();
        counts.join(", ")
    }

    /// Whether there is more than documentation and internal code.
    pub fn is_notable(&self) -> bool {
        self.wire_breaking + self.rust_breaking + self.behavior + self.additive > 0
    }
}

/// Counts changes by operation, the most affected operation first. Changes that follow from others
/// are not counted.
pub(super) fn summarize(changes: &[Change]) -> Vec<OperationSummary> {
    let mut summaries: BTreeMap<(&str, &str), OperationSummary> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.cause.is_none()) {
        let api = change.api.as_str();
        if change.operations.is_empty() {
            count(summaries.entry((api, "")).or_default(), change);
        }
        for operation in &*change.operations {
            count(summaries.entry((api, operation)).or_default(), change);
        }
    }
    let mut summaries: Vec<OperationSummary> = summaries
        .into_iter()
        .map(|((api, operation), summary)| OperationSummary {
            api: api.to_owned(),
            operation: operation.to_owned(),
            ..summary
        })
        .collect();
    summaries.sort_by_key(|summary| {
        std::cmp::Reverse((
            summary.wire_breaking,
            summary.rust_breaking,
            summary.behavior,
            summary.additive,
        ))
    });
    summaries
}

fn count(summary: &mut OperationSummary, change: &Change) {
    let breaks = change.wire == Wire::Breaking || change.rust == Rust::Breaking;
    summary.wire_breaking += usize::from(change.wire == Wire::Breaking);
    summary.rust_breaking += usize::from(change.rust == Rust::Breaking);
    if breaks {
        return;
    }
    match (change.wire, change.rust) {
        (Wire::Behavior, _) => summary.behavior += 1,
        (Wire::Additive, _) | (_, Rust::Additive) => summary.additive += 1,
        _ => summary.other += 1,
    }
}
