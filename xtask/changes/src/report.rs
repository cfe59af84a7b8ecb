use std::fmt::Write as _;

use serde::Serialize;

use super::{
    change::{Change, Rust, Wire},
    markdown,
};
use sdk_openapi::diagnostics::json_text;

/// What differs between two models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The version bump that semver asks for.
    pub bump: Bump,
    /// What differs, the gravest first.
    pub changes: Vec<Change>,
    /// What the documents say in another way and the generated crate shows nowhere.
    pub unseen: Vec<Change>,
}

/// A version bump.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bump {
    /// None: the crates are the same.
    None,
    /// Only what callers cannot name differs, or documentation.
    Patch,
    /// Callers can name more.
    Minor,
    /// Something that callers name is gone or another.
    Major,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For a pull request.
    Markdown,
    /// For a program.
    Json,
}

impl Report {
    pub(super) fn new(changes: Vec<Change>, unseen: Vec<Change>) -> Self {
        let bump = match changes.iter().map(|change| change.rust).max() {
            None => Bump::None,
            Some(Rust::None | Rust::Docs) => Bump::Patch,
            Some(Rust::Additive) => Bump::Minor,
            Some(Rust::Breaking) => Bump::Major,
        };
        Self {
            bump,
            changes,
            unseen,
        }
    }

    /// Whether Rust code that calls the crate may no longer compile, or what it sends or reads is
    /// no longer so on the wire.
    pub fn is_breaking(&self) -> bool {
        let breaks =
            |change: &Change| change.rust == Rust::Breaking || change.wire == Wire::Breaking;
        self.changes.iter().chain(&self.unseen).any(breaks)
    }

    /// The report as text.
    ///
    /// # Errors
    ///
    /// Where it cannot be written as JSON.
    pub fn render(&self, format: Format) -> Result<String, serde_json::Error> {
        match format {
            Format::Text => Ok(self.text()),
            Format::Markdown => Ok(markdown::report(self)),
            Format::Json => json_text(self),
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for change in self.changes.iter().chain(&self.unseen) {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{}  {:<8}  {:<8}  {}: {}",
                change.id,
                wire(change.wire),
                rust(change.rust),
                change.api,
                change.message
            );
        }
        if !text.is_empty() {
            text.insert_str(0, "id            wire      rust      change\n");
            text.push('\n');
        }
        text.push_str(&self.verdict());
        text.push('\n');
        text
    }

    /// The last line.
    pub(super) fn verdict(&self) -> String {
        let count = |effect| {
            self.changes
                .iter()
                .filter(|change| change.rust == effect)
                .count()
        };
        match self.bump {
            Bump::None => "No changes in the crate: no new version is needed.".to_owned(),
            bump => format!(
                "{} breaking, {} additive, {} of documentation, {} beneath: a {} version (before 1.0, a minor one stands for a major one).",
                count(Rust::Breaking),
                count(Rust::Additive),
                count(Rust::Docs),
                count(Rust::None),
                match bump {
                    Bump::Major => "major",
                    Bump::Minor => "minor",
                    _ => "patch",
                }
            ),
        }
    }
}

fn wire(effect: Wire) -> &'static str {
    match effect {
        Wire::None => "-",
        Wire::Additive => "additive",
        Wire::Breaking => "breaking",
    }
}

fn rust(effect: Rust) -> &'static str {
    match effect {
        Rust::None => "-",
        Rust::Docs => "docs",
        Rust::Additive => "additive",
        Rust::Breaking => "breaking",
    }
}
