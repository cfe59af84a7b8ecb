use std::{collections::HashMap, sync::OnceLock};

use saphyr_parser::{Event, Parser, Span};

use super::tokens;

/// The nodes of a YAML text with their places.
#[derive(Debug)]
pub(crate) struct Nodes {
    nodes: Vec<Mark>,
}

#[derive(Debug)]
struct Mark {
    /// In characters.
    start: usize,
    end: usize,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Scalar(String),
    Sequence(Vec<usize>),
    /// Key nodes and value nodes by turns.
    Mapping(Vec<usize>, OnceLock<Keys>),
    Alias(usize),
}

/// A mapping's members. They are looked up: there may be a problem in each.
#[derive(Debug, Default)]
struct Keys {
    /// The nodes of key and value. The last of two members with one key is the one that a reader
    /// keeps.
    members: HashMap<String, (usize, usize)>,
    /// What merge keys bring. The last one counts.
    merges: Vec<usize>,
}

impl Nodes {
    /// Reads a text. None where the parser refuses it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut nodes: Vec<Mark> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut anchors: HashMap<usize, usize> = HashMap::new();
        for event in Parser::new_from_str(text) {
            let (event, span) = event.ok()?;
            let (content, anchor) = match event {
                Event::Scalar(text, _, anchor, _) => (Content::Scalar(text.into_owned()), anchor),
                Event::SequenceStart(anchor, _) => (Content::Sequence(Vec::new()), anchor),
                Event::MappingStart(anchor, _) => {
                    (Content::Mapping(Vec::new(), OnceLock::new()), anchor)
                }
                Event::Alias(anchor) => (Content::Alias(*anchors.get(&anchor)?), 0),
                Event::SequenceEnd | Event::MappingEnd => {
                    open.pop();
                    continue;
                }
                Event::DocumentEnd => break,
                _ => continue,
            };
            let opens = matches!(content, Content::Sequence(_) | Content::Mapping(..));
            let index = nodes.len();
            nodes.push(Mark::new(span, content));
            if anchor > 0 {
                anchors.insert(anchor, index);
            }
            if let Some(parent) = open.last().and_then(|&parent| nodes.get_mut(parent)) {
                parent.push(index);
            }
            if opens {
                open.push(index);
            }
        }
        Some(Self { nodes })
    }

    /// See [`Marks::find`](super::Marks::find); in characters.
    pub(crate) fn find(&self, pointer: &str) -> Option<(usize, usize)> {
        let mut at = self.nodes.first()?;
        let mut shown = (at.start, at.start + 1);
        for token in tokens(pointer) {
            let Some((key, value)) = self.step(at, &token, 0) else {
                break;
            };
            at = value;
            shown = match (&at.content, key) {
                (Content::Scalar(_) | Content::Alias(_), _) if at.end > at.start => {
                    (at.start, at.end)
                }
                (_, Some(key)) => (key.start, key.end),
                (_, None) => (at.start, at.start + 1),
            };
        }
        Some(shown)
    }

    fn keys(&self, members: &[usize]) -> Keys {
        let mut keys = Keys::default();
        for pair in members.chunks_exact(2) {
            let key = self.nodes.get(pair[0]).map(|key| &key.content);
            if let Some(Content::Scalar(text)) = key {
                keys.members.insert(text.clone(), (pair[0], pair[1]));
                if text == "<<" {
                    keys.merges.push(pair[1]);
                }
            }
        }
        keys
    }

    /// The member or element below a node.
    fn step(&self, at: &Mark, token: &str, depth: usize) -> Option<(Option<&Mark>, &Mark)> {
        let mut at = at;
        // An alias leads to its anchor; merge keys and aliases in a circle end here.
        for _ in 0..8 {
            match at.content {
                Content::Alias(target) => at = self.nodes.get(target)?,
                _ => break,
            }
        }
        match &at.content {
            Content::Sequence(elements) => {
                let element = *elements.get(token.parse::<usize>().ok()?)?;
                Some((None, self.nodes.get(element)?))
            }
            Content::Mapping(members, keys) => {
                let keys = keys.get_or_init(|| self.keys(members));
                if let Some((key, value)) = keys.members.get(token) {
                    return Some((self.nodes.get(*key), self.nodes.get(*value)?));
                }
                if depth > 8 {
                    return None;
                }
                let mut merges = keys
                    .merges
                    .iter()
                    .rev()
                    .filter_map(|&merged| self.nodes.get(merged));
                merges.find_map(|merged| self.merged(merged, token, depth + 1))
            }
            Content::Scalar(_) | Content::Alias(_) => None,
        }
    }

    /// A member that comes by a merge key: from one mapping or from a list of them.
    fn merged(&self, from: &Mark, token: &str, depth: usize) -> Option<(Option<&Mark>, &Mark)> {
        match &from.content {
            Content::Sequence(elements) => elements
                .iter()
                .filter_map(|&element| self.nodes.get(element))
                .find_map(|element| self.step(element, token, depth)),
            _ => self.step(from, token, depth),
        }
    }
}

impl Mark {
    fn new(span: Span, content: Content) -> Self {
        Self {
            start: span.start.index(),
            end: span.end.index(),
            content,
        }
    }

    fn push(&mut self, child: usize) {
        if let Content::Sequence(children) | Content::Mapping(children, _) = &mut self.content {
            children.push(child);
        }
    }
}
