use std::collections::BTreeMap;

use sdk_model::{Constant, Presence, Shape, Type, TypeId, TypeTable};

/// Gives the payload of a discriminated union its tag as a constant, so that no caller has to
/// spell it: where the tag is plain text, and the payload has the same one in every union.
pub(super) fn fix(types: &mut TypeTable) {
    let mut tags: BTreeMap<(TypeId, String), Option<String>> = BTreeMap::new();
    for def in types.values() {
        let Shape::Union {
            variants,
            discriminator: Some(property),
        } = &def.shape
        else {
            continue;
        };
        for variant in variants {
            let Type::Named(id) = &variant.ty else {
                continue;
            };
            let only = match variant.tags.as_slice() {
                [only] if !variant.is_default => Some(only.clone()),
                _ => None,
            };
            tags.entry((id.clone(), property.clone()))
                .and_modify(|known| {
                    if *known != only {
                        *known = None;
                    }
                })
                .or_insert(only);
        }
    }
    for ((id, property), tag) in tags {
        let Some(tag) = tag else { continue };
        let Some(Shape::Struct { fields, .. }) = types.get_mut(&id).map(|def| &mut def.shape)
        else {
            continue;
        };
        let is_it = |field: &&mut sdk_model::Field| {
            field.name.wire == property
                && field.ty == Type::String
                && field.presence == Presence::Required
        };
        if let Some(field) = fields.iter_mut().find(is_it) {
            field.ty = Type::Constant(Constant(tag.into()));
        }
    }
}
