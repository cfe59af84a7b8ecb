//! Markdown, parsed and written anew.

use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream,
};

use super::{
    address, escape,
    html::{self, Piece},
    wrap::{Running, WIDTH},
};

/// What a description may use beyond plain Markdown.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Blocks nested deeper than this are written as if they stood at this depth.
const DEEPEST: usize = 8;

pub(super) fn render(markdown: &str) -> Vec<String> {
    if markdown.trim().is_empty() {
        return Vec::new();
    }
    let markdown = escape::printable(markdown);
    let mut writer = Writer::default();
    for event in TextMergeStream::new(Parser::new_ext(&markdown, OPTIONS)) {
        writer.event(event);
    }
    writer.flush();
    writer.lines
}

/// A block that indents what it holds.
struct Container {
    /// What its first line begins with, until that is written.
    first: Option<String>,
    /// What its other lines begin with.
    rest: String,
}

/// A link that is open.
struct Link {
    /// Its address as the description has it.
    address: String,
    /// The same, between parentheses.
    escaped: String,
    /// Its text, plain.
    text: String,
    /// The output before it.
    before: Running,
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    running: Running,
    containers: Vec<Container>,
    /// Open containers that are too deep to be written.
    too_deep: usize,
    /// The numbers of the open lists; nothing for lists without numbers.
    lists: Vec<Option<u64>>,
    /// Whether the next block needs an empty line before it.
    gap: bool,
    heading: Option<HeadingLevel>,
    /// The text of the open code block, and its language.
    code: Option<(String, &'static str)>,
    link: Option<Link>,
    /// The output before each open emphasis.
    marked: Vec<Running>,
    /// The cells of the open row.
    row: Option<Vec<String>>,
    /// Text of an open HTML block.
    html: String,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some((code, _)) => code.push_str(&text),
                None => self.text(&text),
            },
            Event::Code(code) => {
                if let Some(link) = &mut self.link {
                    link.text.push_str(&code);
                }
                self.running
                    .glue_code(&escape::code(&code, self.row.is_some()));
            }
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.html_text(&html),
            Event::SoftBreak => self.running.space(),
            Event::HardBreak => self.running.line_break(),
            Event::Rule => {
                self.flush();
                self.block(vec!["---".to_owned()]);
            }
            // Extensions that are not switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level);
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.open("> ".to_owned(), "> ".to_owned());
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let json = matches!(&kind, CodeBlockKind::Fenced(info) if info.trim() == "json");
                self.code = Some((String::new(), if json { "json" } else { "text" }));
            }
            Tag::List(start) => {
                // A list that does not start at one cannot follow a line of text directly.
                let nested = !self.running.is_empty() && matches!(start, None | Some(1));
                self.flush();
                self.gap &= !nested;
                self.lists.push(start);
            }
            Tag::Item => {
                self.flush();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        // Markdown knows no longer numbers.
                        *number = (*number + 1).min(999_999_999);
                        marker
                    }
                    _ => "- ".to_owned(),
                };
                let rest = " ".repeat(marker.len());
                self.open(marker, rest);
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                self.marked.push(std::mem::take(&mut self.running));
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.open_link(&dest_url),
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                self.row = Some(Vec::new());
            }
            _ => self.flush_unless_inline(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.flush(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.close();
                self.gap = true;
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => {
                self.lists.pop();
                self.gap = true;
            }
            TagEnd::Item => {
                let tight = !self.running.is_empty();
                self.flush();
                self.close();
                self.gap &= !tight;
            }
            TagEnd::Emphasis => self.close_marked("*"),
            TagEnd::Strong => self.close_marked("**"),
            TagEnd::Strikethrough => self.close_marked("~~"),
            TagEnd::Link | TagEnd::Image => self.close_link(),
            TagEnd::TableCell => {
                let cell = self.running.take_line();
                if let Some(row) = &mut self.row {
                    row.push(cell);
                }
            }
            TagEnd::TableHead => self.end_row(true),
            TagEnd::TableRow => self.end_row(false),
            TagEnd::Table => self.gap = true,
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.html_text(&html);
                self.flush();
            }
            _ => self.flush(),
        }
    }

    /// Text of the document, escaped.
    fn text(&mut self, text: &str) {
        if let Some(link) = &mut self.link {
            link.text.push_str(text);
        }
        let in_table = self.row.is_some();
        for (at, part) in text.split(char::is_whitespace).enumerate() {
            if at > 0 {
                self.running.space();
            }
            if self.link.is_some() {
                self.running.glue(&escape::word(part, in_table));
                continue;
            }
            let part = address::linked(part, in_table);
            if part.starts_with('`') {
                self.running.glue_code(&part);
            } else {
                self.running.glue(&part);
            }
        }
    }

    fn html_text(&mut self, html: &str) {
        for piece in html::pieces(html) {
            match piece {
                Piece::Text(text) => self.text(text),
                Piece::Break => self.running.line_break(),
            }
        }
    }

    /// Puts the marks around an emphasis; an empty one has none, for those would mean another thing.
    fn close_marked(&mut self, mark: &str) {
        let before = self.marked.pop().unwrap_or_default();
        let inner = std::mem::replace(&mut self.running, before);
        if !inner.is_empty() {
            self.running.glue(mark);
            self.running.append(inner);
            self.running.glue(mark);
        }
    }

    /// Begins a link. One without a valid address becomes its text.
    fn open_link(&mut self, address: &str) {
        if let (None, Some(escaped)) = (&self.link, address::of_link(address)) {
            let before = std::mem::take(&mut self.running);
            self.link = Some(Link {
                address: address.to_owned(),
                escaped,
                text: String::new(),
                before,
            });
        }
    }

    fn close_link(&mut self) {
        let Some(Link {
            address: raw,
            escaped,
            text,
            before,
        }) = self.link.take()
        else {
            return;
        };
        let label = std::mem::replace(&mut self.running, before);
        let text = text.trim();
        if text.is_empty() {
            self.running.glue(&format!("<{escaped}>"));
        } else if text == raw && address::stands_alone(text) {
            self.running.glue(&format!("<{text}>"));
        } else {
            self.running.before_link();
            self.running.glue("[");
            self.running.append(label);
            self.running.glue(&format!("]({escaped})"));
        }
    }

    fn end_code(&mut self) {
        let Some((code, language)) = self.code.take() else {
            return;
        };
        let fence = "`".repeat(escape::longest_run(&code, '`').max(2) + 1);
        let mut block = vec![format!("{fence}{language}")];
        block.extend(code.lines().map(|line| {
            let line = line.replace('\t', "    ");
            line.chars()
                .filter(|c| escape::is_printable(*c))
                .collect::<String>()
        }));
        block.push(fence);
        self.block(block);
    }

    fn end_row(&mut self, head: bool) {
        let Some(cells) = self.row.take() else { return };
        let mut rows = vec![format!("| {} |", cells.join(" | "))];
        if head {
            rows.push(format!("|{}", " --- |".repeat(cells.len())));
        } else {
            self.gap = false;
        }
        self.block(rows);
    }

    fn flush_unless_inline(&mut self) {
        if self.row.is_none() {
            self.flush();
        }
    }

    /// Writes the running text as a block.
    fn flush(&mut self) {
        if self.running.is_empty() {
            return;
        }
        let lines = match self.heading.take() {
            Some(level) => {
                let marks = "#".repeat(level as usize);
                let text = escape::heading(&self.running.take_line());
                vec![format!("{marks} {text}")]
            }
            None => {
                let indent: usize = self.containers.iter().map(|c| c.rest.len()).sum();
                self.running.take_lines(WIDTH - indent.min(WIDTH / 2))
            }
        };
        self.block(lines);
    }

    /// Writes a block, each line behind what its containers begin with.
    fn block(&mut self, lines: Vec<String>) {
        if self.gap && !self.lines.is_empty() {
            // A container whose first line is still to come has nothing to do with the gap.
            let prefix: String = self
                .containers
                .iter()
                .take_while(|container| container.first.is_none())
                .map(|container| container.rest.as_str())
                .collect();
            self.lines.push(prefix.trim_end().to_owned());
        }
        for line in lines {
            let mut whole = String::new();
            for container in &mut self.containers {
                match container.first.take() {
                    Some(first) => whole.push_str(&first),
                    None => whole.push_str(&container.rest),
                }
            }
            whole.push_str(&line);
            self.lines.push(whole.trim_end().to_owned());
        }
        self.gap = true;
    }

    fn open(&mut self, first: String, rest: String) {
        if self.containers.len() >= DEEPEST {
            self.too_deep += 1;
        } else {
            self.containers.push(Container {
                first: Some(first),
                rest,
            });
        }
    }

    fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else {
            self.containers.pop();
        }
    }
}
