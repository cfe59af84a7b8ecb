//! Transparent wrappers: schemas that only refer to another one.

use super::Schemas;
use super::merged_schema::MergedSchema;
use sdk_openapi::{Node, Schema};

impl<'d> Schemas<'d, '_> {
    /// The target of a transparent wrapper: the only member of an `allOf`, `oneOf` or `anyOf`, where
    /// the schema adds nothing to it.
    pub(crate) fn transparent_target(
        &mut self,
        schema: &Schema<'d>,
        merged: &MergedSchema<'d>,
    ) -> Option<Node<'d>> {
        let own = MergedSchema::from_schema(schema);
        if schema.all_of.is_empty() {
            let [alternatives] = own.alternatives.as_slice() else {
                return None;
            };
            let ([only], None) = (&*alternatives.members, &alternatives.discriminator) else {
                return None;
            };
            let bare = MergedSchema {
                alternatives: Vec::new(),
                ..own.clone()
            };
            let fits = self.allows_types_of_target(&bare, only);
            return (!bare.is_structural() && fits).then(|| only.clone());
        }
        if own.is_structural() || merged.sensitive {
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
            [only] if self.allows_types_of_target(&own, only) && !self.is_base_of(schema, only) => {
                Some((*only).clone())
            }
            _ => None,
        }
    }

    /// Whether a component's only `allOf` member is a base whose union of subtypes includes the
    /// component.
    fn is_base_of(&mut self, schema: &Schema<'d>, only: &Node<'d>) -> bool {
        schema.origin().pointer().matches('/').count() == 3 && self.has_subtypes(only)
    }

    fn allows_types_of_target(&mut self, own: &MergedSchema<'d>, only: &Node<'d>) -> bool {
        own.types.is_empty()
            || self
                .merge_all_of(only)
                .types
                .iter()
                .all(|ty| own.types.contains(ty))
    }
}
