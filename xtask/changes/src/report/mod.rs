//! What differs, summed up and written in several forms.

mod github;
mod groups;
mod html;
pub mod ignore;
mod locations;
mod markdown;
mod operations;
mod sarif;
mod text;
mod verdict;

use serde::Serialize;

pub use self::{
    groups::Group,
    ignore::Ignored,
    locations::{FileLine, Locations, NoLocations},
    operations::OperationSummary,
    verdict::{Bump, RustCounts, Verdict, WireCounts},
};
use super::change::{Change, Rust, Wire};

/// What differs between two models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The effect of all changes together.
    pub verdict: Verdict,
    /// The operations that callers meet changes through, the most affected first.
    pub operations: Vec<OperationSummary>,
    /// The changes, the same one in several items as one group; the most severe first.
    pub groups: Vec<Group>,
    /// Each change of each item.
    pub changes: Vec<Change>,
    /// The changes that an ignore file names.
    pub ignored: Vec<Ignored>,
}

/// The form of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For a pull request: sections that fold, links to lines.
    Markdown,
    /// For a program: every change, with an id that stays the same.
    Json,
    /// One self-contained page, filtered by effect, operation and text.
    Html,
    /// Annotations of a GitHub workflow.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// How much a report says.
pub struct Detail<'l> {
    /// Whether each changed description is listed, with its old and new words.
    pub docs: bool,
    /// What the paths in links begin with: the address of the repository's files.
    pub links: &'l str,
    /// Where changes are found in files.
    pub locations: &'l dyn Locations,
}

impl Default for Detail<'static> {
    fn default() -> Self {
        Self {
            docs: false,
            links: "",
            locations: &NoLocations,
        }
    }
}

impl Report {
    pub(super) fn new(changes: Vec<Change>) -> Self {
        Self::with_ignored(changes, Vec::new())
    }

    fn with_ignored(changes: Vec<Change>, ignored: Vec<Ignored>) -> Self {
        let groups = groups::of(&changes);
        Self {
            verdict: Verdict::of(&changes),
            operations: operations::summarize(&changes),
            groups,
            changes,
            ignored,
        }
    }

    /// The changes that generated code shows.
    pub fn visible(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.visible)
    }

    /// Whether requests that were accepted may be refused, or responses lack what they had.
    pub fn breaks_wire(&self) -> bool {
        self.changes
            .iter()
            .any(|change| change.wire == Wire::Breaking)
    }

    /// Whether Rust code that calls the crate may no longer compile.
    pub fn breaks_rust(&self) -> bool {
        self.changes
            .iter()
            .any(|change| change.rust == Rust::Breaking)
    }

    /// The report as text.
    ///
    /// # Errors
    ///
    /// Where it cannot be written as JSON, or the page's template is wrong.
    pub fn render(
        &self,
        format: Format,
        detail: &Detail<'_>,
    ) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        Ok(match format {
            Format::Text => text::report(self, detail),
            Format::Markdown => markdown::report(self, detail),
            Format::Json => sdk_openapi::diagnostics::json_text(self)?,
            Format::Html => html::report(self, detail)?,
            Format::Github => github::report(self, detail),
            Format::Sarif => sarif::report(self, detail)?,
        })
    }

    fn change(&self, id: &str) -> Option<&Change> {
        self.changes.iter().find(|change| change.id == id)
    }
}

/// The sections of a report, the most severe first, each with its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    WireBreaking,
    RustBreaking,
    Behavior,
    Additive,
    Internal,
    Documentation,
}

impl Section {
    const ALL: [Self; 6] = [
        Self::WireBreaking,
        Self::RustBreaking,
        Self::Behavior,
        Self::Additive,
        Self::Internal,
        Self::Documentation,
    ];

    fn of(group: &Group) -> Self {
        if group.documentation {
            return Self::Documentation;
        }
        match (group.wire, group.rust) {
            (Wire::Breaking, _) => Self::WireBreaking,
            (_, Rust::Breaking) => Self::RustBreaking,
            (Wire::Behavior, _) => Self::Behavior,
            (Wire::Additive, _) | (_, Rust::Additive) => Self::Additive,
            (Wire::None, Rust::None | Rust::Docs) => Self::Internal,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::WireBreaking => "Breaking on the wire",
            Self::RustBreaking => "Breaking in Rust only",
            Self::Behavior => "Changed behavior",
            Self::Additive => "Additive",
            Self::Internal => "No effect on callers",
            Self::Documentation => "Documentation",
        }
    }
}

impl Report {
    /// The groups of a section.
    fn section(&self, section: Section) -> Vec<&Group> {
        let groups = self.groups.iter();
        groups
            .filter(|group| Section::of(group) == section)
            .collect()
    }
}

#[cfg(test)]
mod tests;
