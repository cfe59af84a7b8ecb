use super::Schemas;
use super::flat::Flat;
use sdk_openapi::{Node, Schema};

impl<'d> Schemas<'d, '_> {
    /// The one schema that this one adds nothing to: the member of an `allOf`, `oneOf` or
    /// `anyOf` that stands alone.
    pub(crate) fn wrapped(&mut self, schema: &Schema<'d>, flat: &Flat<'d>) -> Option<Node<'d>> {
        let own = Flat::own(schema);
        if schema.all_of.is_empty() {
            let [alternatives] = own.alternatives.as_slice() else {
                return None;
            };
            let ([only], None) = (&*alternatives.members, &alternatives.discriminator) else {
                return None;
            };
            let bare = Flat {
                alternatives: Vec::new(),
                ..own.clone()
            };
            let fits = self.fits(&bare, only);
            return (!bare.is_structural() && fits).then(|| only.clone());
        }
        if own.is_structural() || flat.sensitive {
            return None;
        }
        let mut telling = Vec::new();
        for member in &schema.all_of {
            if self.flat(member).is_structural() {
                telling.push(member);
            }
        }
        match telling.as_slice() {
            [] if schema.all_of.len() == 1 => schema.all_of.first().cloned(),
            [only] if self.fits(&own, only) && !self.is_base_of(schema, only) => {
                Some((*only).clone())
            }
            _ => None,
        }
    }

    /// Whether a component's one `allOf` member is a base that stands for its heirs, this
    /// component among them.
    fn is_base_of(&mut self, schema: &Schema<'d>, only: &Node<'d>) -> bool {
        schema.origin().pointer().matches('/').count() == 3 && self.has_heirs(only)
    }

    fn fits(&mut self, own: &Flat<'d>, only: &Node<'d>) -> bool {
        own.types.is_empty()
            || self
                .flat(only)
                .types
                .iter()
                .all(|ty| own.types.contains(ty))
    }
}
