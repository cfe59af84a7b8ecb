//! One self-contained page: a table of changes that filters by effect, operation and text.

use minijinja::{AutoEscape, Environment, HtmlEscape, UndefinedBehavior, Value, value::Serde};
use serde::Serialize;

use super::{
    super::change::{Change, Sides},
    Detail, FileLine, Group, Ignored, Report, Section, Verdict,
};

const PAGE: &str = include_str!("page.html.j2");
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// The page.
pub(super) fn report(report: &Report, detail: &Detail<'_>) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page", PAGE)?;
    let sections: Vec<PageSection> = Section::ALL
        .into_iter()
        .map(|section| PageSection::of(report, detail, section))
        .filter(|section| !section.groups.is_empty())
        .collect();
    let operations = report.operations.iter();
    let operations = operations.filter(|summary| !summary.operation.is_empty());
    let operations: Vec<PageOperation> = operations
        .map(|summary| PageOperation {
            key: key(&summary.api, &summary.operation),
            counts: summary.counts(),
            is_notable: summary.is_notable(),
        })
        .collect();
    environment
        .get_template("page")?
        .render(Value::from(Serde(Page {
            script: SCRIPT,
            style: STYLE,
            verdict: &report.verdict,
            sections,
            operations,
            ignored: &report.ignored,
        })))
}

#[derive(Serialize)]
struct Page<'r> {
    script: &'static str,
    style: &'static str,
    verdict: &'r Verdict,
    sections: Vec<PageSection>,
    operations: Vec<PageOperation>,
    ignored: &'r [Ignored],
}

/// Text as HTML, what is between backticks as code.
fn with_code(text: &str) -> String {
    let pieces = text.split('`').enumerate().map(|(at, piece)| {
        let escaped = HtmlEscape(piece);
        if at % 2 == 0 {
            escaped.to_string()
        } else {
            format!("<code>{escaped}</code>")
        }
    });
    pieces.collect()
}

/// An operation with its API.
fn key(api: &str, operation: &str) -> String {
    format!("{api}: {operation}")
}

#[derive(Serialize)]
struct PageOperation {
    key: String,
    counts: String,
    is_notable: bool,
}

#[derive(Serialize)]
struct PageSection {
    title: &'static str,
    groups: Vec<PageGroup>,
}

impl PageSection {
    fn of(report: &Report, detail: &Detail<'_>, section: Section) -> Self {
        let groups = report.section(section).into_iter();
        Self {
            title: section.title(),
            groups: groups
                .map(|group| PageGroup::of(report, detail, group))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct PageGroup {
    id: String,
    api: String,
    kind: String,
    wire: &'static str,
    rust: &'static str,
    sentence: String,
    /// The operations as the filter compares them; empty: all.
    operations: Vec<String>,
    items: Vec<PageItem>,
    consequences: usize,
}

impl PageGroup {
    fn of(report: &Report, detail: &Detail<'_>, group: &Group) -> Self {
        let items = group.changes.iter().filter_map(|id| report.change(id));
        Self {
            id: group.id.clone(),
            api: group.api.clone(),
            kind: group.kind.to_string(),
            wire: group.wire.as_str(),
            rust: group.rust.as_str(),
            sentence: with_code(&group.sentence()),
            operations: group
                .operations
                .iter()
                .map(|operation| key(&group.api, operation))
                .collect(),
            items: items.map(|change| PageItem::of(detail, change)).collect(),
            consequences: group.consequences.len(),
        }
    }
}

#[derive(Serialize)]
struct PageItem {
    id: String,
    target: String,
    path: String,
    signature: Sides,
    value: Sides,
    document: Option<String>,
    code: Option<String>,
}

impl PageItem {
    fn of(detail: &Detail<'_>, change: &Change) -> Self {
        let text = |found: Option<FileLine>| found.map(|it| format!("{}:{}", it.path, it.line));
        Self {
            id: change.id.clone(),
            target: change.target.clone(),
            path: change.path.latest().unwrap_or_default().to_owned(),
            signature: change.signature.clone(),
            value: change.value.clone(),
            document: text(detail.locations.in_document(change)),
            code: text(detail.locations.in_code(change)),
        }
    }
}
