//! The effect of another type on the wire.

use std::collections::{BTreeMap, BTreeSet};

use sdk_generator::emit::Context;
use sdk_model::{Constant, EnumValue, Field, Shape, Type, TypeId, Usage};

use super::{change::Wire, collect::Collector, renames::Renames};

/// Types nested deeper than this are taken to differ.
const DEEPEST: usize = 64;

/// The effect of replacing one type by another. Types with one name on both sides are compared by
/// themselves.
pub(super) fn of_types(out: &Collector<'_>, old: &Type, new: &Type, usage: Usage) -> Wire {
    let [before, after] = out.contexts();
    let takes = |direction, [wide, narrow]: [(&Context<'_>, &Type); 2]| {
        let mut comparison = Comparison {
            wide: wide.0,
            narrow: narrow.0,
            direction,
            renames: &out.renames,
            compared: BTreeSet::new(),
        };
        comparison.takes(wide.1, narrow.1, DEEPEST)
    };
    let (was, is) = ((before, old), (after, new));
    // The server takes what clients of the old document send, and they read what it sends.
    let accepted = !usage.request || takes(Direction::Request, [is, was]);
    let readable = !usage.response || takes(Direction::Response, [was, is]);
    if !accepted || !readable {
        return Wire::Breaking;
    }
    let same = (!usage.request || takes(Direction::Request, [was, is]))
        && (!usage.response || takes(Direction::Response, [is, was]));
    if same { Wire::None } else { Wire::Additive }
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

/// The direction that values go in: what may be missing or unknown depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// The server reads: unknown members may be refused.
    Request,
    /// The client reads: unknown members are ignored, unknown enum values are kept.
    Response,
}

/// Whether a reader of one type takes all values of another.
struct Comparison<'c, 'm> {
    wide: &'c Context<'m>,
    narrow: &'c Context<'m>,
    direction: Direction,
    renames: &'c Renames<'m>,
    /// Pairs compared already: recursive types meet themselves again.
    compared: BTreeSet<(&'c TypeId, &'c TypeId)>,
}

impl<'c, 'm> Comparison<'c, 'm> {
    fn takes(&mut self, wide: &'c Type, narrow: &'c Type, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        if let Some(known) = self.takes_text(wide, narrow) {
            return known;
        }
        match (wide, narrow) {
            (wide, narrow) if wide == narrow => true,
            (Type::Json, _) => true,
            (Type::Boxed(wide), narrow) => self.takes(wide, narrow, depth),
            (wide, Type::Boxed(narrow)) => self.takes(wide, narrow, depth),
            (Type::Nullable(wide), Type::Nullable(narrow)) => self.takes(wide, narrow, depth),
            (Type::Nullable(wide), narrow) => self.takes(wide, narrow, depth),
            (Type::List(wide), Type::List(narrow)) => self.takes(wide, narrow, depth),
            (Type::List(wide), Type::Tuple { items, .. }) => {
                items.iter().all(|item| self.takes(wide, item, depth))
            }
            (
                Type::Tuple {
                    items: wide,
                    required: at_least,
                },
                Type::Tuple {
                    items: narrow,
                    required,
                },
            ) => {
                wide.len() == narrow.len()
                    && at_least <= required
                    && wide
                        .iter()
                        .zip(narrow)
                        .all(|(wide, narrow)| self.takes(wide, narrow, depth))
            }
            (Type::Map(wide), Type::Map(narrow)) => self.takes(wide, narrow, depth),
            (Type::Named(wide), Type::Named(narrow)) => self.takes_named(wide, narrow, depth),
            (wide, Type::Named(id)) => self.takes_definition(wide, id, depth),
            (Type::Named(id), narrow) => match self.wide.api.types.get(id).map(|it| &it.shape) {
                Some(Shape::Alias(target)) => self.takes(target, narrow, depth),
                Some(Shape::Union { variants, .. }) => variants
                    .iter()
                    .any(|variant| self.takes(&variant.ty, narrow, depth)),
                _ => false,
            },
            (wide, narrow) => takes_scalar(wide, narrow),
        }
    }

    /// The same for closed sets of strings; none where neither type is one.
    fn takes_text(&self, wide: &'c Type, narrow: &'c Type) -> Option<bool> {
        let wide_values = values(self.wide, wide)?;
        if self.direction == Direction::Response {
            // Enums are open; a constant is read as text.
            return (values(self.narrow, narrow).is_some() || is_text(narrow)).then_some(true);
        }
        Some(wide_values.is_superset(&values(self.narrow, narrow)?))
    }

    fn takes_definition(&mut self, wide: &'c Type, id: &'c TypeId, depth: usize) -> bool {
        match self.narrow.api.types.get(id).map(|it| &it.shape) {
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
        }
    }

    fn is_same_name(&self, wide: &TypeId, narrow: &TypeId) -> bool {
        let renamed = |one, other| self.renames.new_of(one).is_some_and(|new| new == other);
        wide == narrow || renamed(wide, narrow) || renamed(narrow, wide)
    }

    fn takes_named(&mut self, wide: &'c TypeId, narrow: &'c TypeId, depth: usize) -> bool {
        if self.is_same_name(wide, narrow) || !self.compared.insert((wide, narrow)) {
            return true;
        }
        let found = (
            self.wide.api.types.get(wide),
            self.narrow.api.types.get(narrow),
        );
        let (Some(wide_type), Some(narrow_type)) = found else {
            return false;
        };
        match (&wide_type.shape, &narrow_type.shape) {
            (Shape::Alias(wide), Shape::Alias(narrow)) => self.takes(wide, narrow, depth),
            (Shape::IntegerEnum { values: wide }, Shape::IntegerEnum { values: narrow }) => {
                let wide: BTreeSet<&str> = names(wide).collect();
                self.direction == Direction::Response
                    || names(narrow).all(|value| wide.contains(value))
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
                    && self.takes_fields(wide, narrow, depth)
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
            (Shape::Union { variants, .. }, Shape::Struct { .. }) => variants
                .iter()
                .any(|variant| held(&variant.ty).is_some_and(|id| self.is_same_name(id, narrow))),
            _ => false,
        }
    }

    /// Whether a reader of one object takes the members of another.
    fn takes_fields(&mut self, wide: &'c [Field], narrow: &'c [Field], depth: usize) -> bool {
        let members: BTreeMap<&str, &Field> = narrow
            .iter()
            .map(|field| (field.name.wire.as_str(), field))
            .collect();
        let read: BTreeSet<&str> = wide.iter().map(|field| field.name.wire.as_str()).collect();
        let known = |field: &Field| read.contains(field.name.wire.as_str());
        if self.direction == Direction::Request && !narrow.iter().all(known) {
            return false;
        }
        wide.iter().all(|field| {
            match members.get(field.name.wire.as_str()) {
                Some(other) => {
                    (!field.presence.is_required() || other.presence.is_required())
                        && (field.presence.is_nullable() || !other.presence.is_nullable())
                        && self.takes(&field.ty, &other.ty, depth)
                }
                // A client misses what a response no longer has.
                None => self.direction == Direction::Request && !field.presence.is_required(),
            }
        })
    }
}

/// The type that a variant holds by name.
fn held(ty: &Type) -> Option<&TypeId> {
    match ty {
        Type::Boxed(inner) => held(inner),
        Type::Named(id) => Some(id),
        _ => None,
    }
}

fn takes_scalar(wide: &Type, narrow: &Type) -> bool {
    if is_text(wide) {
        return is_some_text(narrow);
    }
    match wide {
        Type::F64 | Type::Decimal => *narrow == Type::I32 || is_integer(narrow),
        wide if is_integer(wide) => *narrow == Type::I32 || is_any_integer(wide, narrow),
        _ => false,
    }
}

/// Whether a type takes any text.
fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Secret | Type::Binary)
}

/// Whether a type is text of some kind.
fn is_some_text(ty: &Type) -> bool {
    let constant = |ty: &Type| matches!(ty, Type::Constant(Constant(value)) if value.is_string());
    is_text(ty)
        || matches!(
            ty,
            Type::Timestamp | Type::Date | Type::Uuid | Type::Base64 | Type::Base64Url
        )
        || constant(ty)
}

/// Whether a type takes any integer.
fn is_integer(ty: &Type) -> bool {
    matches!(
        ty,
        Type::I64 | Type::U64 | Type::UnixSeconds | Type::UnixMillis
    )
}

/// Whether both take any integer and mean the same by it: seconds are not milliseconds.
fn is_any_integer(wide: &Type, narrow: &Type) -> bool {
    let times = [Type::UnixSeconds, Type::UnixMillis];
    is_integer(narrow) && !(times.contains(wide) && times.contains(narrow))
}
