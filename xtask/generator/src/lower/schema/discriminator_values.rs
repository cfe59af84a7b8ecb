//! The values of a discriminator, and of other properties with a single value.

use std::rc::Rc;

use foldhash::HashSet;
use openapiv3::Discriminator;
use serde_json::Value as Json;

use super::reader::SchemaReader;
use sdk_model::SpecPointer;
use sdk_openapi::{Node, Schema};

/// Nested unions are searched for discriminator values to this depth.
const DEEPEST_UNION: usize = 32;

impl<'d> SchemaReader<'d, '_> {
    /// The discriminator values of an alternative: those of the mapping, else those that its
    /// property allows, else the component's name.
    pub(super) fn tags(&mut self, node: &Node<'d>, discriminator: &Discriminator) -> Vec<String> {
        self.tags_beyond(node, discriminator, 0, &mut HashSet::default())
    }

    /// [`tags`](Self::tags), except for unions that have been visited.
    fn tags_beyond(
        &mut self,
        node: &Node<'d>,
        discriminator: &Discriminator,
        depth: usize,
        seen: &mut HashSet<SpecPointer>,
    ) -> Vec<String> {
        let target = self.document.resolve(node).map(|target| target.origin).ok();
        let mapped: Vec<String> = discriminator
            .mapping
            .iter()
            .filter(|(_, to)| {
                [
                    Some(&node.reference().unwrap_or(SpecPointer::root())),
                    target.as_ref(),
                ]
                .into_iter()
                .flatten()
                .any(|origin| points_to(to, origin))
            })
            .map(|(tag, _)| tag.clone())
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let merged = self.merge_all_of(node);
        let own = self.values_of(&merged, &discriminator.property_name);
        if !own.is_empty() {
            return own;
        }
        // A nested union has the values of all its alternatives.
        let list = merged.alternatives.first();
        let nested = list.map_or_else(|| Rc::from([]), |list| Rc::clone(&list.members));
        if !nested.is_empty() && depth < DEEPEST_UNION {
            if !seen.insert(merged.origin.clone())
                || !self.check_alternative_limit(&merged.origin, nested.len())
            {
                return Vec::new();
            }
            let members = nested.iter();
            return members
                .flat_map(|member| self.tags_beyond(member, discriminator, depth + 1, seen))
                .collect();
        }
        component_of(node).into_iter().collect()
    }

    pub(super) fn values_of(&mut self, merged: &Schema<'d>, property: &str) -> Vec<String> {
        let parts = merged.properties.get(property).cloned().unwrap_or_default();
        for part in &parts {
            let part = self.merge_all_of(part);
            if let Some(values) = &part.enumeration {
                return values
                    .iter()
                    .map(|value| {
                        value
                            .as_str()
                            .map_or_else(|| value.to_string(), str::to_owned)
                    })
                    .collect();
            }
        }
        Vec::new()
    }

    /// The only value that a property can have, and whether it is nullable.
    pub(super) fn single_value(
        &mut self,
        merged: &Schema<'d>,
        property: &str,
    ) -> Option<(&'d Json, bool)> {
        for part in merged.properties.get(property)? {
            let part = self.merge_all_of(part);
            if let Some([only]) = part.enumeration.as_deref()
                && !matches!(only, Json::Array(_) | Json::Object(_))
            {
                return Some((only, part.nullable));
            }
        }
        None
    }
}

/// Whether the target of a mapping, a reference or a component's name, is this pointer.
fn points_to(target: &str, origin: &SpecPointer) -> bool {
    target == origin.as_str()
        || (!target.contains('#') && component(origin) == target.trim_end_matches(".json"))
}

/// The component's name of an alternative that is a component or a reference to one.
pub(super) fn component_of(node: &Node<'_>) -> Option<String> {
    if let Some(reference) = node.reference() {
        return Some(component(&reference));
    }
    let name = node.origin.pointer().strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| component(&node.origin))
}

/// The last token of a reference: the component's name.
pub(super) fn component(reference: &SpecPointer) -> String {
    let last = reference.pointer().rsplit('/').next().unwrap_or_default();
    last.replace("~1", "/").replace("~0", "~")
}
