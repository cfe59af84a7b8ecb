//! What kind of values a schema describes.

use std::rc::Rc;

use serde_json::Value;

use super::{AdditionalProperties, Schema, SchemaType};
use crate::node::Node;

impl<'d> Schema<'d> {
    /// Whether the schema constrains the value beyond `type: object`.
    pub fn is_structural(&self) -> bool {
        self.has_content()
            || !self.required.is_empty()
            || !(self.types.is_empty() || self.types == [SchemaType::Object])
    }

    /// Whether the schema has structural keywords other than `type` and `required`.
    fn has_content(&self) -> bool {
        !self.properties.is_empty()
            || matches!(self.additional, AdditionalProperties::Schemas(_))
            || !self.patterns.is_empty()
            || !self.items.is_empty()
            || !self.prefix_items.is_empty()
            || !self.alternatives.is_empty()
            || self.enumeration.is_some()
            || self.format.is_some()
    }

    /// Whether the schema has nothing but `required` and `type: object`.
    pub fn is_condition(&self) -> bool {
        !self.has_content() && (self.types.is_empty() || self.types == [SchemaType::Object])
    }

    /// Whether it describes an object with declared members.
    pub fn is_object(&self) -> bool {
        match self.types.as_slice() {
            [] => !self.properties.is_empty(),
            types => types == [SchemaType::Object],
        }
    }

    /// Whether merging all parts leaves the types of `only` as they are.
    pub fn allows_types_of(&self, merged_parts: &[Rc<Self>], only: &Node<'d>) -> bool {
        let types = merged_parts
            .iter()
            .find(|merged| merged.node.origin == only.origin)
            .map(|merged| merged.types.as_slice())
            .unwrap_or_default();
        self.types.is_empty() || types.is_empty() || self.types == types
    }

    /// The schemas of the elements after `prefixItems`; none where `items` is absent or forbids them.
    pub fn rest(&self) -> Option<&[Node<'d>]> {
        let closed = |item: &Node<'_>| {
            item.value == &Value::Bool(false) || item.get("not").is_some_and(|not| is_empty(&not))
        };
        let tuple = !self.prefix_items.is_empty();
        let free = tuple && self.items.iter().all(is_empty);
        (!self.items.is_empty() && !free && !self.items.iter().any(closed)).then_some(&self.items)
    }

    /// How many elements of `prefixItems` are required.
    pub fn required_items(&self) -> usize {
        let least = self
            .node
            .get("minItems")
            .and_then(|least| least.value.as_u64());
        let least = least.unwrap_or_default().try_into().unwrap_or(usize::MAX);
        self.prefix_items.len().min(least)
    }

    /// Whether it has members that its alternatives share.
    pub fn has_members(&self) -> bool {
        !self.properties.is_empty() || matches!(self.additional, AdditionalProperties::Schemas(_))
    }

    /// Whether it is one list of alternatives and nothing else.
    pub fn is_only_a_list(&self) -> bool {
        let bare = Self {
            alternatives: Vec::new(),
            ..self.clone()
        };
        !bare.is_structural() && !self.nullable && self.discriminator.is_none()
    }

    /// Whether its values are integers.
    pub fn is_integer(&self) -> bool {
        match &self.enumeration {
            Some(values) => values.iter().all(|value| value.is_i64()),
            None => self.types == [SchemaType::Integer],
        }
    }

    /// Whether null is its only value.
    pub fn is_null(&self) -> bool {
        self.types == [SchemaType::Null] && self.enumeration.is_none()
    }

    /// Whether its values are strings.
    pub fn is_text(&self) -> bool {
        match &self.enumeration {
            Some(values) => values.iter().all(|value| value.is_string()),
            None => self.types == [SchemaType::String],
        }
    }
}

/// Whether a schema is `{}` or `true`.
fn is_empty(node: &Node<'_>) -> bool {
    match node.value {
        Value::Object(members) => members.is_empty(),
        other => other == &Value::Bool(true),
    }
}
