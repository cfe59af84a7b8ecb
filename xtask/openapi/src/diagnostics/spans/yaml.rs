use std::{collections::HashMap, sync::OnceLock};

use saphyr_parser::{Event, Parser, Span};

use crate::pointer::tokens;

/// The nodes of a YAML text with their spans.
#[derive(Debug)]
pub(crate) struct Nodes {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    /// In characters.
    start: usize,
    end: usize,
    kind: NodeKind,
}

#[derive(Debug)]
enum NodeKind {
    Scalar(String),
    Sequence(Vec<usize>),
    /// Key nodes and value nodes, alternating.
    Mapping(Vec<usize>, OnceLock<Keys>),
    Alias(usize),
}

/// A mapping's members. They are looked up: there may be a problem in each.
#[derive(Debug, Default)]
struct Keys {
    /// The nodes of key and value. The last of two members with one key is the one that a reader
    /// keeps.
    members: HashMap<String, (usize, usize)>,
    /// The mappings of merge keys. The last one wins.
    merges: Vec<usize>,
}

impl Nodes {
    /// Reads a text. None where the parser refuses it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut anchors: HashMap<usize, usize> = HashMap::new();
        for event in Parser::new_from_str(text) {
            let (event, span) = event.ok()?;
            let (kind, anchor) = match event {
                Event::Scalar(text, _, anchor, _) => (NodeKind::Scalar(text.into_owned()), anchor),
                Event::SequenceStart(anchor, _) => (NodeKind::Sequence(Vec::new()), anchor),
                Event::MappingStart(anchor, _) => {
                    (NodeKind::Mapping(Vec::new(), OnceLock::new()), anchor)
                }
                Event::Alias(anchor) => (NodeKind::Alias(*anchors.get(&anchor)?), 0),
                Event::SequenceEnd | Event::MappingEnd => {
                    open.pop();
                    continue;
                }
                Event::DocumentEnd => break,
                _ => continue,
            };
            let opens = matches!(kind, NodeKind::Sequence(_) | NodeKind::Mapping(..));
            let index = nodes.len();
            nodes.push(Node::new(span, kind));
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

    /// See [`Spans::find`](super::Spans::find); in characters.
    pub(crate) fn find(&self, pointer: &str) -> Option<(usize, usize)> {
        let mut at = self.nodes.first()?;
        let mut span = (at.start, at.start + 1);
        for token in tokens(pointer) {
            let Some((key, value)) = self.step(at, &token, 0) else {
                break;
            };
            at = value;
            span = match (&at.kind, key) {
                (NodeKind::Scalar(_) | NodeKind::Alias(_), _) if at.end > at.start => {
                    (at.start, at.end)
                }
                (_, Some(key)) => (key.start, key.end),
                (_, None) => (at.start, at.start + 1),
            };
        }
        Some(span)
    }

    fn keys(&self, members: &[usize]) -> Keys {
        let mut keys = Keys::default();
        for pair in members.chunks_exact(2) {
            let key = self.nodes.get(pair[0]).map(|key| &key.kind);
            if let Some(NodeKind::Scalar(text)) = key {
                keys.members.insert(text.clone(), (pair[0], pair[1]));
                if text == "<<" {
                    keys.merges.push(pair[1]);
                }
            }
        }
        keys
    }

    /// The member or element below a node.
    fn step(&self, at: &Node, token: &str, depth: usize) -> Option<(Option<&Node>, &Node)> {
        let mut at = at;
        // Bounds aliases and merge keys that form a cycle.
        for _ in 0..8 {
            match at.kind {
                NodeKind::Alias(target) => at = self.nodes.get(target)?,
                _ => break,
            }
        }
        match &at.kind {
            NodeKind::Sequence(elements) => {
                let element = *elements.get(token.parse::<usize>().ok()?)?;
                Some((None, self.nodes.get(element)?))
            }
            NodeKind::Mapping(members, keys) => {
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
            NodeKind::Scalar(_) | NodeKind::Alias(_) => None,
        }
    }

    /// A member that a merge key adds, from one mapping or from a sequence of them.
    fn merged(&self, from: &Node, token: &str, depth: usize) -> Option<(Option<&Node>, &Node)> {
        match &from.kind {
            NodeKind::Sequence(elements) => elements
                .iter()
                .filter_map(|&element| self.nodes.get(element))
                .find_map(|element| self.step(element, token, depth)),
            _ => self.step(from, token, depth),
        }
    }
}

impl Node {
    fn new(span: Span, kind: NodeKind) -> Self {
        Self {
            start: span.start.index(),
            end: span.end.index(),
            kind,
        }
    }

    fn push(&mut self, child: usize) {
        if let NodeKind::Sequence(children) | NodeKind::Mapping(children, _) = &mut self.kind {
            children.push(child);
        }
    }
}
