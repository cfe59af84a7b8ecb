//! What the command prints: text for people, or one JSON object a line for programs.

use std::{
    error::Error,
    fmt::Display,
    io::{self, Write as _},
    path::Path,
};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use sdk_openapi::diagnostics::{Diagnostic, ErrorKind, Location, Report, Severity};
use serde::Serialize;

use crate::files::{Check, Written};

/// How messages are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// Text on the standard error.
    #[default]
    Human,
    /// JSON objects on the standard output, one a line.
    Json,
}

/// Where messages go, and which.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminal {
    /// Errors only.
    pub quiet: bool,
    /// Each file, too.
    pub verbose: bool,
    pub format: MessageFormat,
}

/// A line of `--message-format json`.
#[derive(Debug, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Message<'a> {
    Diagnostic(DiagnosticMessage<'a>),
    Status {
        message: String,
    },
    Written {
        folder: &'a Path,
        changed: &'a [String],
        removed: &'a [String],
    },
    Stale {
        folder: &'a Path,
        files: &'a [String],
        diff: &'a str,
    },
    Leftover {
        path: &'a Path,
        was_replacing: bool,
    },
    Error {
        message: String,
    },
    Finished {
        exit_code: u8,
    },
}

#[derive(Debug, Serialize)]
struct DiagnosticMessage<'a> {
    severity: &'static str,
    /// The kind that `--allow` takes.
    kind: Option<&'static str>,
    message: &'a str,
    help: Option<&'a str>,
    repair: Option<&'a str>,
    omits: Option<&'a str>,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    pointer: Option<&'a str>,
}

impl Terminal {
    /// Prints the problems of a document.
    pub fn report(&self, report: &Report) {
        match self.format {
            MessageFormat::Json => {
                for diagnostic in report.diagnostics.iter() {
                    if !self.quiet || diagnostic.severity == Severity::Error {
                        self.json(&Message::Diagnostic(message(diagnostic, report)));
                    }
                }
            }
            MessageFormat::Human if self.quiet && !report.has_errors() => {}
            MessageFormat::Human => eprint!("{}", report.render(has_colors())),
        }
    }

    /// Prints what is done, or was.
    pub fn status(&self, message: impl Display) {
        match self.format {
            _ if self.quiet => {}
            MessageFormat::Json => self.json(&Message::Status {
                message: message.to_string(),
            }),
            MessageFormat::Human => eprintln!("{message}"),
        }
    }

    /// Prints which files of a folder were written.
    pub fn written(&self, folder: &Path, written: &Written) {
        for leftover in &written.leftovers {
            let path = leftover.path.display();
            self.status(format_args!("removed {path}, left by an interrupted run"));
        }
        let (changed, removed) = (&written.changed, &written.removed);
        if self.format == MessageFormat::Json {
            self.json(&Message::Written {
                folder,
                changed,
                removed,
            });
            return;
        }
        self.status(format_args!(
            "{}: {} changed, {} removed",
            folder.display(),
            count(changed.len(), "file"),
            removed.len()
        ));
        for path in removed {
            self.status(format_args!("removed {}", folder.join(path).display()));
        }
        if self.verbose {
            for path in changed {
                self.status(format_args!("wrote {}", folder.join(path).display()));
            }
        }
    }

    /// Prints how a folder differs from what would be generated.
    pub fn checked(&self, folder: &Path, check: &Check) {
        for leftover in &check.leftovers {
            let (path, was_replacing) = (&leftover.path, leftover.was_replacing);
            match self.format {
                MessageFormat::Json => self.json(&Message::Leftover {
                    path,
                    was_replacing,
                }),
                MessageFormat::Human if was_replacing => eprintln!(
                    "{}: a run was interrupted while it replaced files: \
                     some files are new and some are old",
                    path.display()
                ),
                MessageFormat::Human => {
                    eprintln!("{}: left by an interrupted run", path.display());
                }
            }
        }
        match self.format {
            _ if check.stale.is_empty() => {}
            MessageFormat::Json => self.json(&Message::Stale {
                folder,
                files: &check.stale,
                diff: &check.diff,
            }),
            MessageFormat::Human => print(&check.diff),
        }
    }

    /// Prints why the command failed.
    pub fn error(&self, error: &(dyn Error + 'static)) {
        match self.format {
            MessageFormat::Json => self.json(&Message::Error {
                message: error.to_string(),
            }),
            MessageFormat::Human => eprintln!("error: {error}"),
        }
    }

    /// Prints, for programs, that no more messages follow.
    pub fn finished(&self, exit_code: u8) {
        if self.format == MessageFormat::Json {
            self.json(&Message::Finished { exit_code });
        }
    }

    fn json(&self, message: &Message<'_>) {
        // Strings, numbers and paths that are not UTF-8 aside, nothing can fail here.
        if let Ok(text) = serde_json::to_string(message) {
            print(&(text + "\n"));
        }
    }
}

fn message<'a>(diagnostic: &'a Diagnostic, report: &Report) -> DiagnosticMessage<'a> {
    let (mut file, mut line, mut column, mut pointer) = (None, None, None, None);
    let position = match &diagnostic.location {
        Location::None => None,
        Location::File(name) => {
            file = Some(name.clone());
            None
        }
        Location::Pointer(at) => {
            pointer = Some(at.pointer());
            file = Some(at.file().to_owned()).filter(|name| !name.is_empty());
            file = file.or_else(|| report.sources.name(0).map(str::to_owned));
            report.sources.locate(at)
        }
        Location::At(position) => Some((**position).clone()),
    };
    if let Some(position) = position {
        file = Some(position.file);
        line = Some(position.line);
        column = Some(position.column);
    }
    DiagnosticMessage {
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        kind: diagnostic.kind.map(ErrorKind::name),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        repair: diagnostic.repair.as_deref(),
        omits: diagnostic.omits.as_deref(),
        file,
        line,
        column,
        pointer,
    }
}

/// Whether the standard error takes colors: it is a terminal, unless `NO_COLOR`, `CLICOLOR_FORCE` or
/// `TERM=dumb` decide otherwise.
pub fn has_colors() -> bool {
    AutoStream::choice(&io::stderr()) != ColorChoice::Never
}

/// Prints to the standard output. A reader that has gone is no error of ours.
fn print(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}

/// A number and its noun.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}
