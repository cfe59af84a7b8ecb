//! A report for a pull request.

use std::fmt::Write as _;

use super::{
    Detail, FileLine, Group, Report, Section,
    text::{is_own_operation, shortened},
};

/// The most bytes of a report: a GitHub comment takes 65,536 characters.
const MOST: usize = 60_000;

/// Operations that the summary lists.
const MOST_OPERATIONS: usize = 40;

/// Verdict, operations, and a folded section for each effect but the most severe.
pub(super) fn report(report: &Report, detail: &Detail<'_>) -> String {
    let mut text = verdict(report);
    operations(&mut text, report);
    let mut left_out = 0;
    for section in Section::ALL {
        let groups = report.section(section);
        if groups.is_empty() {
            continue;
        }
        if section == Section::Documentation && !detail.docs {
            let count: usize = groups.iter().map(|group| group.changes.len()).sum();
            let _ = writeln!(text, "### Documentation\n\n{count} changed.\n");
            continue;
        }
        left_out += self::section(&mut text, report, detail, section, &groups);
    }
    ignored(&mut text, report);
    if left_out > 0 {
        let _ = writeln!(
            text,
            "{left_out} more changes: `cargo xtask changes` lists them.\n"
        );
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn verdict(report: &Report) -> String {
    let super::Verdict { bump, wire, rust } = &report.verdict;
    format!(
        "| | bump | breaking | behavior | additive | documentation |\n\
         |---|---|---|---|---|---|\n\
         | **Wire** | {} | {} | {} | {} | |\n\
         | **Rust** | {} | {} | | {} | {} |\n\n\
         Next version: **{}**{}.\n\n",
        wire.bump.as_str(),
        wire.breaking,
        wire.behavior,
        wire.additive,
        rust.bump.as_str(),
        rust.breaking,
        rust.additive,
        rust.docs,
        bump.as_str(),
        if *bump == super::Bump::Major {
            " (before 1.0, minor)"
        } else {
            ""
        }
    )
}

fn operations(text: &mut String, report: &Report) {
    let notable = report.operations.iter().filter(|it| it.is_notable());
    let notable: Vec<_> = notable.collect();
    if notable.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "<details><summary>By operation ({})</summary>\n\n| operation | changes |\n|---|---|",
        notable.len()
    );
    for summary in notable.iter().take(MOST_OPERATIONS) {
        let operation = match summary.operation.as_str() {
            "" => "whole API".to_owned(),
            operation => code(operation),
        };
        let _ = writeln!(
            text,
            "| {}: {operation} | {} |",
            summary.api,
            summary.counts()
        );
    }
    if let Some(more) = notable.len().checked_sub(MOST_OPERATIONS)
        && more > 0
    {
        let _ = writeln!(text, "| {more} more | |");
    }
    text.push_str("\n</details>\n\n");
}

/// Adds a section as far as the report may grow; returns the number of groups left out.
fn section(
    text: &mut String,
    report: &Report,
    detail: &Detail<'_>,
    section: Section,
    groups: &[&Group],
) -> usize {
    let title = section.title();
    let is_folded = section > Section::RustBreaking;
    let (head, tail) = if is_folded {
        (
            format!("<details><summary>{title} ({})</summary>\n\n", groups.len()),
            "\n</details>\n\n",
        )
    } else {
        (format!("### {title}\n\n"), "\n")
    };
    let mut lines = String::new();
    let mut left_out = 0;
    for group in groups {
        let line = line(report, detail, group);
        if left_out > 0 || text.len() + head.len() + lines.len() + line.len() > MOST {
            left_out += 1;
        } else {
            lines.push_str(&line);
        }
    }
    if !lines.is_empty() {
        text.push_str(&head);
        text.push_str(&lines);
        text.push_str(tail);
    }
    left_out
}

fn line(report: &Report, detail: &Detail<'_>, group: &Group) -> String {
    let mut line = format!("- {}: {}", group.api, one_line(&group.sentence()));
    let effect = match Section::of(group) {
        Section::WireBreaking => Some(format!("Rust: {}", group.rust.as_str())),
        Section::RustBreaking | Section::Additive => Some(format!("wire: {}", group.wire.as_str())),
        _ => None,
    };
    if let Some(effect) = effect {
        let _ = write!(line, " ({effect})");
    }
    let first = group.changes.first().and_then(|id| report.change(id));
    if let Some(change) = first {
        let links = [
            ("document", detail.locations.in_document(change)),
            ("code", detail.locations.in_code(change)),
        ];
        for (name, found) in links {
            if let Some(FileLine { path, line: at }) = found {
                let _ = write!(line, " [{name}]({}{path}#L{at})", detail.links);
            }
        }
    }
    let _ = writeln!(line, " <!-- {} -->", group.id);
    if group.targets.len() > 1 {
        line.push_str("  <details><summary>items</summary>\n\n");
        for target in shortened(&group.targets) {
            let _ = writeln!(line, "  - {}", code(&target));
        }
        line.push_str("\n  </details>\n");
    } else if !is_own_operation(group) {
        let operations = shortened(&group.operations);
        let operations: Vec<String> = operations.iter().map(|it| code(it)).collect();
        let _ = writeln!(line, "  - in {}", operations.join(", "));
    }
    if !group.consequences.is_empty() {
        let count = group.consequences.len();
        let _ = writeln!(line, "  - {count} signatures differ for this reason alone");
    }
    if group.documentation {
        for change in group.changes.iter().filter_map(|id| report.change(id)) {
            let quote = |side: &Option<String>| one_line(side.as_deref().unwrap_or("none"));
            let _ = writeln!(
                line,
                "  - before: {}\n  - after: {}",
                code(&quote(&change.value.before)),
                code(&quote(&change.value.after))
            );
        }
    }
    line
}

fn ignored(text: &mut String, report: &Report) {
    if report.ignored.is_empty() {
        return;
    }
    let count = report.ignored.len();
    let _ = writeln!(text, "<details><summary>Ignored ({count})</summary>\n");
    for ignored in &report.ignored {
        let _ = writeln!(
            text,
            "- {}: {}. Reason: {}",
            ignored.change.api,
            one_line(&ignored.change.sentence()),
            one_line(&ignored.reason)
        );
    }
    text.push_str("\n</details>\n\n");
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
        .replace('<', "&lt;")
        .replace('|', "\\|")
}

/// Text as code, whatever is in it.
fn code(text: &str) -> String {
    format!(
        "`{}`",
        text.replace(['`', '\n', '\r'], "'").replace('|', "\\|")
    )
}
