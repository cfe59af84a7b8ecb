use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use serde::Deserializer as _;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Span, tokens};

/// A value of a JSON text. What is in it is read when a pointer leads there.
#[derive(Debug)]
pub(crate) struct Node {
    start: usize,
    end: usize,
    inside: OnceLock<Inside>,
}

/// What is in a value.
#[derive(Debug)]
enum Inside {
    Nothing,
    List(Vec<Node>),
    Object(Members),
}

/// The members of an object. Large ones are looked up: there may be a problem in each.
#[derive(Debug)]
struct Members {
    members: Vec<Member>,
    places: OnceLock<HashMap<String, usize>>,
}

impl Members {
    /// The last of two members with one name is the one that a reader keeps.
    fn get(&self, name: &str) -> Option<&Member> {
        const FEW: usize = 32;
        if self.members.len() <= FEW {
            return self.members.iter().rev().find(|member| member.name == name);
        }
        let places = self.places.get_or_init(|| {
            let members = self.members.iter().enumerate();
            members
                .map(|(place, member)| (member.name.clone(), place))
                .collect()
        });
        self.members.get(*places.get(name)?)
    }
}

#[derive(Debug)]
struct Member {
    name: String,
    /// Where the name stands, with its quotes.
    start: usize,
    end: usize,
    value: Node,
}

impl Node {
    /// A whole text; none where it is no JSON.
    pub(crate) fn root(text: &str) -> Option<Self> {
        let value: &RawValue = serde_json::from_str(text).ok()?;
        Some(Self::of(value, text))
    }

    /// See [`Marks::find`](super::Marks::find).
    pub(crate) fn find(&self, text: &str, pointer: &str) -> Span {
        let mut at = self;
        let mut shown = at.first_letter();
        for token in tokens(pointer) {
            let key = match at.inside(text) {
                Inside::Nothing => break,
                Inside::List(elements) => {
                    let Some(element) = token.parse().ok().and_then(|at: usize| elements.get(at))
                    else {
                        break;
                    };
                    at = element;
                    None
                }
                Inside::Object(members) => {
                    let Some(member) = members.get(&token) else {
                        break;
                    };
                    at = &member.value;
                    Some(Span::Bytes(member.start, member.end))
                }
            };
            shown = match at.inside(text) {
                Inside::Nothing => Span::Bytes(at.start, at.end),
                _ => key.unwrap_or_else(|| at.first_letter()),
            };
        }
        shown
    }

    fn of(value: &RawValue, text: &str) -> Self {
        let (start, end) = place(value, text);
        Self {
            start,
            end,
            inside: OnceLock::new(),
        }
    }

    fn first_letter(&self) -> Span {
        Span::Bytes(self.start, self.start + 1)
    }

    fn inside(&self, text: &str) -> &Inside {
        self.inside.get_or_init(|| {
            let own = text.get(self.start..self.end).unwrap_or_default();
            if !own.starts_with(['{', '[']) {
                return Inside::Nothing;
            }
            // The text was read once before: it cannot fail.
            serde_json::Deserializer::from_str(own)
                .deserialize_any(Reader { text })
                .unwrap_or(Inside::Nothing)
        })
    }
}

/// The bytes of a part of the text.
fn place(part: &RawValue, text: &str) -> (usize, usize) {
    let start = part.get().as_ptr().addr() - text.as_ptr().addr();
    (start, start + part.get().len())
}

/// Reads what is in a list or an object, one level of it.
struct Reader<'t> {
    text: &'t str,
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Inside;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Inside, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = access.next_element::<&RawValue>()? {
            elements.push(Node::of(element, self.text));
        }
        Ok(Inside::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Inside, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = access.next_entry::<&RawValue, &RawValue>()? {
            let (start, end) = place(name, self.text);
            members.push(Member {
                name: serde_json::from_str(name.get()).unwrap_or_default(),
                start,
                end,
                value: Node::of(value, self.text),
            });
        }
        let places = OnceLock::new();
        Ok(Inside::Object(Members { members, places }))
    }
}
