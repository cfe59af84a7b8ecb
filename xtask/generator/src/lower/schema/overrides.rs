//! Properties that a subtype declares again, with another type than its base.

use super::Schemas;
use super::merge;
use sdk_model::SpecPointer;
use sdk_openapi::{Node, Schema};

impl<'d> Schemas<'d, '_> {
    /// The parts of a property that apply, without those that the last one, the subtype's, overrides:
    /// merging would multiply the alternatives of unions, or leave no value.
    pub(super) fn effective(&mut self, pointer: &SpecPointer, parts: &[Node<'d>]) -> Vec<Node<'d>> {
        let Some((last, bases)) = parts.split_last() else {
            return Vec::new();
        };
        let subtype = self.merge_all_of(last);
        let mut kept = Vec::with_capacity(parts.len());
        for part in bases {
            let base = self.merge_all_of(part);
            let replaces = if base.alternatives.is_empty() || subtype.alternatives.is_empty() {
                merge::contradict(&base, &subtype)
            } else {
                !self.are_same_alternatives(&base, &subtype)
            };
            if !replaces || !self.extends(&last.origin, &part.origin) {
                kept.push(part.clone());
            } else if !self.narrows(&subtype, &base) {
                self.report_override(pointer, last, part);
            }
        }
        kept.push(last.clone());
        kept
    }

    /// Lists a property whose declaration in the base is ignored.
    fn report_override(&mut self, property: &SpecPointer, subtype: &Node<'d>, base: &Node<'d>) {
        if self.reported_overrides.insert(property.clone()) {
            self.omit(
                format!("the type that {} has in {}", property, base.origin),
                "a subtype declares the property with another type".to_owned(),
                &subtype.origin,
            );
        }
    }

    fn are_same_alternatives(&self, base: &Schema<'d>, subtype: &Schema<'d>) -> bool {
        let lists = |merged: &Schema<'d>| -> Vec<SpecPointer> {
            merged
                .alternatives
                .iter()
                .map(|list| list.pointer.clone())
                .collect()
        };
        lists(base) == lists(subtype)
    }

    /// Whether the alternatives of a union are a subset of another's.
    fn narrows(&self, subtype: &Schema<'d>, base: &Schema<'d>) -> bool {
        let targets = |merged: &Schema<'d>| -> Vec<SpecPointer> {
            let members = merged
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

    /// Whether the schema that declares one property extends the schema that declares the other.
    fn extends(&mut self, subtype: &SpecPointer, base: &SpecPointer) -> bool {
        let Some(base) = component(base) else {
            return false;
        };
        match component(subtype) {
            Some(subtype) => {
                subtype != base
                    && self
                        .namer
                        .reader
                        .descendants(&base, true)
                        .contains(&subtype)
            }
            // An inline `allOf` merges the components.
            None => true,
        }
    }
}

/// The component schema that contains a pointer.
fn component(pointer: &SpecPointer) -> Option<SpecPointer> {
    let rest = pointer.as_str().strip_prefix("#/components/schemas/")?;
    let name = rest.split('/').next()?;
    Some(SpecPointer::new(format!("#/components/schemas/{name}")))
}
