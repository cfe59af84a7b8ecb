//! A report for a terminal.

use std::fmt::Write as _;

use super::{Detail, Group, Report, Section};

/// Operations, and items of a group, that are listed before the rest is counted.
const MOST: usize = 12;

/// Verdict, operations, and a section for each effect.
pub(super) fn report(report: &Report, detail: &Detail<'_>) -> String {
    let mut text = format!("{}\n", report.verdict);
    operations(&mut text, report);
    for section in Section::ALL {
        let groups = report.section(section);
        if groups.is_empty() {
            continue;
        }
        if section == Section::Documentation && !detail.docs {
            text.push_str(&documentation(&groups));
            continue;
        }
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\n{}", section.title());
        for group in groups {
            entry(&mut text, report, group);
        }
    }
    if !report.ignored.is_empty() {
        text.push_str("\nIgnored\n");
        for ignored in &report.ignored {
            let change = &ignored.change;
            let _ = writeln!(
                text,
                "  {}  {}: {} ({})",
                change.id,
                change.api,
                change.sentence(),
                ignored.reason
            );
        }
    }
    text
}

fn operations(text: &mut String, report: &Report) {
    let notable = report.operations.iter().filter(|it| it.is_notable());
    let notable: Vec<_> = notable.collect();
    if notable.is_empty() {
        return;
    }
    text.push_str("\nBy operation\n");
    for summary in notable.iter().take(MOST) {
        let operation = match summary.operation.as_str() {
            "" => "whole API",
            operation => operation,
        };
        let _ = writeln!(text, "  {}: {operation}: {}", summary.api, summary.counts());
    }
    if let Some(more) = notable.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(text, "  and {more} more");
    }
}

fn documentation(groups: &[&Group]) -> String {
    let count: usize = groups.iter().map(|group| group.changes.len()).sum();
    format!("\nDocumentation: {count} changed; `--docs` lists old and new text\n")
}

fn entry(text: &mut String, report: &Report, group: &Group) {
    let _ = writeln!(
        text,
        "  {}  wire {:<8}  Rust {:<8}  {}: {}",
        group.id,
        group.wire.as_str(),
        group.rust.as_str(),
        group.api,
        group.sentence()
    );
    if group.targets.len() > 1 {
        for target in shortened(&group.targets) {
            let _ = writeln!(text, "      {target}");
        }
    } else if !is_own_operation(group) {
        let operations = shortened(&group.operations).join(", ");
        let _ = writeln!(text, "      in {operations}");
    }
    if !group.consequences.is_empty() {
        let _ = writeln!(
            text,
            "      {} signatures differ for this reason alone",
            group.consequences.len()
        );
    }
    if group.documentation {
        for change in group.changes.iter().filter_map(|id| report.change(id)) {
            for (sign, side) in [("-", &change.value.before), ("+", &change.value.after)] {
                for line in side.iter().flat_map(|side| side.lines()) {
                    let _ = writeln!(text, "      {sign} {line}");
                }
            }
        }
    }
}

/// Whether the operations say no more than the target.
pub(super) fn is_own_operation(group: &Group) -> bool {
    group.operations.is_empty() || group.operations == group.targets
}

/// The first of a list, and the number of those left out.
pub(super) fn shortened(items: &[String]) -> Vec<String> {
    let mut shown: Vec<String> = items.iter().take(MOST).cloned().collect();
    if let Some(more) = items.len().checked_sub(MOST).filter(|more| *more > 0) {
        shown.push(format!("and {more} more"));
    }
    shown
}
