//! Inline types that are the same, word for word, inside one parent.
//!
//! Documents without references repeat an object wherever it stands: one in each variant of a
//! union, say. The first is written, the others are other names for it. So each keeps the name of
//! its own place, and the compiler reads the type once.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use super::{context::leaves, structs};
use sdk_model::{
    Api, Constant, Deprecation, ModulePath, Shape, SpecPointer, Type, TypeDef, TypeId, TypeTable,
    Usage,
};

/// The types that are written as another name, each with the type that it is the same as.
pub(super) fn of(api: &Api) -> BTreeMap<&TypeId, &TypeDef> {
    let converted = converted(api);
    let mut candidates: Vec<Candidate<'_>> = api
        .types
        .iter()
        .filter(|(id, definition)| may_be_shared(definition) && !converted.contains(id))
        .map(|(id, definition)| Candidate::new(&api.types, id, definition))
        .collect();
    // What a type holds is compared before the type itself.
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.depth));
    let mut first: HashMap<Content<'_>, &TypeId> = HashMap::default();
    let mut same: HashMap<&TypeId, &TypeId> = HashMap::default();
    let mut groups: HashMap<&TypeId, Vec<&Candidate<'_>>> = HashMap::default();
    for candidate in &candidates {
        let content = Content::of(candidate, &same);
        let leader = *first.entry(content).or_insert(candidate.id);
        same.insert(candidate.id, leader);
        groups.entry(leader).or_default().push(candidate);
    }
    let mut twins = BTreeMap::new();
    for group in groups.into_values() {
        let written = group.iter().min_by_key(|it| it.place());
        let Some(written) = written else { continue };
        let others = group.iter().filter(|other| other.id != written.id);
        twins.extend(others.map(|other| (other.id, written.definition)));
    }
    twins
}

/// Components have their own names, and a struct of required values goes by its owner's.
fn may_be_shared(definition: &TypeDef) -> bool {
    let inline = definition.parent.is_some();
    let alias = matches!(definition.shape, Shape::Alias(_));
    inline && !alias && !structs::may_ask_for_much(definition)
}

/// The types that a union is made `From`, of each by another way.
fn converted(api: &Api) -> BTreeSet<&TypeId> {
    let sent = api.types.values().filter(|it| it.usage.request);
    let unions = sent.filter(|it| matches!(it.shape, Shape::Union { .. }));
    let payloads = unions.flat_map(|it| it.shape.held()).flat_map(leaves);
    let named = payloads.filter_map(|ty| match ty {
        Type::Named(id) => Some(id),
        _ => None,
    });
    named.collect()
}

struct Candidate<'a> {
    id: &'a TypeId,
    definition: &'a TypeDef,
    /// How many types it stands in.
    depth: usize,
    /// Where the outermost of them stands.
    root: &'a ModulePath,
}

impl<'a> Candidate<'a> {
    fn new(types: &'a TypeTable, id: &'a TypeId, definition: &'a TypeDef) -> Self {
        let mut outer = definition;
        let mut depth = 0;
        while let Some(parent) = outer.parent.as_ref().and_then(|parent| types.get(parent)) {
            outer = parent;
            depth += 1;
        }
        Self {
            id,
            definition,
            depth,
            root: &outer.module,
        }
    }

    /// Where it stands: the first of several is written. Alternatives are counted as the document
    /// has them, because new ones are mostly added at the end.
    fn place(&self) -> (usize, Vec<Step<'a>>, &'a TypeId) {
        let steps = self.definition.origin.pointer().split('/').map(Step::of);
        (self.depth, steps.collect(), self.id)
    }
}

/// A step of a JSON pointer.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Step<'a> {
    Index(usize),
    Member(&'a str),
}

impl<'a> Step<'a> {
    fn of(token: &'a str) -> Self {
        token.parse().map_or(Self::Member(token), Self::Index)
    }
}

/// All of a type that shows in its code, but for its name and its description, which the other
/// name has too.
#[derive(PartialEq, Eq, Hash)]
struct Content<'a> {
    root: &'a ModulePath,
    shape: Shape,
    usage: Usage,
    deprecation: Option<&'a Deprecation>,
}

impl<'a> Content<'a> {
    fn of(candidate: &Candidate<'a>, same: &HashMap<&TypeId, &TypeId>) -> Self {
        let mut shape = candidate.definition.shape.clone();
        let usage = candidate.definition.usage;
        let rename = |ty: &mut Type| rename(ty, same);
        match &mut shape {
            Shape::Struct { fields, additional } => {
                for field in fields {
                    field.origin = SpecPointer::root();
                    rename(&mut field.ty);
                    if !usage.request && is_constant_text(&field.ty) {
                        field.ty = Type::String;
                    }
                }
                additional.as_mut().map(rename);
            }
            Shape::Union { variants, .. } => {
                variants.iter_mut().for_each(|it| rename(&mut it.ty));
            }
            Shape::Alias(ty) => rename(ty),
            Shape::StringEnum { .. } | Shape::IntegerEnum { .. } => {}
        }
        Self {
            root: candidate.root,
            shape,
            usage,
            deprecation: candidate.definition.deprecation.as_ref(),
        }
    }
}

/// Names types by the first that is the same.
fn rename(ty: &mut Type, same: &HashMap<&TypeId, &TypeId>) {
    match ty {
        Type::Named(id) => {
            if let Some(leader) = same.get(id) {
                *id = (*leader).clone();
            }
        }
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            rename(inner, same);
        }
        Type::Tuple(items) => items.iter_mut().for_each(|item| rename(item, same)),
        _ => {}
    }
}

/// A single value that an answer has is text like any other; which one it is, the union says.
fn is_constant_text(ty: &Type) -> bool {
    matches!(ty, Type::Constant(Constant(serde_json::Value::String(_))))
}
