//! Values of `anyOf` that match several objects at once.

use std::rc::Rc;

use indexmap::IndexMap;

use super::merge::same;
use super::{Schemas, unions};
use sdk_model::SpecPointer;
use sdk_openapi::{Node, Schema};

impl<'d> Schemas<'d, '_> {
    /// An additional alternative with the members of all objects that one value can match at once.
    /// None where a value matches only one of them.
    pub(super) fn combined(
        &mut self,
        list: &SpecPointer,
        members: &[Rc<Schema<'d>>],
    ) -> Option<unions::Alternative<'d>> {
        if !list.as_str().ends_with("/anyOf") {
            return None;
        }
        let objects: Vec<&Rc<Schema<'d>>> = members
            .iter()
            .filter(|merged| merged.alternatives.is_empty() && !merged.properties.is_empty())
            .collect();
        let mut combined: Option<Schema<'d>> = None;
        for (at, merged) in objects.iter().enumerate() {
            let overlaps =
                |other: &&&Rc<Schema<'d>>| adds_to(merged, other) && adds_to(other, merged);
            let mut others = objects.iter().enumerate().filter(|(other, _)| *other != at);
            if !others.any(|(_, other)| overlaps(&other) && self.agree(merged, other)) {
                continue;
            }
            match &mut combined {
                None => combined = Some((***merged).clone()),
                Some(combined) if self.agree(combined, merged) => join(combined, merged),
                Some(_) => {}
            }
        }
        let mut combined = combined?;
        if objects
            .iter()
            .any(|merged| merged.properties.len() == combined.properties.len())
        {
            return None;
        }
        combined.origin = list.child("combined");
        combined.title = None;
        combined.description = None;
        combined.deprecated = false;
        combined.example = None;
        Some(unions::Alternative::Combined(Rc::new(combined)))
    }

    /// Whether one value can match both: the members that both declare have the same type.
    fn agree(&mut self, one: &Schema<'d>, other: &Schema<'d>) -> bool {
        one.properties
            .iter()
            .all(|(name, parts)| match other.properties.get(name) {
                Some(others) => self.same_type(parts, others),
                None => true,
            })
    }

    fn same_type(&mut self, parts: &[Node<'d>], others: &[Node<'d>]) -> bool {
        let ([part], [other]) = (parts, others) else {
            return false;
        };
        if same(part, other) {
            return true;
        }
        let target = |schemas: &Self, node: &Node<'d>| schemas.document.resolve(node).ok();
        if let (Some(part), Some(other)) = (target(self, part), target(self, other))
            && part.origin == other.origin
        {
            return true;
        }
        let (part, other) = (self.merge_all_of(part), self.merge_all_of(other));
        let is_scalar = |merged: &Schema<'_>| {
            merged.properties.is_empty()
                && merged.items.is_empty()
                && merged.alternatives.is_empty()
                && !merged.is_object()
        };
        is_scalar(&part)
            && is_scalar(&other)
            && part.types == other.types
            && part.format == other.format
            && part.enumeration == other.enumeration
            && part.nullable == other.nullable
            && part.sensitive == other.sensitive
    }
}

/// Whether `one` has members that `other` lacks.
fn adds_to(one: &Schema<'_>, other: &Schema<'_>) -> bool {
    one.properties
        .keys()
        .any(|name| !other.properties.contains_key(name))
}

/// Adds the members of another object. Only members required by both stay required.
fn join<'d>(combined: &mut Schema<'d>, merged: &Schema<'d>) {
    combined
        .required
        .retain(|name| merged.required.contains(name));
    let mut properties: IndexMap<&'d str, Vec<Node<'d>>> = combined.properties.clone();
    for (name, parts) in &merged.properties {
        properties.entry(name).or_insert_with(|| parts.clone());
    }
    combined.properties = properties;
}
