//! Diagnostics as text.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, ErrorKind, Location, Position, Severity, Sources, sanitize};

/// The most characters of a line shown on each side of a span: minified JSON is one line.
const WIDTH: usize = 100;

/// The most problems shown: one line of minified JSON may have thousands.
const MOST_SHOWN: usize = 200;

/// Everything, sorted by location, each problem once, and a summary.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, colors: bool) -> String {
    let positions: Vec<_> = diagnostics
        .iter()
        .map(|item| position(item, sources))
        .collect();
    let mut order: Vec<usize> = (0..diagnostics.len()).collect();
    let key_of = |index: usize| key(&diagnostics[index], positions[index].as_ref());
    order.sort_by_cached_key(|&index| key_of(index));
    order.dedup_by_key(|index| key_of(*index));
    let summary = summary(order.iter().map(|&index| &diagnostics[index]));

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
    text.push_str(&summary);
    text
}

/// How many errors and warnings there are, and how many of each kind.
fn summary<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>) -> String {
    let mut kinds: BTreeMap<Severity, BTreeMap<&str, usize>> = BTreeMap::new();
    for item in diagnostics {
        let kind = item.kind.map_or("other", ErrorKind::name);
        let kinds = kinds.entry(item.severity).or_default();
        *kinds.entry(kind).or_default() += 1;
    }
    let mut text = String::new();
    for (severity, kinds) in kinds {
        let what = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let total: usize = kinds.values().sum();
        let plural = if total == 1 { "" } else { "s" };
        let mut kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
        kinds.sort_by_key(|(kind, count)| (*kind == "other", Reverse(*count)));
        let kinds = kinds.iter().map(|(kind, count)| format!("{count} {kind}"));
        let kinds: Vec<String> = kinds.collect();
        text.push_str(&format!("{total} {what}{plural}: {}\n", kinds.join(", ")));
    }
    text
}

/// How many errors and warnings there are, each problem counted once.
pub(super) fn counts(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let mut seen = HashSet::new();
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

/// The file of a diagnostic, whether its line is known or not.
fn file(item: &Diagnostic, position: Option<&Position>, sources: &Sources) -> Option<String> {
    let file = match (&item.location, position) {
        (_, Some(position)) => position.file.clone(),
        (Location::File(file), None) => file.clone(),
        (Location::Pointer(origin), None) => sources.file_of(origin)?.to_owned(),
        _ => return None,
    };
    Some(file).filter(|file| !file.is_empty())
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

/// The parts of one rendered diagnostic, sanitized.
struct Entry {
    severity: Severity,
    kind: Option<ErrorKind>,
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
        let pointer = match &item.location {
            Location::Pointer(origin) => Some(sanitize(origin.as_str())),
            _ => None,
        };
        let repair = item.repair.as_deref().map(sanitize);
        Self {
            severity: item.severity,
            kind: item.kind,
            message: sanitize(&item.message),
            file: file(item, position, sources).map(|file| sanitize(&file)),
            line: position.map(|position| (position.line, position.column)),
            window: position.and_then(|position| {
                window(sources.text(&position.file)?, position.start, position.end)
            }),
            pointer,
            repair: repair.map(|repair| match (item.severity, item.kind) {
                (Severity::Error, Some(kind)) => format!("with `--allow {kind}`: {repair}"),
                _ => repair,
            }),
            help: item.help.as_deref().map(sanitize),
        }
    }

    fn render(&self, renderer: &Renderer) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut title = level.primary_title(self.message.as_str());
        if let Some(kind) = self.kind {
            title = title.id(kind.name());
        }
        let mut group = Group::with_title(title);
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

/// The part of a line that is shown.
struct Window {
    source: String,
    /// The span, in bytes of `source`.
    start: usize,
    end: usize,
    /// Whether it begins where the line does.
    whole: bool,
}

/// The line that holds the bytes, cut to its [`WIDTH`].
fn window(text: &str, start: usize, end: usize) -> Option<Window> {
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text
        .get(start..)?
        .find('\n')
        .map_or(text.len(), |at| start + at);
    // The span may end in the middle of a character.
    let end = (end.clamp(start, line_end)..line_end)
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(line_end);

    let before = &text[line_start..start];
    // From the end: the line may be a whole document.
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
                .push(Diagnostic::error(SpecPointer::new(location), "is wrong").help("correct it"));
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
  = help: correct it

error: is wrong
 --> api.yaml:5:5
  |
5 |     get: {}
  |     ^^^
  |
  = note: at #/paths/~1pets~1{id}/get
  = help: correct it

2 errors: 2 other
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
        let end = "… and 1801 more\n\n1 error: 1 other\n2000 warnings: 2000 other\n";
        assert!(rendered.ends_with(end), "{rendered}");
        assert_eq!(rendered.matches("warning: is odd").count(), 199);
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
    fn an_accepted_error_is_a_warning_with_its_repair() {
        let rendered = |lenient: bool, allowed: &[ErrorKind]| {
            let mut diagnostics = Diagnostics::new(lenient);
            diagnostics.allow(allowed.iter().copied());
            let problem = Diagnostic::error(Location::None, "is wrong").repair("ignoring it");
            diagnostics.recoverable(ErrorKind::Server, problem);
            diagnostics.render(&Sources::new(), false)
        };
        let error = "error[server]: is wrong\n |\n = note: with `--allow server`: ignoring it\n\n1 error: 1 server\n";
        let warning =
            "warning[server]: is wrong\n |\n = note: ignoring it\n\n1 warning: 1 server\n";
        assert_eq!(rendered(false, &[]), error);
        assert_eq!(rendered(false, &[ErrorKind::Status]), error);
        assert_eq!(rendered(false, &[ErrorKind::Server]), warning);
        assert_eq!(rendered(true, &[]), warning);
    }

    #[test]
    fn the_file_is_named_where_the_line_is_unknown() {
        let mut sources = Sources::new();
        sources.add("api.yaml", "a: {\n}\n");
        let mut diagnostics = Diagnostics::new(false);
        diagnostics.push(Diagnostic::error(SpecPointer::new("#/a"), "is wrong"));
        let rendered = diagnostics.render(&sources, false);
        assert!(rendered.contains("--> api.yaml\n"), "{rendered}");
    }
}
