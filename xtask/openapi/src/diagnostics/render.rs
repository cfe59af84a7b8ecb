//! Diagnostics as text.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Location, Position, Severity, Sources, sanitize};

/// So many characters of a line are shown around what is meant: minified JSON is one line.
const WIDTH: usize = 100;

/// So many problems are shown: nobody reads more, and one line of minified JSON may hold many.
const MOST_SHOWN: usize = 1_000;

/// Everything, sorted by location, each problem once.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, colors: bool) -> String {
    let positions: Vec<_> = diagnostics
        .iter()
        .map(|item| position(item, sources))
        .collect();
    let mut order: Vec<usize> = (0..diagnostics.len()).collect();
    order.sort_by_cached_key(|&index| key(&diagnostics[index], positions[index].as_ref()));
    order.dedup_by_key(|index| key(&diagnostics[*index], positions[*index].as_ref()));

    let renderer = if colors {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    // Errors first, where not all are shown.
    let left = order.len().saturating_sub(MOST_SHOWN);
    if left > 0 {
        order.sort_by_key(|&index| diagnostics[index].severity);
        order.truncate(MOST_SHOWN);
    }
    let mut text = String::new();
    for index in order {
        let group = Entry::new(&diagnostics[index], positions[index].as_ref(), sources);
        text.push_str(&group.render(&renderer));
        text.push_str("\n\n");
    }
    if left > 0 {
        text.push_str(&format!("… and {left} more\n\n"));
    }
    text
}

/// How many errors and warnings there are, each problem counted once.
pub(super) fn counts(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let mut seen = std::collections::HashSet::new();
    let (mut errors, mut warnings) = (0, 0);
    for item in diagnostics {
        if seen.insert((item.severity, format!("{:?}", item.location), &item.message)) {
            match item.severity {
                Severity::Error => errors += 1,
                Severity::Warning => warnings += 1,
            }
        }
    }
    (errors, warnings)
}

fn position(item: &Diagnostic, sources: &Sources) -> Option<Position> {
    match &item.location {
        Location::At(position) => Some((**position).clone()),
        Location::Pointer(origin) => sources.locate(origin),
        Location::File(_) | Location::None => None,
    }
}

type Key = (String, Option<(usize, usize)>, Severity, String, String);

fn key(item: &Diagnostic, position: Option<&Position>) -> Key {
    let file = match (&item.location, position) {
        (_, Some(position)) => position.file.clone(),
        (Location::File(file), None) => file.clone(),
        _ => String::new(),
    };
    let pointer = match &item.location {
        Location::Pointer(origin) => origin.as_str().to_owned(),
        _ => String::new(),
    };
    let at = position.map(|position| (position.line, position.column));
    (file, at, item.severity, item.message.clone(), pointer)
}

/// The parts of one rendered diagnostic, with control characters escaped.
struct Entry {
    severity: Severity,
    message: String,
    file: Option<String>,
    line: Option<(usize, usize)>,
    window: Option<Window>,
    pointer: Option<String>,
    repair: Option<String>,
    help: Option<String>,
}

impl Entry {
    fn new(item: &Diagnostic, position: Option<&Position>, sources: &Sources) -> Self {
        let file = match (&item.location, position) {
            (_, Some(position)) => Some(sanitize(&position.file)),
            (Location::File(file), None) => Some(sanitize(file)),
            _ => None,
        };
        let pointer = match &item.location {
            Location::Pointer(origin) => Some(sanitize(origin.as_str())),
            _ => None,
        };
        Self {
            severity: item.severity,
            message: sanitize(&item.message),
            file,
            line: position.map(|position| (position.line, position.column)),
            window: position.and_then(|position| {
                window(sources.text(&position.file)?, position.start, position.end)
            }),
            pointer,
            repair: item.repair.as_deref().map(|repair| match item.severity {
                Severity::Error => format!("with `--lenient`, {}", sanitize(repair)),
                Severity::Warning => sanitize(repair),
            }),
            help: item.help.as_deref().map(sanitize),
        }
    }

    fn render(&self, renderer: &Renderer) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(self.message.as_str()));
        let path = self.file.as_deref().unwrap_or_default();
        let snippet = self
            .window
            .as_ref()
            .zip(self.line)
            .map(|(window, (line, _))| {
                let annotation = AnnotationKind::Primary.span(window.start..window.end);
                Snippet::source(window.source.as_str())
                    .line_start(line)
                    .annotation(annotation)
            });
        group = match (snippet, self.line) {
            // The renderer counts columns in what it is given, which is right for a whole line.
            (Some(snippet), Some(_)) if self.window.as_ref().is_some_and(|w| w.whole) => {
                group.element(snippet.path(path))
            }
            (snippet, Some((line, column))) => {
                let origin = Origin::path(path).line(line).char_column(column);
                group.element(origin).elements(snippet)
            }
            (_, None) if self.file.is_some() => group.element(Origin::path(path)),
            (_, None) => group,
        };
        if let Some(pointer) = &self.pointer {
            group = group.element(Level::NOTE.message(format!("at {pointer}")));
        }
        if let Some(repair) = &self.repair {
            group = group.element(Level::NOTE.message(repair.as_str()));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

/// The line that holds what is meant.
struct Window {
    source: String,
    /// What is meant, in bytes of `source`.
    start: usize,
    end: usize,
    /// Whether nothing before it was cut off.
    whole: bool,
}

/// The line that holds the bytes, cut to what fits.
fn window(text: &str, start: usize, end: usize) -> Option<Window> {
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text
        .get(start..)?
        .find('\n')
        .map_or(text.len(), |at| start + at);
    // What is meant may end in the middle of a character.
    let end = (end.clamp(start, line_end)..line_end)
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(line_end);

    let before = &text[line_start..start];
    // From behind: the line may be a whole document.
    let kept = before.char_indices().rev().nth(WIDTH - 1);
    let kept = kept.map_or(0, |(at, _)| at);
    let mut source = String::new();
    if kept > 0 {
        source.push('…');
    }
    source.extend(before[kept..].chars().map(escape_control));
    let from = source.len();
    source.extend(text[start..end].chars().take(WIDTH).map(escape_control));
    let to = source.len();
    let after = text[end..line_end].trim_end_matches('\r');
    source.extend(after.chars().take(WIDTH).map(escape_control));
    (!source.is_empty()).then_some(Window {
        source,
        start: from,
        end: to,
        whole: kept == 0,
    })
}

/// A character as it may go to a terminal, one for one.
pub fn escape_control(c: char) -> char {
    match c {
        '\t' | '\r' | '\n' => ' ',
        c if c.is_control() => '\u{fffd}',
        // What turns the direction of text around, or hides.
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => '\u{fffd}',
        '\u{61c}' | '\u{feff}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Diagnostics, SpecPointer};
    use super::*;

    #[test]
    fn a_problem_shows_its_source_once_and_in_order() {
        let mut sources = Sources::new();
        sources.add(
            "api.yaml",
            "info:\n  title: Pets\npaths:\n  /pets/{id}:\n    get: {}\n",
        );
        let mut diagnostics = Diagnostics::new(false);
        for location in ["#/paths/~1pets~1{id}/get", "#/info/title", "#/info/title"] {
            diagnostics
                .push(Diagnostic::error(SpecPointer::new(location), "is wrong").help("mend it"));
        }
        assert_eq!(
            diagnostics.render(&sources, false),
            "\
error: is wrong
 --> api.yaml:2:10
  |
2 |   title: Pets
  |          ^^^^
  |
  = note: at #/info/title
  = help: mend it

error: is wrong
 --> api.yaml:5:5
  |
5 |     get: {}
  |     ^^^
  |
  = note: at #/paths/~1pets~1{id}/get
  = help: mend it

"
        );
        assert_eq!(diagnostics.counts(), (2, 0));
    }

    #[test]
    fn of_very_many_problems_the_errors_are_shown_first() {
        let mut diagnostics = Diagnostics::new(true);
        for at in 0..2_000 {
            let location = SpecPointer::new(format!("#/a/{at}"));
            diagnostics.push(Diagnostic::warning(location, "is odd"));
        }
        diagnostics.push(Diagnostic::error(SpecPointer::new("#/z"), "is wrong"));
        let rendered = diagnostics.render(&Sources::new(), false);
        assert!(rendered.starts_with("error: is wrong"), "{rendered}");
        assert!(rendered.ends_with("… and 1001 more\n\n"), "{rendered}");
        assert_eq!(rendered.matches("warning: is odd").count(), 999);
    }

    #[test]
    fn a_minified_line_is_cut_and_keeps_its_column() {
        let text = format!("{{\"a\": \"{}\", \"b\": \"\u{1b}[31m\"}}", "x".repeat(5000));
        let mut sources = Sources::new();
        sources.add("api.json", text);
        let mut diagnostics = Diagnostics::new(false);
        diagnostics.push(Diagnostic::warning(
            SpecPointer::new("#/b"),
            "\u{1b}]0;title",
        ));
        let rendered = diagnostics.render(&sources, false);
        assert!(!rendered.contains('\u{1b}'), "{rendered}");
        assert!(rendered.contains("api.json:1:5016"), "{rendered}");
        assert!(rendered.len() < 1000, "{rendered}");
    }

    #[test]
    fn a_repair_is_an_offer_or_a_fact() {
        for (lenient, told) in [
            (
                false,
                "error: is wrong\n |\n = note: with `--lenient`, it is left out\n\n",
            ),
            (true, "warning: is wrong\n |\n = note: it is left out\n\n"),
        ] {
            let mut diagnostics = Diagnostics::new(lenient);
            diagnostics.recoverable(
                Diagnostic::error(super::Location::None, "is wrong").repair("it is left out"),
            );
            assert_eq!(diagnostics.render(&Sources::new(), false), told);
        }
    }
}
