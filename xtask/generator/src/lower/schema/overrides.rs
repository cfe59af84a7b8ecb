//! Properties that a subtype declares again, with another type than its base.

use super::Schemas;
use super::flat::Flat;
use super::merge;
use sdk_model::SpecPointer;
use sdk_openapi::Node;

impl<'d> Schemas<'d, '_> {
    /// The parts of a property, without those that the last one, the subtype's, replaces: unions
    /// would multiply their alternatives, and contradicting types leave no value.
    pub(super) fn effective(&mut self, place: &SpecPointer, parts: &[Node<'d>]) -> Vec<Node<'d>> {
        let Some((last, bases)) = parts.split_last() else {
            return Vec::new();
        };
        let subtype = self.flat(last);
        let mut kept = Vec::with_capacity(parts.len());
        for part in bases {
            let base = self.flat(part);
            let replaces = if base.alternatives.is_empty() || subtype.alternatives.is_empty() {
                merge::contradict(&base, &subtype)
            } else {
                !self.are_same_alternatives(&base, &subtype)
            };
            if !replaces || !self.extends(&last.origin, &part.origin) {
                kept.push(part.clone());
            } else if !self.narrows(&subtype, &base) {
                self.report_override(place, last, part);
            }
        }
        kept.push(last.clone());
        kept
    }

    /// Lists what a property has lost of its base.
    fn report_override(&mut self, property: &SpecPointer, subtype: &Node<'d>, base: &Node<'d>) {
        if self.reported_overrides.insert(property.clone()) {
            self.omit(
                format!("the type that {} has in {}", property, base.origin),
                "a subtype declares the property with another type".to_owned(),
                &subtype.origin,
            );
        }
    }

    fn are_same_alternatives(&self, base: &Flat<'d>, subtype: &Flat<'d>) -> bool {
        let lists = |flat: &Flat<'d>| -> Vec<SpecPointer> {
            flat.alternatives
                .iter()
                .map(|list| list.place.clone())
                .collect()
        };
        lists(base) == lists(subtype)
    }

    /// Whether all alternatives of a union are alternatives of another one too.
    fn narrows(&self, subtype: &Flat<'d>, base: &Flat<'d>) -> bool {
        let targets = |flat: &Flat<'d>| -> Vec<SpecPointer> {
            let members = flat
                .alternatives
                .iter()
                .flat_map(|list| list.members.iter());
            members
                .filter_map(|member| Some(self.document.resolve(member).ok()?.origin))
                .collect()
        };
        let base = targets(base);
        let subtype = targets(subtype);
        !subtype.is_empty() && subtype.iter().all(|origin| base.contains(origin))
    }

    /// Whether the schema that a property belongs to extends the one that another belongs to.
    fn extends(&mut self, subtype: &SpecPointer, base: &SpecPointer) -> bool {
        let Some(base) = component(base) else {
            return false;
        };
        match component(subtype) {
            Some(subtype) => subtype != base && self.descendants(&base, true).contains(&subtype),
            // Inline, it is where the components come together.
            None => true,
        }
    }
}

/// The component schema that a pointer leads into.
fn component(pointer: &SpecPointer) -> Option<SpecPointer> {
    let rest = pointer.as_str().strip_prefix("#/components/schemas/")?;
    let name = rest.split('/').next()?;
    Some(SpecPointer::new(format!("#/components/schemas/{name}")))
}
