//! Values of `anyOf` that match several objects at once.

use std::rc::Rc;

use indexmap::IndexMap;

use super::flat::Flat;
use super::merge::same;
use super::{Schemas, unions};
use sdk_model::SpecPointer;
use sdk_openapi::Node;

impl<'d> Schemas<'d, '_> {
    /// An alternative of the members of all objects that one value can be at once, where each has
    /// members that another has not. None where a value matches one object only.
    pub(super) fn combined(
        &mut self,
        list: &SpecPointer,
        members: &[Rc<Flat<'d>>],
    ) -> Option<unions::Member<'d>> {
        if !list.as_str().ends_with("/anyOf") {
            return None;
        }
        let objects: Vec<&Rc<Flat<'d>>> = members
            .iter()
            .filter(|flat| flat.alternatives.is_empty() && !flat.properties.is_empty())
            .collect();
        let mut combined: Option<Flat<'d>> = None;
        for (at, flat) in objects.iter().enumerate() {
            let overlaps = |other: &&&Rc<Flat<'d>>| adds_to(flat, other) && adds_to(other, flat);
            let mut others = objects.iter().enumerate().filter(|(other, _)| *other != at);
            if !others.any(|(_, other)| overlaps(&other) && self.agree(flat, other)) {
                continue;
            }
            match &mut combined {
                None => combined = Some((***flat).clone()),
                Some(combined) if self.agree(combined, flat) => join(combined, flat),
                Some(_) => {}
            }
        }
        let mut combined = combined?;
        if objects
            .iter()
            .any(|flat| flat.properties.len() == combined.properties.len())
        {
            return None;
        }
        combined.origin = list.child("combined");
        combined.title = None;
        combined.description = None;
        combined.deprecated = false;
        combined.example = None;
        Some(unions::Member::Combined(Rc::new(combined)))
    }

    /// Whether one value can be both: what both declare has one type, and no values apart.
    fn agree(&mut self, one: &Flat<'d>, other: &Flat<'d>) -> bool {
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
        let (part, other) = (self.flat(part), self.flat(other));
        let is_scalar = |flat: &Flat<'_>| {
            flat.properties.is_empty()
                && flat.items.is_empty()
                && flat.alternatives.is_empty()
                && !flat.is_object()
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

/// Whether an object has members that another has not.
fn adds_to(one: &Flat<'_>, other: &Flat<'_>) -> bool {
    one.properties
        .keys()
        .any(|name| !other.properties.contains_key(name))
}

/// Adds the members of another object. What one of them may lack is not required.
fn join<'d>(combined: &mut Flat<'d>, flat: &Flat<'d>) {
    combined
        .required
        .retain(|name| flat.required.contains(name));
    let mut properties: IndexMap<&'d str, Vec<Node<'d>>> = combined.properties.clone();
    for (name, parts) in &flat.properties {
        properties.entry(name).or_insert_with(|| parts.clone());
    }
    combined.properties = properties;
}
