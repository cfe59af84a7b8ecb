//! The figures as text and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Figure, Machine, thresholds};

/// Everything that was measured.
#[derive(Debug, Clone)]
pub(super) struct Report {
    pub(super) machine: Machine,
    pub(super) figures: Vec<Figure>,
}

#[derive(Serialize)]
struct Json<'r> {
    machine: &'r Machine,
    figures: Vec<JsonFigure<'r>>,
}

#[derive(Serialize)]
struct JsonFigure<'r> {
    #[serde(flatten)]
    figure: &'r Figure,
    threshold: Option<f64>,
}

impl Report {
    /// A line a figure, a space between the parts.
    pub(super) fn text(&self) -> String {
        let width = |text: &str| text.chars().count();
        let names = self.figures.iter().map(|figure| width(&figure.name)).max();
        let names = names.unwrap_or_default();
        let mut text = self.machine.line() + "\n";
        if self.machine.is_busy() {
            text.push_str("The machine was busy: times are longer than they could be.\n");
        }
        let mut part = "";
        for figure in &self.figures {
            let own = figure.name.split('/').next().unwrap_or_default();
            if own != part {
                text.push('\n');
                part = own;
            }
            let verdict = thresholds::verdict(figure).unwrap_or_default();
            let line = format!("{:names$}  {:>12}  {verdict}", figure.name, figure.shown());
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text
    }

    /// The same as Markdown: a table a part.
    pub(super) fn markdown(&self) -> String {
        let mut text = self.machine.line() + "\n";
        let mut part = "";
        for figure in &self.figures {
            let own = figure.name.split('/').next().unwrap_or_default();
            if own != part {
                text.push_str("\n| figure | value | threshold |\n|---|---:|---|\n");
                part = own;
            }
            let verdict = thresholds::verdict(figure).unwrap_or_default();
            let _ = writeln!(
                text,
                "| `{}` | {} | {verdict} |",
                figure.name,
                figure.shown()
            );
        }
        text
    }

    pub(super) fn json(&self) -> serde_json::Result<String> {
        let figures = self.figures.iter().map(|figure| JsonFigure {
            figure,
            threshold: thresholds::threshold(figure),
        });
        serde_json::to_string_pretty(&Json {
            machine: &self.machine,
            figures: figures.collect(),
        })
    }
}
