//! What another type means on the wire.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Wire;
use sdk_generator::emit::Context;
use sdk_model::{Constant, EnumValue, Field, Shape, Type, TypeId, Usage};

/// Types inside types beyond this depth are taken to differ.
const DEEPEST: usize = 64;

/// What it means that something of the one type became of the other. Types that have one name on
/// both sides are told by themselves.
pub(super) fn of_types(contexts: [&Context<'_>; 2], old: &Type, new: &Type, usage: Usage) -> Wire {
    let [before, after] = contexts;
    let wider = Comparison::new(after, before).takes(new, old, DEEPEST);
    let narrower = Comparison::new(before, after).takes(old, new, DEEPEST);
    match (wider, narrower) {
        (true, true) => Wire::None,
        // Enums are open, so that further values can be read.
        (true, false) if !usage.response || values(before, old).is_some() => Wire::Additive,
        (false, true) if !usage.request => Wire::Additive,
        _ => Wire::Breaking,
    }
}

/// The values of a closed set of strings.
fn values<'m>(context: &Context<'m>, ty: &'m Type) -> Option<BTreeSet<&'m str>> {
    match ty {
        Type::Constant(Constant(value)) => Some(BTreeSet::from([value.as_str()?])),
        Type::Boxed(inner) => values(context, inner),
        Type::Named(id) => match &context.api.types.get(id)?.shape {
            Shape::StringEnum { values } => Some(names(values).collect()),
            _ => None,
        },
        _ => None,
    }
}

fn names(values: &[EnumValue]) -> impl Iterator<Item = &str> {
    values.iter().map(|value| value.name.wire.as_str())
}

/// Whether one type takes all that another may be.
struct Comparison<'c, 'm> {
    wide: &'c Context<'m>,
    narrow: &'c Context<'m>,
    /// What has been asked already: types that hold themselves come round again.
    asked: BTreeSet<(&'m TypeId, &'m TypeId)>,
}

impl<'c, 'm> Comparison<'c, 'm> {
    fn new(wide: &'c Context<'m>, narrow: &'c Context<'m>) -> Self {
        Self {
            wide,
            narrow,
            asked: BTreeSet::new(),
        }
    }

    fn takes(&mut self, wide: &'m Type, narrow: &'m Type, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        if let (Some(wide), Some(narrow)) = (values(self.wide, wide), values(self.narrow, narrow)) {
            return wide.is_superset(&narrow);
        }
        match (wide, narrow) {
            (wide, narrow) if wide == narrow => true,
            (Type::Json, _) => true,
            (Type::Boxed(wide), narrow) => self.takes(wide, narrow, depth),
            (wide, Type::Boxed(narrow)) => self.takes(wide, narrow, depth),
            (Type::Nullable(wide), Type::Nullable(narrow)) => self.takes(wide, narrow, depth),
            (Type::Nullable(wide), narrow) => self.takes(wide, narrow, depth),
            (Type::List(wide), Type::List(narrow)) => self.takes(wide, narrow, depth),
            (Type::List(wide), Type::Tuple(items)) => {
                items.iter().all(|item| self.takes(wide, item, depth))
            }
            (Type::Tuple(wide), Type::Tuple(narrow)) => {
                wide.len() == narrow.len()
                    && wide
                        .iter()
                        .zip(narrow)
                        .all(|(wide, narrow)| self.takes(wide, narrow, depth))
            }
            (Type::Map(wide), Type::Map(narrow)) => self.takes(wide, narrow, depth),
            (Type::Named(wide), Type::Named(narrow)) => self.named(wide, narrow, depth),
            (wide, Type::Named(id)) => match self.narrow.api.types.get(id).map(|it| &it.shape) {
                Some(Shape::Alias(target)) => self.takes(wide, target, depth),
                Some(Shape::StringEnum { .. }) => is_text(wide),
                Some(Shape::IntegerEnum { .. }) => is_integer(wide) || *wide == Type::F64,
                Some(Shape::Struct { fields, additional }) => match wide {
                    Type::Map(value) => fields
                        .iter()
                        .map(|field| &field.ty)
                        .chain(additional)
                        .all(|ty| self.takes(value, ty, depth)),
                    _ => false,
                },
                _ => false,
            },
            (Type::Named(id), narrow) => match self.wide.api.types.get(id).map(|it| &it.shape) {
                Some(Shape::Alias(target)) => self.takes(target, narrow, depth),
                Some(Shape::Union { variants, .. }) => variants
                    .iter()
                    .any(|variant| self.takes(&variant.ty, narrow, depth)),
                _ => false,
            },
            (wide, narrow) => scalar(wide, narrow),
        }
    }

    fn named(&mut self, wide: &'m TypeId, narrow: &'m TypeId, depth: usize) -> bool {
        if wide == narrow || !self.asked.insert((wide, narrow)) {
            return true;
        }
        let found = (
            self.wide.api.types.get(wide),
            self.narrow.api.types.get(narrow),
        );
        let (Some(wide), Some(narrow)) = found else {
            return false;
        };
        match (&wide.shape, &narrow.shape) {
            (Shape::Alias(wide), Shape::Alias(narrow)) => self.takes(wide, narrow, depth),
            (Shape::IntegerEnum { values: wide }, Shape::IntegerEnum { values: narrow }) => {
                let wide: BTreeSet<&str> = names(wide).collect();
                names(narrow).all(|value| wide.contains(value))
            }
            (
                Shape::Struct {
                    fields: wide,
                    additional: open,
                },
                Shape::Struct {
                    fields: narrow,
                    additional: rest,
                },
            ) => {
                open.is_some() == rest.is_some()
                    && open
                        .iter()
                        .zip(rest)
                        .all(|(wide, narrow)| self.takes(wide, narrow, depth))
                    && self.fields(wide, narrow, depth)
            }
            (
                Shape::Union { variants: wide, .. },
                Shape::Union {
                    variants: narrow, ..
                },
            ) => narrow.iter().all(|narrow| {
                wide.iter()
                    .any(|wide| self.takes(&wide.ty, &narrow.ty, depth))
            }),
            (Shape::Union { variants, .. }, Shape::Struct { .. }) => {
                let narrow = narrow.id();
                variants
                    .iter()
                    .any(|variant| holds(&variant.ty) == Some(&narrow))
            }
            _ => false,
        }
    }

    /// Whether all that the one object may hold can stand in the other.
    fn fields(&mut self, wide: &'m [Field], narrow: &'m [Field], depth: usize) -> bool {
        let others: BTreeMap<&str, &Field> = narrow
            .iter()
            .map(|field| (field.name.wire.as_str(), field))
            .collect();
        wide.len() == narrow.len()
            && wide.iter().all(|field| {
                others.get(field.name.wire.as_str()).is_some_and(|other| {
                    (!field.presence.is_required() || other.presence.is_required())
                        && (field.presence.is_nullable() || !other.presence.is_nullable())
                        && self.takes(&field.ty, &other.ty, depth)
                })
            })
    }
}

/// The type that a variant holds by name.
fn holds(ty: &Type) -> Option<&TypeId> {
    match ty {
        Type::Boxed(inner) => holds(inner),
        Type::Named(id) => Some(id),
        _ => None,
    }
}

fn scalar(wide: &Type, narrow: &Type) -> bool {
    if is_text(wide) {
        return text(narrow);
    }
    match wide {
        Type::F64 => *narrow == Type::I32 || is_integer(narrow),
        wide if is_integer(wide) => *narrow == Type::I32 || is_any_integer(wide, narrow),
        _ => false,
    }
}

/// Whether a type takes any text.
fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Secret | Type::Binary)
}

/// Whether a type is text of some kind.
fn text(ty: &Type) -> bool {
    let constant = |ty: &Type| matches!(ty, Type::Constant(Constant(value)) if value.is_string());
    is_text(ty)
        || matches!(ty, Type::Timestamp | Type::Date | Type::Uuid | Type::Base64)
        || constant(ty)
}

/// Whether a type takes any integer.
fn is_integer(ty: &Type) -> bool {
    matches!(
        ty,
        Type::I64 | Type::U64 | Type::UnixSeconds | Type::UnixMillis
    )
}

/// Whether both take any integer and mean the same by it: seconds are no milliseconds.
fn is_any_integer(wide: &Type, narrow: &Type) -> bool {
    let times = [Type::UnixSeconds, Type::UnixMillis];
    is_integer(narrow) && !(times.contains(wide) && times.contains(narrow))
}
