use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};

use super::{Constant, Rule};
use crate::runtime::json::Node;

/// How many items of a list, or members of a map, are looked at.
const ITEMS: usize = 32;

/// How well a value fits a rule; the higher, the more specific.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    constants: usize,
    required: usize,
    optional: usize,
    kind: u8,
    /// Below zero by the unions it was found in: found here is better than found there, and a
    /// union that is its own variant never chooses that one.
    direct: i8,
}

/// How far lists and unions inside unions are looked into: what keeps the choice cheap,
/// whatever the value, and lets it end, whatever the union.
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
    /// The tag said so: as good as a constant.
    pub(super) const TAGGED: Self = Self { constants: 1, ..Self::kind(0) };

    const ANY: Self = Self::kind(0);
    /// It fits because an enum takes values of the future.
    const OPEN: Self = Self::kind(1);
    const WIDE: Self = Self::kind(2);
    const NARROW: Self = Self::kind(3);
    const EXACT: Self = Self::kind(4);

    const fn kind(kind: u8) -> Self {
        Self { constants: 0, required: 0, optional: 0, kind, direct: 0 }
    }
}

/// How well `value` fits `rule`; none where it does not.
pub(super) fn of(rule: &Rule, value: Node<'_>, depth: Depth) -> Option<Rank> {
    let when = |fits: bool, rank: Rank| fits.then_some(rank);
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
            // Of members with one name, the first counts.
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

/// How well `value` fits an object by its constants alone, of which it has at least one.
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

/// How well the worst of `values` fits.
fn of_all<'t>(
    rule: &Rule,
    values: impl Iterator<Item = Node<'t>>,
    depth: Depth,
) -> Option<Rank> {
    let Some(depth) = depth.in_list() else { return Some(Rank::ANY) };
    let ranks: Option<Vec<Rank>> =
        values.take(ITEMS).map(|value| of(rule, value, depth)).collect();
    Some(ranks?.into_iter().min().unwrap_or(Rank::WIDE))
}

/// The names and values of an object's members.
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

/// How many constants are there; none where one has another value.
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

/// jiff reads the date of a date and time as well: that is no date here.
fn is_date(text: &str) -> bool {
    text.len() <= "+999999-12-31".len() && text.parse::<Date>().is_ok()
}
