//! The table: a row a document, and the totals; as text and as JSON.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Serialize;

use super::{Compiled, Document, Generated, Outcome};

/// A row: what a document came to.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The document.
    pub document: String,
    /// Its crate.
    pub package: String,
    /// What became of it.
    #[serde(flatten)]
    pub generated: Generated,
    /// What the compiler made of it; nothing where it was not asked.
    pub compiled: Option<Compiled>,
}

impl Row {
    /// A row that nothing is compiled of yet.
    pub fn new(document: &Document, generated: Generated) -> Self {
        Self {
            document: document.name.clone(),
            package: document.package.clone(),
            generated,
            compiled: None,
        }
    }

    /// Whether the generator did what it promises: no panic, no hang, code that compiles.
    pub fn is_good(&self) -> bool {
        let generated = !matches!(self.generated.outcome, Outcome::Panicked | Outcome::Overran);
        generated && self.compiled.as_ref().is_none_or(|one| one.succeeded)
    }
}

/// All rows.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    documents: Vec<Row>,
    totals: Totals,
}

#[derive(Debug, Clone, Default, Serialize)]
struct Totals {
    documents: usize,
    parts: usize,
    strict: usize,
    lenient: usize,
    refused: usize,
    failed: usize,
    operations: usize,
    expressed: usize,
    omitted: usize,
    compiled: usize,
    warnings: usize,
    generate_seconds: f64,
    compile_seconds: f64,
}

impl Table {
    /// A table of rows, and how many files are parts.
    pub fn new(documents: Vec<Row>, parts: usize) -> Self {
        let mut table = Self {
            documents,
            totals: Totals {
                parts,
                ..Totals::default()
            },
        };
        table.add_up();
        table
    }

    /// The packages that there are crates of.
    pub fn packages(&self) -> Vec<String> {
        let has_crate =
            |row: &&Row| matches!(row.generated.outcome, Outcome::Strict | Outcome::Lenient);
        let rows = self.documents.iter().filter(has_crate);
        rows.map(|row| row.package.clone()).collect()
    }

    /// Adds what the compiler made of the packages.
    pub fn add_compiled(&mut self, mut compiled: BTreeMap<String, Compiled>) {
        for row in &mut self.documents {
            row.compiled = compiled.remove(&row.package);
        }
        self.add_up();
    }

    /// Whether all is as it should be.
    pub fn is_good(&self) -> bool {
        self.documents.iter().all(Row::is_good)
    }

    fn add_up(&mut self) {
        let mut totals = Totals {
            parts: self.totals.parts,
            ..Totals::default()
        };
        for row in &self.documents {
            totals.documents += 1;
            *match row.generated.outcome {
                Outcome::Strict => &mut totals.strict,
                Outcome::Lenient => &mut totals.lenient,
                Outcome::Refused => &mut totals.refused,
                Outcome::Panicked | Outcome::Overran => &mut totals.failed,
            } += 1;
            totals.operations += row.generated.operations;
            totals.expressed += row.generated.expressed;
            totals.omitted += row.generated.omitted.len();
            totals.generate_seconds += row.generated.seconds;
            if let Some(compiled) = &row.compiled {
                totals.compiled += usize::from(compiled.succeeded);
                totals.warnings += compiled.warnings;
                totals.compile_seconds += compiled.seconds.unwrap_or_default();
            }
        }
        self.totals = totals;
    }

    /// The table as JSON.
    ///
    /// # Errors
    ///
    /// Never: it is made of text and numbers.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }

    /// The table as text, and below it whatever there is to say of single documents.
    pub fn text(&self) -> String {
        let head = [
            "document",
            "operations",
            "expressed",
            "omitted",
            "how",
            "generate",
            "compile",
            "warnings",
        ];
        let mut lines = vec![head.map(str::to_owned)];
        lines.extend(self.documents.iter().map(cells));
        let totals = &self.totals;
        lines.push([
            format!("{} documents", totals.documents),
            totals.operations.to_string(),
            totals.expressed.to_string(),
            totals.omitted.to_string(),
            format!("{} strict", totals.strict),
            format!("{:.2} s", totals.generate_seconds),
            format!("{:.1} s", totals.compile_seconds),
            totals.warnings.to_string(),
        ]);
        let mut text = aligned(&lines);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "\n{} strict, {} lenient, {} refused, {} failed; {} compile; {} other files",
            totals.strict,
            totals.lenient,
            totals.refused,
            totals.failed,
            totals.compiled,
            totals.parts
        );
        for row in &self.documents {
            remarks(row, &mut text);
        }
        text
    }
}

fn cells(row: &Row) -> [String; 8] {
    let generated = &row.generated;
    let (compile, warnings) = match &row.compiled {
        None => (String::new(), String::new()),
        Some(one) if !one.succeeded => ("failed".to_owned(), one.warnings.to_string()),
        Some(one) => (
            one.seconds
                .map_or_else(String::new, |seconds| format!("{seconds:.1} s")),
            one.warnings.to_string(),
        ),
    };
    let how = match generated.outcome {
        Outcome::Strict => "strict",
        Outcome::Lenient => "lenient",
        Outcome::Refused => "refused",
        Outcome::Panicked => "panicked",
        Outcome::Overran => "overran",
    };
    [
        row.document.clone(),
        generated.operations.to_string(),
        generated.expressed.to_string(),
        generated.omitted.len().to_string(),
        how.to_owned(),
        format!("{:.2} s", generated.seconds),
        compile,
        warnings,
    ]
}

fn aligned(lines: &[[String; 8]]) -> String {
    let mut widths = [0; 8];
    for line in lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for line in lines {
        let mut row = String::new();
        for (at, (cell, width)) in line.iter().zip(widths).enumerate() {
            // Text is aligned left, numbers right.
            let _ = if at == 0 || at == 4 {
                write!(row, "{cell:width$}  ")
            } else {
                write!(row, "{cell:>width$}  ")
            };
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

fn remarks(row: &Row, text: &mut String) {
    let generated = &row.generated;
    let mut lines = Vec::new();
    if let Some(problem) = &generated.problem {
        let repairs = match generated.repairs {
            0 => String::new(),
            repairs => format!(" ({repairs} repaired)"),
        };
        lines.push(format!("{problem}{repairs}"));
    }
    lines.extend(
        generated
            .omitted
            .iter()
            .map(|what| format!("omitted: {what}")),
    );
    if let Some(compiled) = &row.compiled {
        lines.extend(compiled.complaints.iter().cloned());
        if !compiled.succeeded && compiled.complaints.is_empty() {
            lines.push("does not compile".to_owned());
        }
    }
    if !lines.is_empty() {
        let _ = writeln!(text, "\n{}:", row.document);
        for line in lines {
            let _ = writeln!(text, "  {}", plain(&line).replace('\n', "\n  "));
        }
    }
}

/// Text that sends a terminal nothing but text.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect()
}
