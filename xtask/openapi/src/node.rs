use serde_json::{Map, Value};

use crate::pointer::SpecPointer;

/// A value of the document and its location.
#[derive(Debug, Clone)]
pub struct Node<'d> {
    /// The value.
    pub value: &'d Value,
    /// Its location.
    pub origin: SpecPointer,
}

impl Default for Node<'_> {
    /// Null, at the root.
    fn default() -> Self {
        Self {
            value: &Value::Null,
            origin: SpecPointer::root(),
        }
    }
}

impl<'d> Node<'d> {
    /// The member of an object.
    pub fn get(&self, key: &str) -> Option<Node<'d>> {
        Some(Node {
            value: member(self.value.as_object()?, key)?,
            origin: self.origin.child(key),
        })
    }

    /// The element of an array.
    pub fn at(&self, index: usize) -> Option<Node<'d>> {
        let value = self.value.as_array()?.get(index)?;
        Some(Node {
            value,
            origin: self.origin.child(&index.to_string()),
        })
    }

    /// The text of a member.
    pub fn text(&self, key: &str) -> Option<&'d str> {
        member(self.value.as_object()?, key)?.as_str()
    }

    /// Whether a member is `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.extension(key) == Some(&Value::Bool(true))
    }

    /// A member whose name begins with `x-`, even where it is null.
    pub fn extension(&self, key: &str) -> Option<&'d Value> {
        member(self.value.as_object()?, key)
    }

    /// The members of an object in the document's order; none of any other value.
    pub fn members(&self) -> impl Iterator<Item = (&'d str, Node<'d>)> + use<'d> {
        let origin = self.origin.clone();
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(move |(key, value)| {
                (
                    key.as_str(),
                    Node {
                        value,
                        origin: origin.child(key),
                    },
                )
            })
    }

    /// The elements of an array; none of any other value.
    pub fn elements(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let origin = self.origin.clone();
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(move |(index, value)| Node {
                value,
                origin: origin.child(&index.to_string()),
            })
    }

    /// The target of `$ref`.
    pub fn reference(&self) -> Option<SpecPointer> {
        self.text("$ref").map(SpecPointer::new)
    }
}

/// The member of an object. Most objects have a handful, and are searched for every keyword of the
/// standard: comparing with each key is less work than hashing the keyword.
pub(crate) fn member<'d>(members: &'d Map<String, Value>, key: &str) -> Option<&'d Value> {
    if members.len() > 8 {
        return members.get(key);
    }
    members
        .iter()
        .find_map(|(name, value)| (name == key).then_some(value))
}
