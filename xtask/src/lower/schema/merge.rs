use std::rc::Rc;

use super::Schemas;
use super::flat::{Additional, Flat};
use crate::model::Origin;
use crate::spec::{Node, SchemaType};

impl<'d> Schemas<'d, '_> {
    /// Several schemas that must all hold, as one.
    pub(super) fn merged(&mut self, place: &Origin, parts: &[Rc<Flat<'d>>]) -> Rc<Flat<'d>> {
        let Some((first, rest)) = parts.split_first() else {
            return Rc::new(Flat::any(&self.document.root()));
        };
        let mut flat = (**first).clone();
        flat.origin = place.clone();
        for part in rest {
            self.merge(&mut flat, part);
        }
        flat.nullable = parts.iter().all(|part| part.nullable);
        Rc::new(flat)
    }

    /// Adds what `more` demands to `flat`. A contradiction is told with both places.
    pub(super) fn merge(&mut self, flat: &mut Flat<'d>, more: &Flat<'d>) {
        self.merge_types(flat, more);
        self.merge_enumeration(flat, more);
        for (name, parts) in &more.properties {
            let known = flat.properties.entry(name).or_default();
            for part in parts {
                if !known.iter().any(|other| same(other, part)) {
                    known.push(part.clone());
                }
            }
        }
        for name in &more.required {
            if !flat.required.contains(name) {
                flat.required.push(name);
            }
        }
        merge_additional(&mut flat.additional, &more.additional);
        flat.patterns.extend(more.patterns.iter().cloned());
        for item in &more.items {
            if !flat.items.iter().any(|other| same(other, item)) {
                flat.items.push(item.clone());
            }
        }
        if flat.prefix_items.is_empty() {
            flat.prefix_items.clone_from(&more.prefix_items);
        }
        flat.alternatives.extend(more.alternatives.iter().cloned());
        flat.format = flat.format.or(more.format);
        flat.sensitive |= more.sensitive;
        flat.read_only |= more.read_only;
        flat.write_only |= more.write_only;
        flat.default = flat.default.or(more.default);
        flat.maximum = flat.maximum.or(more.maximum);
        // What a component says of itself is not about what is made of it.
        let inline = more.origin.as_str().starts_with(flat.origin.as_str());
        if inline {
            flat.example = flat.example.or(more.example);
            flat.title = flat.title.or(more.title);
            flat.description = flat.description.or(more.description);
            flat.deprecated |= more.deprecated;
        }
    }

    fn merge_types(&mut self, flat: &mut Flat<'d>, more: &Flat<'d>) {
        if more.types.is_empty() {
            return;
        }
        if flat.types.is_empty() {
            flat.types.clone_from(&more.types);
            flat.types_said = more.types_said.clone();
            return;
        }
        let both: Vec<SchemaType> = flat
            .types
            .iter()
            .flat_map(|left| {
                more.types
                    .iter()
                    .filter_map(|right| narrower(*left, *right))
            })
            .collect();
        if both.is_empty() {
            self.inexpressible(
                &flat.origin.clone(),
                format!(
                    "this contradicts itself: {} at {}, {} at {}",
                    told(&flat.types),
                    flat.types_said,
                    told(&more.types),
                    more.types_said,
                ),
                "any value is taken here",
                "a type",
            );
            let node = flat.node.clone();
            let origin = flat.origin.clone();
            *flat = Flat::any(&node);
            flat.origin = origin;
            return;
        }
        flat.types = both;
    }

    fn merge_enumeration(&mut self, flat: &mut Flat<'d>, more: &Flat<'d>) {
        let Some(theirs) = &more.enumeration else {
            return;
        };
        let Some(ours) = &flat.enumeration else {
            flat.enumeration = Some(theirs.clone());
            return;
        };
        let both: Vec<_> = ours
            .iter()
            .copied()
            .filter(|value| theirs.contains(value))
            .collect();
        if both.is_empty() {
            self.inexpressible(
                &flat.origin.clone(),
                format!(
                    "this contradicts itself: no value of its enum is in the one at {}",
                    more.origin
                ),
                "any text or number is taken here",
                "the values of a type",
            );
            flat.enumeration = None;
        } else {
            flat.enumeration = Some(both);
        }
    }
}

/// The narrower of two types, where one holds the other.
fn narrower(left: SchemaType, right: SchemaType) -> Option<SchemaType> {
    match (left, right) {
        _ if left == right => Some(left),
        (SchemaType::Integer, SchemaType::Number) | (SchemaType::Number, SchemaType::Integer) => {
            Some(SchemaType::Integer)
        }
        _ => None,
    }
}

fn merge_additional<'d>(ours: &mut Additional<'d>, theirs: &Additional<'d>) {
    match (&mut *ours, theirs) {
        (Additional::Schemas(ours), Additional::Schemas(theirs)) => {
            for node in theirs {
                if !ours.iter().any(|other| same(other, node)) {
                    ours.push(node.clone());
                }
            }
        }
        // A closed member cannot close the others' properties out: that would leave nothing.
        (Additional::Unspecified | Additional::None, _)
        | (Additional::Any, Additional::Schemas(_)) => {
            if !matches!(theirs, Additional::Unspecified) {
                *ours = theirs.clone();
            }
        }
        (Additional::Any | Additional::Schemas(_), _) => {}
    }
}

/// Whether two places say the same.
fn same(left: &Node<'_>, right: &Node<'_>) -> bool {
    left.origin == right.origin || left.value == right.value
}

fn told(types: &[SchemaType]) -> String {
    let names: Vec<_> = types.iter().map(|ty| super::scalars::told(*ty)).collect();
    names.join(" or ")
}
