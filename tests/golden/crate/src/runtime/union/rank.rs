use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};

use super::{Constant, Rule};
use crate::runtime::json::Node;

/// The number of items of a list or a map that are checked.
const MAX_ITEMS: usize = 32;

/// How specifically a rule matches a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    constants: usize,
    required: usize,
    optional: usize,
    kind: u8,
    /// Zero, minus the number of nested unions: a direct match takes precedence, and a union that
    /// contains itself does not select itself.
    direct: i8,
}

/// The remaining depth of nested lists and unions, which bounds the cost of the selection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depth {
    lists: u8,
    unions: u8,
}

impl Depth {
    pub(super) const WHOLE: Self = Self { lists: 4, unions: 6 };

    fn in_list(self) -> Option<Self> {
        Some(Self { lists: self.lists.checked_sub(1)?, ..self })
    }

    fn in_union(self) -> Option<Self> {
        Some(Self { unions: self.unions.checked_sub(1)?, ..self })
    }
}

impl Rank {
    /// The tag matches, which ranks as a constant.
    pub(super) const TAGGED: Self = Self { constants: 1, ..Self::kind(0) };

    const ANY: Self = Self::kind(0);
    /// A value that the enum does not declare.
    const OPEN: Self = Self::kind(1);
    const WIDE: Self = Self::kind(2);
    const NARROW: Self = Self::kind(3);
    const EXACT: Self = Self::kind(4);

    const fn kind(kind: u8) -> Self {
        Self { constants: 0, required: 0, optional: 0, kind, direct: 0 }
    }
}

/// The rank of `value` under `rule`; `None` if it does not match.
pub(super) fn of(rule: &Rule, value: Node<'_>, depth: Depth) -> Option<Rank> {
    let when = |matches: bool, rank: Rank| matches.then_some(rank);
    match rule {
        Rule::ByTag => None,
        Rule::Any => Some(Rank::ANY),
        Rule::Null => when(value.is_null(), Rank::EXACT),
        Rule::Boolean => when(value.as_bool().is_some(), Rank::WIDE),
        Rule::Integer => when(integer(value).is_some(), Rank::NARROW),
        Rule::Number => when(value.as_f64().is_some(), Rank::WIDE),
        Rule::String => when(value.as_str().is_some(), Rank::WIDE),
        Rule::Timestamp => {
            when(value.as_str()?.parse::<Timestamp>().is_ok(), Rank::EXACT)
        }
        Rule::Date => when(is_date(value.as_str()?), Rank::EXACT),
        Rule::Values(known) => Some(match known.contains(&value.as_str()?) {
            true => Rank::EXACT,
            false => Rank::OPEN,
        }),
        Rule::Integers(known) => Some(match known.contains(&integer(value)?) {
            true => Rank::EXACT,
            false => Rank::OPEN,
        }),
        Rule::Literals(known) => when(known.contains(&value.as_str()?), Rank::EXACT),
        Rule::List(rule) => of_all(rule, value.items()?, depth),
        Rule::Map(rule) => {
            // The first of duplicate properties is used.
            let mut seen = BTreeSet::new();
            let members = value.members()?.filter(|(name, _)| seen.insert(*name));
            of_all(rule, members.map(|(_, value)| value), depth)
        }
        Rule::Nullable(_) if value.is_null() => Some(Rank::WIDE),
        Rule::Nullable(rule) => of(rule, value, depth),
        Rule::Union(union) => {
            let (_, rank) = union().best(value, depth.in_union()?)?;
            Some(Rank { direct: rank.direct - 1, ..rank })
        }
        Rule::Object { required, optional, constants } => {
            let members = Members::of(value)?;
            let present = count(required, &members);
            when(present == required.len(), Rank::NARROW)?;
            Some(Rank {
                constants: count_constants(constants, &members)?,
                required: present,
                optional: count(optional, &members),
                ..Rank::NARROW
            })
        }
    }
}

/// The rank of `value` by an object's constants alone, of which at least one matches.
pub(super) fn by_constants(rule: &Rule, value: Node<'_>) -> Option<Rank> {
    let Rule::Object { required, optional, constants } = rule else { return None };
    let members = Members::of(value)?;
    let matched = count_constants(constants, &members)?;
    (matched > 0).then(|| Rank {
        constants: matched,
        required: count(required, &members),
        optional: count(optional, &members),
        ..Rank::NARROW
    })
}

/// The lowest rank of `values`.
fn of_all<'t>(
    rule: &Rule,
    values: impl Iterator<Item = Node<'t>>,
    depth: Depth,
) -> Option<Rank> {
    let Some(depth) = depth.in_list() else { return Some(Rank::ANY) };
    let ranks: Option<Vec<Rank>> =
        values.take(MAX_ITEMS).map(|value| of(rule, value, depth)).collect();
    Some(ranks?.into_iter().min().unwrap_or(Rank::WIDE))
}

/// The properties of an object.
struct Members<'t>(Vec<(&'t str, Node<'t>)>);

impl<'t> Members<'t> {
    fn of(value: Node<'t>) -> Option<Self> {
        value.members().map(|members| Self(members.collect()))
    }

    fn get(&self, name: &str) -> Option<Node<'t>> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}

fn count(names: &[&str], members: &Members<'_>) -> usize {
    names.iter().filter(|name| members.get(name).is_some()).count()
}

/// The number of constants that match; `None` if a property has another value.
fn count_constants(
    constants: &[(&str, Constant)],
    members: &Members<'_>,
) -> Option<usize> {
    let mut matched = 0;
    for (name, constant) in constants {
        if let Some(value) = members.get(name) {
            if !is_constant(constant, value) {
                return None;
            }
            matched += 1;
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

/// Whether text is a date. jiff also accepts a date and time as a date, which is refused here.
fn is_date(text: &str) -> bool {
    text.len() <= "+999999-12-31".len() && text.parse::<Date>().is_ok()
}
