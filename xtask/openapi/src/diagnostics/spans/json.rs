use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use serde::Deserializer as _;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Span;
use crate::pointer::tokens;

/// A value of a JSON text. Its contents are read when a pointer is looked up.
#[derive(Debug)]
pub(crate) struct Node {
    start: usize,
    end: usize,
    contents: OnceLock<Contents>,
}

/// The contents of a value.
#[derive(Debug)]
enum Contents {
    Scalar,
    Array(Vec<Node>),
    Object(Members),
}

/// The members of an object. Large ones are looked up: there may be a problem in each.
#[derive(Debug)]
struct Members {
    members: Vec<Member>,
    indexes: OnceLock<HashMap<String, usize>>,
}

impl Members {
    /// The last of two members with one name is the one that a reader keeps.
    fn get(&self, name: &str) -> Option<&Member> {
        const FEW: usize = 32;
        if self.members.len() <= FEW {
            return self.members.iter().rev().find(|member| member.name == name);
        }
        let indexes = self.indexes.get_or_init(|| {
            let members = self.members.iter().enumerate();
            members
                .map(|(index, member)| (member.name.clone(), index))
                .collect()
        });
        self.members.get(*indexes.get(name)?)
    }
}

#[derive(Debug)]
struct Member {
    name: String,
    /// The span of the name, with its quotes.
    start: usize,
    end: usize,
    value: Node,
}

impl Node {
    /// A whole text; none where it is not JSON.
    pub(crate) fn root(text: &str) -> Option<Self> {
        let value: &RawValue = serde_json::from_str(text).ok()?;
        Some(Self::of(value, text))
    }

    /// See [`Spans::find`](super::Spans::find).
    pub(crate) fn find(&self, text: &str, pointer: &str) -> Span {
        let mut at = self;
        let mut span = at.first_letter();
        for token in tokens(pointer) {
            let key = match at.contents(text) {
                Contents::Scalar => break,
                Contents::Array(elements) => {
                    let Some(element) = token.parse().ok().and_then(|at: usize| elements.get(at))
                    else {
                        break;
                    };
                    at = element;
                    None
                }
                Contents::Object(members) => {
                    let Some(member) = members.get(&token) else {
                        break;
                    };
                    at = &member.value;
                    Some(Span::Bytes(member.start, member.end))
                }
            };
            span = match at.contents(text) {
                Contents::Scalar => Span::Bytes(at.start, at.end),
                _ => key.unwrap_or_else(|| at.first_letter()),
            };
        }
        span
    }

    fn of(value: &RawValue, text: &str) -> Self {
        let (start, end) = span(value, text);
        Self {
            start,
            end,
            contents: OnceLock::new(),
        }
    }

    fn first_letter(&self) -> Span {
        Span::Bytes(self.start, self.start + 1)
    }

    fn contents(&self, text: &str) -> &Contents {
        self.contents.get_or_init(|| {
            let own = text.get(self.start..self.end).unwrap_or_default();
            if !own.starts_with(['{', '[']) {
                return Contents::Scalar;
            }
            // The text was read once before: it cannot fail.
            serde_json::Deserializer::from_str(own)
                .deserialize_any(Reader { text })
                .unwrap_or(Contents::Scalar)
        })
    }
}

/// The bytes of a part of the text.
fn span(part: &RawValue, text: &str) -> (usize, usize) {
    let start = part.get().as_ptr().addr() - text.as_ptr().addr();
    (start, start + part.get().len())
}

/// Reads one level of an array or an object.
struct Reader<'t> {
    text: &'t str,
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Contents;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Contents, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = access.next_element::<&RawValue>()? {
            elements.push(Node::of(element, self.text));
        }
        Ok(Contents::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Contents, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = access.next_entry::<&RawValue, &RawValue>()? {
            let (start, end) = span(name, self.text);
            members.push(Member {
                name: serde_json::from_str(name.get()).unwrap_or_default(),
                start,
                end,
                value: Node::of(value, self.text),
            });
        }
        let indexes = OnceLock::new();
        Ok(Contents::Object(Members { members, indexes }))
    }
}
