//! Variants that the names of members alone do not distinguish from another one.

use super::{Context, struct_fields};
use sdk_model::{Field, Shape, Type, Variant};

/// Unions of more variants than this are distinguished by the names of members and constants only.
const MOST_VARIANTS: usize = 256;

/// How many types a type is compared with.
pub(super) const MOST: usize = 16;

/// How deep two types are compared.
const DEEPEST: usize = 3;

/// The objects among a union's variants.
pub(super) struct Rivals<'a> {
    objects: Vec<Option<(&'a Variant, &'a [Field])>>,
}

impl<'a> Rivals<'a> {
    pub(super) fn new(context: &Context<'a>, variants: &'a [Variant]) -> Self {
        let objects = |variant: &'a Variant| {
            let fields = struct_fields(context, &variant.ty)?;
            Some((variant, fields))
        };
        let compared = variants.len() <= MOST_VARIANTS;
        Self {
            objects: variants
                .iter()
                .map(|variant| objects(variant).filter(|_| compared))
                .collect(),
        }
    }

    /// The fields of the objects that required constants do not distinguish from the one at `index`.
    pub(super) fn of(&self, index: usize) -> Vec<&'a [Field]> {
        let Some(Some((variant, _))) = self.objects.get(index) else {
            return Vec::new();
        };
        let others = self.objects.iter().enumerate();
        others
            .filter(|(other, _)| *other != index)
            .filter_map(|(_, object)| object.as_ref())
            .filter(|(other, _)| !are_apart(variant, other))
            .map(|(_, fields)| *fields)
            .collect()
    }
}

/// Whether no value has both variants' required constants.
fn are_apart(one: &Variant, other: &Variant) -> bool {
    one.constants.iter().any(|(name, value)| {
        let other = other.constants.get(name);
        other.is_some_and(|other| other != value)
    })
}

/// The types that members of a field's name have in other objects, where they differ from the
/// field's own.
pub(super) fn other_types<'a>(
    context: &Context<'a>,
    field: &'a Field,
    rivals: &[&'a [Field]],
) -> Vec<&'a Type> {
    let mut others: Vec<&Type> = Vec::new();
    let same_name = |fields: &&'a [Field]| {
        fields
            .iter()
            .find(|other| other.name.wire == field.name.wire)
    };
    for other in rivals.iter().filter_map(same_name) {
        let is_known = others.contains(&&other.ty);
        if !is_known && differ(context, &field.ty, &other.ty, DEEPEST) {
            others.push(&other.ty);
        }
        if others.len() == MOST {
            break;
        }
    }
    others
}

/// Whether values of two types look different.
fn differ(context: &Context<'_>, one: &Type, other: &Type, depth: usize) -> bool {
    let (one, other) = (context.resolve(one), context.resolve(other));
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    match (one, other) {
        _ if one == other => false,
        (Type::Boxed(one), _) => differ(context, one, other, depth + 1),
        (_, Type::Boxed(other)) => differ(context, one, other, depth + 1),
        (Type::List(one), Type::List(other))
        | (Type::Map(one), Type::Map(other))
        | (Type::Nullable(one), Type::Nullable(other)) => differ(context, one, other, depth),
        (Type::Named(one), Type::Named(other)) => {
            let shape = |id| context.api.types.get(id).map(|found| &found.shape);
            match (shape(one), shape(other)) {
                (Some(one), Some(other)) => shapes_differ(context, one, other, depth),
                _ => true,
            }
        }
        _ => true,
    }
}

fn shapes_differ(context: &Context<'_>, one: &Shape, other: &Shape, depth: usize) -> bool {
    match (one, other) {
        (Shape::Struct { fields, .. }, Shape::Struct { fields: others, .. }) => {
            fields.len() != others.len()
                || fields.iter().zip(others).any(|(one, other)| {
                    one.name.wire != other.name.wire
                        || one.presence != other.presence
                        || differ(context, &one.ty, &other.ty, depth)
                })
        }
        (Shape::StringEnum { values }, Shape::StringEnum { values: others })
        | (Shape::IntegerEnum { values }, Shape::IntegerEnum { values: others }) => {
            values.len() != others.len()
                || values
                    .iter()
                    .zip(others)
                    .any(|(one, other)| one.name.wire != other.name.wire)
        }
        (
            Shape::Union { variants, .. },
            Shape::Union {
                variants: others, ..
            },
        ) => {
            variants.len() != others.len()
                || variants
                    .iter()
                    .zip(others)
                    .any(|(one, other)| differ(context, &one.ty, &other.ty, depth))
        }
        _ => true,
    }
}
