//! Transparent wrappers: schemas that only refer to another one.

use super::reader::SchemaReader;
use sdk_openapi::{Node, Schema};

impl<'d> SchemaReader<'d, '_> {
    /// The target of a transparent wrapper: the only member of an `allOf`, `oneOf` or `anyOf`, where
    /// the schema adds nothing to it.
    pub(crate) fn transparent_target(
        &mut self,
        schema: &Schema<'d>,
        merged: &Schema<'d>,
    ) -> Option<Node<'d>> {
        if schema.all_of.is_empty() {
            let [alternatives] = schema.alternatives.as_slice() else {
                return None;
            };
            let ([only], None) = (&*alternatives.members, &alternatives.discriminator) else {
                return None;
            };
            let bare = Schema {
                alternatives: Vec::new(),
                ..schema.clone()
            };
            let fits = self.allows_types_of_target(&bare, only);
            return (!bare.is_structural() && fits).then(|| only.clone());
        }
        if schema.is_structural() || merged.sensitive {
            return None;
        }
        let mut structural = Vec::new();
        for member in &schema.all_of {
            if self.merge_all_of(member).is_structural() {
                structural.push(member);
            }
        }
        match structural.as_slice() {
            [] if schema.all_of.len() == 1 => schema.all_of.first().cloned(),
            [only]
                if self.allows_types_of_target(schema, only) && !self.is_base_of(schema, only) =>
            {
                Some((*only).clone())
            }
            _ => None,
        }
    }

    /// Whether a component's only `allOf` member is a base whose union of subtypes includes the
    /// component.
    fn is_base_of(&mut self, schema: &Schema<'d>, only: &Node<'d>) -> bool {
        schema.origin.pointer().matches('/').count() == 3 && self.has_subtypes(only)
    }

    fn allows_types_of_target(&mut self, own: &Schema<'d>, only: &Node<'d>) -> bool {
        own.types.is_empty()
            || self
                .merge_all_of(only)
                .types
                .iter()
                .all(|ty| own.types.contains(ty))
    }
}
