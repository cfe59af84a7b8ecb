//! Lints documentation as rustdoc reads it.

use std::cell::RefCell;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeStream,
};

use super::super::escape;

/// What rustdoc would warn about, run, or read as something other than text.
pub(crate) fn violations(markdown: &str) -> Vec<String> {
    let broken = RefCell::new(Vec::new());
    let callback = |link: BrokenLink<'_>| {
        let text = markdown.get(link.span).unwrap_or_default().to_owned();
        broken.borrow_mut().push(format!("a reference: {text}"));
        None
    };
    let parser = Parser::new_with_broken_link_callback(markdown, rustdoc(), Some(callback));
    let mut lint = Lint::default();
    for event in TextMergeStream::new(parser) {
        lint.event(&event);
    }
    if let Some(bad) = markdown
        .chars()
        .find(|c| *c != '\n' && !escape::is_printable(*c))
    {
        lint.violations.push(format!("the character {bad:?}"));
    }
    lint.violations.extend(broken.into_inner());
    lint.violations
}

/// The extensions that rustdoc enables.
pub(crate) fn rustdoc() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

#[derive(Default)]
struct Lint {
    violations: Vec<String>,
    /// How many links are open.
    links: usize,
    /// Whether a code block is open.
    code: bool,
}

impl Lint {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => self.violation("HTML", html),
            Event::FootnoteReference(name) => self.violation("a footnote", name),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.violation("mathematics", text)
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.code = true;
                match kind {
                    CodeBlockKind::Fenced(info) if matches!(&**info, "json" | "text") => {}
                    CodeBlockKind::Fenced(info) => self.violation("a block that runs", info),
                    CodeBlockKind::Indented => self.violation("a block that runs", "indented"),
                }
            }
            Event::End(TagEnd::CodeBlock) => self.code = false,
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                self.links += 1;
                if !leads_outside(dest_url) {
                    self.violation("a link to an item", dest_url);
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.links -= 1,
            Event::Start(Tag::FootnoteDefinition(name)) => self.violation("a footnote", name),
            Event::Start(Tag::HtmlBlock) => self.violation("HTML", "a block"),
            Event::Text(text) if self.links == 0 && !self.code && is_bare_address(text) => {
                self.violation("a bare address", text);
            }
            _ => {}
        }
    }

    fn violation(&mut self, what: &str, text: &str) {
        self.violations.push(format!("{what}: {text}"));
    }
}

fn leads_outside(address: &str) -> bool {
    let (scheme, rest) = address.split_once(':').unwrap_or_default();
    !rest.is_empty() && matches!(scheme, "http" | "https" | "mailto")
}

/// Whether rustdoc would want this text to be a link: a scheme, and a host with a dot in it.
fn is_bare_address(text: &str) -> bool {
    let addresses = ["http://", "https://"];
    let hosts = addresses
        .iter()
        .flat_map(|scheme| text.match_indices(scheme))
        .filter_map(|(at, scheme)| text.get(at + scheme.len()..));
    hosts.into_iter().any(|rest| {
        let in_host = |c: char| c.is_ascii_alphanumeric() || "-@:%._+~#=".contains(c);
        let host = rest.split(|c| !in_host(c)).next().unwrap_or_default();
        let (name, ending) = host.split_once('.').unwrap_or_default();
        name.len() > 1 && ending.len() > 1
    })
}
