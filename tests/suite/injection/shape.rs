use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use sdk_generator::files::FileSet;
use toml::{Table, Value};

/// What begins an item, or makes one something else.
const KEYWORDS: [&str; 16] = [
    "fn",
    "struct",
    "enum",
    "union",
    "trait",
    "impl",
    "mod",
    "use",
    "const",
    "static",
    "type",
    "extern",
    "unsafe",
    "macro_rules",
    "async",
    "let",
];

/// What the generator adds where names make a module's like its parent's: a lint's name.
const BY_NAMES: &str = "#[allow]";

/// What a crate is made of: how many items of each kind, attributes and macro calls there are, in
/// macros' arguments too, and what its other files hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    code: BTreeMap<String, usize>,
    manifest: Vec<String>,
    markdown: BTreeMap<String, usize>,
}

impl Shape {
    pub(super) fn of(files: &FileSet) -> Self {
        let mut shape = Self {
            code: BTreeMap::new(),
            manifest: Vec::new(),
            markdown: BTreeMap::new(),
        };
        for (path, text) in files.iter() {
            let raw = text.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(raw, None, "{path}: {text}");
            if path.ends_with(".rs") {
                syn::parse_file(text).unwrap_or_else(|e| panic!("{path}: {e}\n{text}"));
                count(text.parse().unwrap(), &mut shape.code);
            } else if path.ends_with(".toml") {
                let table: Table = text
                    .parse()
                    .unwrap_or_else(|e| panic!("{path}: {e}\n{text}"));
                keys(&table, path, &mut shape.manifest);
            } else if path.ends_with(".md") {
                blocks(path, text, &mut shape.markdown);
            }
        }
        shape
    }

    /// No part of a kind that the plain counterpart lacks.
    pub(super) fn assert_of_parts_of(&self, innocent: &Self, payload: &str) {
        for part in self.code.keys() {
            let known = part == BY_NAMES || innocent.code.contains_key(part);
            assert!(known, "{payload:?}: {part}");
        }
        assert_eq!(self.manifest, innocent.manifest, "{payload:?}");
        for part in self.markdown.keys() {
            let known = innocent.markdown.contains_key(part) || part.ends_with(": table");
            assert!(known, "{payload:?}: {part}");
        }
    }

    /// Whether code and manifest are made of the same parts.
    pub(super) fn is_like(&self, innocent: &Self) -> bool {
        self.code == innocent.code && self.manifest == innocent.manifest
    }
}

fn count(tokens: TokenStream, counts: &mut BTreeMap<String, usize>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let part = match (token, next) {
            (TokenTree::Punct(hash), Some(next)) if hash.as_char() == '#' => attribute(next),
            (TokenTree::Ident(name), Some(TokenTree::Punct(bang)))
                if bang.as_char() == '!'
                    && matches!(tokens.get(at + 2), Some(TokenTree::Group(_))) =>
            {
                Some(format!("{name}!"))
            }
            (TokenTree::Ident(word), _) if KEYWORDS.iter().any(|known| word == known) => {
                Some(word.to_string())
            }
            _ => None,
        };
        if let Some(part) = part {
            *counts.entry(part).or_default() += 1;
        }
        if let TokenTree::Group(group) = token {
            count(group.stream(), counts);
        }
    }
}

/// An attribute's path. Documentation is distinguished by its source: anything but a plain
/// text would be code.
fn attribute(token: &TokenTree) -> Option<String> {
    let TokenTree::Group(group) = token else {
        return matches!(token, TokenTree::Punct(_)).then(|| "#!".to_owned());
    };
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    match tokens.as_slice() {
        [
            TokenTree::Ident(doc),
            TokenTree::Punct(_),
            TokenTree::Literal(_),
        ] if doc == "doc" => None,
        [first, ..] => Some(format!("#[{first}]")),
        [] => Some("#[]".to_owned()),
    }
}

fn keys(table: &Table, at: &str, found: &mut Vec<String>) {
    for (key, value) in table {
        let path = format!("{at}.{key}");
        if let Value::Table(table) = value {
            keys(table, &path, found);
        }
        found.push(path);
    }
}

/// The blocks of Markdown that a reader sees, by kind; raw HTML is one.
fn blocks(path: &str, text: &str, counts: &mut BTreeMap<String, usize>) {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    for (event, at) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let kind = match event {
            Event::Start(Tag::Heading { level, .. }) => format!("{level}"),
            Event::Start(Tag::CodeBlock(_)) => "code".to_owned(),
            Event::Start(Tag::Table(_)) => "table".to_owned(),
            Event::Start(Tag::Image { .. }) => "image".to_owned(),
            Event::Start(Tag::Item) => "item".to_owned(),
            // Comments are ours.
            Event::Html(html) | Event::InlineHtml(html) if !html.starts_with("<!-- Gen") => {
                let line = text[..at.start].lines().last().unwrap_or_default();
                format!("html {html} after {line}")
            }
            _ => continue,
        };
        *counts.entry(format!("{path}: {kind}")).or_default() += 1;
    }
}
