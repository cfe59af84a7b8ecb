//! How well a value matches a rule.

use std::collections::BTreeSet;
use std::ops::Add;

use jiff::{Timestamp, civil::Date};

use super::{Constant, Rule};
use crate::runtime::json::{FromJson, Node};

/// The number of a list's items, or of a map's members, that are compared with a rule.
const MAX_ITEMS: usize = 32;

/// How well a value matches a rule; the higher, the more specific. The fields are compared in
/// this order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// Constants and known values of enums.
    constants: usize,
    /// Members that the rule names.
    members: usize,
    /// Those of them that are required.
    required: usize,
    /// How narrow the types are.
    kind: usize,
    /// Below zero by the unions it was found in: a direct variant is better than one of a nested
    /// union, and a union that is its own variant never chooses that one.
    direct: i8,
}

/// How deep lists, objects and unions are compared: it bounds the work, whatever the value, and
/// ends unions that hold themselves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depth {
    nested: u8,
    unions: u8,
    is_top: bool,
}

impl Depth {
    pub(super) const WHOLE: Self = Self { nested: 4, unions: 6, is_top: true };

    fn nested(self) -> Option<Self> {
        Some(Self { nested: self.nested.checked_sub(1)?, is_top: false, ..self })
    }

    fn in_union(self) -> Option<Self> {
        Some(Self { unions: self.unions.checked_sub(1)?, ..self })
    }
}

impl Rank {
    /// The discriminator selects it: as good as a constant.
    pub(super) const TAGGED: Self = Self { constants: 1, ..Self::kind(0) };

    pub(super) const ANY: Self = Self::kind(0);
    /// A value that an enum does not know.
    const OPEN: Self = Self::kind(1);
    const WIDE: Self = Self::kind(2);
    const NARROW: Self = Self::kind(3);
    const EXACT: Self = Self::kind(4);
    /// A value that an enum knows.
    const KNOWN: Self = Self { constants: 1, ..Self::EXACT };

    const fn kind(kind: usize) -> Self {
        Self { constants: 0, members: 0, required: 0, kind, direct: 0 }
    }

    /// Whether the rule names any member of the value.
    pub(super) fn has_members(self) -> bool {
        self.members > 0
    }

    fn known(is_known: bool) -> Self {
        if is_known { Self::KNOWN } else { Self::OPEN }
    }
}

impl Add for Rank {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            constants: self.constants + other.constants,
            members: self.members + other.members,
            required: self.required,
            kind: self.kind + other.kind,
            direct: self.direct.min(other.direct),
        }
    }
}

/// How well `value` matches `rule`; none where it does not.
pub(super) fn of(rule: &Rule, value: Node<'_>, depth: Depth) -> Option<Rank> {
    let when = |matches: bool, rank: Rank| matches.then_some(rank);
    match rule {
        Rule::ByTag | Rule::Default => None,
        Rule::Any => Some(Rank::ANY),
        Rule::Null => when(value.is_null(), Rank::EXACT),
        Rule::Boolean => when(value.as_bool().is_some(), Rank::WIDE),
        Rule::Integer => when(value.as_integer().is_some(), Rank::NARROW),
        Rule::Number => when(value.as_f64().is_some(), Rank::WIDE),
        Rule::String => when(value.as_str().is_some(), Rank::WIDE),
        Rule::Timestamp => when(is_timestamp(value), Rank::EXACT),
        Rule::Date => when(is_date(value.as_str()?), Rank::EXACT),
        Rule::Values(known) => Some(Rank::known(known.contains(&value.as_str()?))),
        Rule::Integers(known) => Some(Rank::known(known.contains(&integer(value)?))),
        Rule::Literals(known) => when(known.contains(&value.as_str()?), Rank::KNOWN),
        Rule::List(rule) => of_all(rule, value.items()?, depth),
        Rule::Tuple { items, required } => of_tuple(items, *required, value, depth),
        Rule::Map(rule) => {
            // Of duplicate members, the first counts.
            let mut seen = BTreeSet::new();
            let members = value.members()?.filter(|(name, _)| seen.insert(*name));
            of_all(rule, members.map(|(_, value)| value), depth)
        }
        Rule::Nullable(_) if value.is_null() => Some(Rank::WIDE),
        Rule::Nullable(rule) => of(rule, value, depth),
        Rule::Union(union) => {
            let found = union().best(value, depth.in_union()?);
            match found {
                Some((_, rank)) => Some(Rank { direct: rank.direct - 1, ..rank }),
                // A member or an item keeps what its union does not recognize.
                None => when(!depth.is_top, Rank::ANY),
            }
        }
        Rule::Object { .. } => of_object(rule, &Members::of(value)?, depth),
    }
}

/// How well an object's members match the rule of an object.
pub(super) fn of_object(
    rule: &Rule,
    present: &Members<'_>,
    depth: Depth,
) -> Option<Rank> {
    let Rule::Object { required, constants, members, .. } = rule else { return None };
    let rank = partial(rule, present)?;
    if rank.required < required.len() + constants.len() {
        return None;
    }
    let Some(depth) = depth.nested() else { return Some(rank) };
    members.iter().try_fold(rank, |rank, (name, rule)| match present.get(name) {
        Some(value) => Some(rank + of(rule, value, depth)?),
        None => Some(rank),
    })
}

/// How well an object's members match a rule, though required ones may be missing and the types
/// of the others may differ; none where a constant has another value.
pub(super) fn partial(rule: &Rule, present: &Members<'_>) -> Option<Rank> {
    let Rule::Object { required, optional, constants, defaults, .. } = rule else {
        return None;
    };
    let fixed = count_constants(constants, present, false)?;
    let defaulted = count_constants(defaults, present, true)?;
    let required = count(required, present);
    Some(Rank {
        constants: fixed + defaulted,
        members: fixed + defaulted + required + count(optional, present),
        required: fixed + required,
        ..Rank::NARROW
    })
}

/// Whether the rule has required constants, and all of them are there.
pub(super) fn has_constants(rule: &Rule, present: &Members<'_>) -> bool {
    let Rule::Object { constants, .. } = rule else { return false };
    !constants.is_empty()
        && count_constants(constants, present, false) == Some(constants.len())
}

/// The rank of the value that matches worst.
fn of_all<'t>(
    rule: &Rule,
    values: impl Iterator<Item = Node<'t>>,
    depth: Depth,
) -> Option<Rank> {
    let Some(depth) = depth.nested() else { return Some(Rank::ANY) };
    let mut worst: Option<Rank> = None;
    for value in values.take(MAX_ITEMS) {
        let rank = of(rule, value, depth)?;
        worst = Some(worst.map_or(rank, |worst| worst.min(rank)));
    }
    Some(worst.unwrap_or(Rank::WIDE))
}

fn of_tuple(
    rules: &[Rule],
    required: usize,
    value: Node<'_>,
    depth: Depth,
) -> Option<Rank> {
    let items: Vec<Node<'_>> = value.items()?.collect();
    if items.len() < required {
        return None;
    }
    let depth = depth.nested()?;
    let start = Rank { members: items.len().min(rules.len()), ..Rank::NARROW };
    rules
        .iter()
        .zip(items)
        .try_fold(start, |rank, (rule, item)| Some(rank + of(rule, item, depth)?))
}

/// The names and values of an object's members.
pub(super) struct Members<'t>(Vec<(&'t str, Node<'t>)>);

impl<'t> Members<'t> {
    pub(super) fn of(value: Node<'t>) -> Option<Self> {
        value.members().map(|members| Self(members.collect()))
    }

    fn get(&self, name: &str) -> Option<Node<'t>> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}

fn count(names: &[&str], present: &Members<'_>) -> usize {
    names.iter().filter(|name| present.get(name).is_some()).count()
}

/// The number of constants that are there; none where one has another value, null apart where it
/// is `nullable`.
fn count_constants(
    constants: &[(&str, Constant)],
    present: &Members<'_>,
    nullable: bool,
) -> Option<usize> {
    let mut matched = 0;
    for (name, constant) in constants {
        match present.get(name) {
            Some(value) if is_constant(constant, value) => matched += 1,
            Some(value) if nullable && value.is_null() => {}
            Some(_) => return None,
            None => {}
        }
    }
    Some(matched)
}

fn is_constant(constant: &Constant, value: Node<'_>) -> bool {
    match constant {
        Constant::Text(text) => value.as_str() == Some(text),
        Constant::Integer(number) => integer(value) == Some(*number),
        Constant::Number(number) => value.as_f64() == Some(*number),
        Constant::Boolean(boolean) => value.as_bool() == Some(*boolean),
        Constant::Null => value.is_null(),
    }
}

fn integer(value: Node<'_>) -> Option<i64> {
    value.as_integer()?.try_into().ok()
}

fn is_timestamp(value: Node<'_>) -> bool {
    value.as_str().is_some_and(|text| {
        text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '-')
    }) && Timestamp::from_json(value).is_ok()
}

/// jiff reads the date of a date and time as well: that is no date here.
fn is_date(text: &str) -> bool {
    text.len() <= "+999999-12-31".len() && text.parse::<Date>().is_ok()
}
