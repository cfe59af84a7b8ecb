//! Which variants are tried, and in which order.

use std::borrow::Cow;

use super::rank::{self, Depth, Members, Rank};
use super::{Rule, Union, Variant};
use crate::runtime::json::{Error, Node};

impl Union {
    /// The most specific variant that `value` matches, the first of equals.
    pub(super) fn best(&self, value: Node<'_>, depth: Depth) -> Option<(usize, Rank)> {
        let tag = self.tag_of(value);
        let present = self.members_of(value);
        let ranked = |(index, variant): (usize, &Variant)| {
            Some((index, rank_of(&variant.rule, value, present.as_ref(), depth)?))
        };
        if let Some(tag) = &tag {
            let first = self.tagged(tag).next().map(|(index, _)| (index, Rank::TAGGED));
            let best = highest(self.tagged(tag).filter_map(ranked)).or(first);
            if let Some((index, rank)) = best {
                return Some((index, rank.max(Rank::TAGGED)));
            }
        }
        match self.default_for(value) {
            Some(default) => Some((default, Rank::ANY)),
            None => highest(self.untagged(tag.is_some()).filter_map(ranked)),
        }
    }

    /// The variants that a discriminator's value selects.
    fn tagged(&self, tag: &str) -> impl Iterator<Item = (usize, &'static Variant)> {
        let variants = self.variants.iter().enumerate();
        variants.filter(move |(_, variant)| variant.tags.contains(&tag))
    }

    /// The variants that remain where no variant has the discriminator's value. An unknown value
    /// belongs to none of those that have known ones.
    fn untagged(
        &self,
        is_tagged: bool,
    ) -> impl Iterator<Item = (usize, &'static Variant)> + use<> {
        let variants = self.variants.iter().enumerate();
        variants.filter(move |(_, variant)| !is_tagged || variant.tags.is_empty())
    }

    /// The variants that the discriminator does not rule out.
    fn possible(&self, value: Node<'_>) -> Vec<(usize, &'static Variant)> {
        let tag = self.tag_of(value);
        let tagged: Vec<_> = tag.iter().flat_map(|tag| self.tagged(tag)).collect();
        if tagged.is_empty() { self.untagged(tag.is_some()).collect() } else { tagged }
    }

    /// The variant for a missing or unknown discriminator.
    fn default_for(&self, value: Node<'_>) -> Option<usize> {
        let is_default = |variant: &Variant| matches!(variant.rule, Rule::Default);
        let is_object = value.members().is_some();
        self.variants.iter().position(is_default).filter(|_| is_object)
    }

    /// The members of `value`, where a rule asks for them.
    fn members_of<'t>(&self, value: Node<'t>) -> Option<Members<'t>> {
        let asks = |variant: &Variant| matches!(variant.rule, Rule::Object { .. });
        if self.variants.iter().any(asks) { Members::of(value) } else { None }
    }

    fn tag_of<'t>(&self, value: Node<'t>) -> Option<Cow<'t, str>> {
        if self.tag.is_empty() {
            return None;
        }
        let tag = value.get(self.tag)?;
        match tag.as_str() {
            Some(text) => Some(text.into()),
            None if tag.is_null() => None,
            None => Some(tag.to_value().to_string().into()),
        }
    }
}

fn rank_of(
    rule: &Rule,
    value: Node<'_>,
    present: Option<&Members<'_>>,
    depth: Depth,
) -> Option<Rank> {
    match rule {
        Rule::Object { .. } => rank::of_object(rule, present?, depth),
        _ => rank::of(rule, value, depth),
    }
}

/// The highest, the first of equals.
fn highest(ranked: impl Iterator<Item = (usize, Rank)>) -> Option<(usize, Rank)> {
    ranked.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// The variants that may hold a value, the best first. Each is decoded until one succeeds.
pub(super) struct Candidates<'t> {
    union: &'static Union,
    value: Node<'t>,
    first: Option<usize>,
    /// The others, the best last: found once the first has failed.
    others: Option<Vec<usize>>,
    errors: Vec<(usize, Error)>,
}

impl<'t> Candidates<'t> {
    pub(super) fn new(union: &'static Union, value: Node<'t>) -> Self {
        let first = union.best(value, Depth::WHOLE).map(|(index, _)| index);
        Self { union, value, first, others: None, errors: Vec::new() }
    }

    /// The next variant to decode.
    pub(super) fn next(&mut self) -> Option<usize> {
        if self.first.is_some() && self.errors.is_empty() {
            return self.first;
        }
        if self.others.is_none() {
            self.others = Some(self.find_others());
        }
        self.others.as_mut()?.pop()
    }

    /// Notes that a variant could not be decoded.
    pub(super) fn failed(&mut self, index: usize, error: Error) {
        self.errors.push((index, error));
    }

    /// The error to report: that of the variant which the discriminator or a required constant
    /// identifies. Otherwise the value is of no known variant.
    pub(super) fn error(self) -> Option<Error> {
        let identified = self.identified()?;
        self.errors
            .into_iter()
            .find(|(index, _)| *index == identified)
            .map(|(_, error)| error)
    }

    fn identified(&self) -> Option<usize> {
        let union = self.union;
        let tag = union.tag_of(self.value);
        if tag.is_some_and(|tag| union.tagged(&tag).next().is_some()) {
            return self.first;
        }
        let present = union.members_of(self.value)?;
        let mut identified = union
            .variants
            .iter()
            .enumerate()
            .filter(|(_, variant)| rank::has_constants(&variant.rule, &present));
        match (identified.next(), identified.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    }

    /// The variants beside the first: those that match, then those that match in part.
    fn find_others(&self) -> Vec<usize> {
        let (union, value) = (self.union, self.value);
        let present = union.members_of(value);
        let present = present.as_ref();
        let mut ranked: Vec<(bool, Rank, usize)> = Vec::new();
        for (index, variant) in union.possible(value) {
            if self.first == Some(index) {
                continue;
            }
            if let Some(rank) = rank_of(&variant.rule, value, present, Depth::WHOLE) {
                ranked.push((true, rank, index));
                continue;
            }
            let partial =
                present.and_then(|present| rank::partial(&variant.rule, present));
            if let Some(rank) = partial.filter(|rank| rank.has_members()) {
                ranked.push((false, rank, index));
            }
        }
        // The best comes last; of equals, the first.
        ranked.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.cmp(&a.2)));
        ranked.into_iter().map(|(_, _, index)| index).collect()
    }
}
