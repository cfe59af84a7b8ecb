//! Identical inline types inside one component; documentation does not count.
//!
//! Documents without references repeat an object wherever they use it, for example in each variant
//! of a union. The first is defined, the others are aliases of it: each keeps the name of its own
//! location, and the compiler reads the type once.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use super::{structs, traits::leaves};
use sdk_model::{
    Api, Constant, Constraints, Deprecation, ModulePath, Shape, SpecPointer, Type, TypeDef, TypeId,
    TypeTable, Usage,
};

/// Maps each type that is emitted as an alias to the type that it is identical to.
pub(super) fn find(api: &Api) -> BTreeMap<&TypeId, &TypeDef> {
    let converted = converted(api);
    let mut candidates: Vec<Candidate<'_>> = api
        .types
        .iter()
        .filter(|(id, definition)| may_be_alias(definition) && !converted.contains(id))
        .map(|(id, definition)| Candidate::new(&api.types, id, definition))
        .collect();
    // Nested types are compared before the types that contain them.
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.depth));
    let mut first: HashMap<Content<'_>, &TypeId> = HashMap::default();
    let mut leaders: HashMap<&TypeId, &TypeId> = HashMap::default();
    let mut groups: HashMap<&TypeId, Vec<&Candidate<'_>>> = HashMap::default();
    for candidate in &candidates {
        let content = Content::of(candidate, &leaders);
        let leader = *first.entry(content).or_insert(candidate.id);
        leaders.insert(candidate.id, leader);
        groups.entry(leader).or_default().push(candidate);
    }
    let mut duplicates = BTreeMap::new();
    for group in groups.into_values() {
        let defined = group.iter().min_by_key(|it| it.position());
        let Some(defined) = defined else { continue };
        let others = group.iter().filter(|other| other.id != defined.id);
        duplicates.extend(others.map(|other| (other.id, defined.definition)));
    }
    duplicates
}

/// Excludes components, and structs whose struct of required fields is named after them.
fn may_be_alias(definition: &TypeDef) -> bool {
    let inline = definition.parent.is_some();
    let alias = matches!(definition.shape, Shape::Alias(_));
    inline && !alias && !structs::may_need_required_struct(definition)
}

/// The payloads of unions in requests: a union has one `From` implementation for each.
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
    /// The number of types around it.
    depth: usize,
    /// The module of the outermost of them.
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

    /// Its position in the document: the first of several is defined. Alternatives are ordered by
    /// index, because new ones are mostly added at the end.
    fn position(&self) -> (usize, Vec<Step<'a>>, &'a TypeId) {
        let steps = self.definition.origin.pointer().split('/').map(Step::of);
        (self.depth, steps.collect(), self.id)
    }
}

/// A token of a JSON pointer.
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

/// Everything that the code of a type depends on, except for its name and all documentation: a
/// new description would make a type of its own, and break callers.
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
                    field.docs = String::new();
                    field.example = None;
                    field.default = None;
                    field.constraints = Constraints::default();
                    field.origin = SpecPointer::root();
                    rename(&mut field.ty);
                    if !usage.request && is_constant_text(&field.ty) {
                        field.ty = Type::String;
                    }
                }
                additional.as_mut().map(rename);
            }
            Shape::Union { variants, .. } => {
                for variant in variants {
                    variant.docs = String::new();
                    rename(&mut variant.ty);
                }
            }
            Shape::Alias(ty) => rename(ty),
            Shape::StringEnum { values } | Shape::IntegerEnum { values } => {
                values
                    .iter_mut()
                    .for_each(|value| value.docs = String::new());
            }
        }
        Self {
            root: candidate.root,
            shape,
            usage,
            deprecation: candidate.definition.deprecation.as_ref(),
        }
    }
}

/// Replaces types by the identical type that is defined.
fn rename(ty: &mut Type, same: &HashMap<&TypeId, &TypeId>) {
    ty.walk_mut(&mut |ty| {
        if let Type::Named(id) = ty
            && let Some(leader) = same.get(id)
        {
            *id = (*leader).clone();
        }
    });
}

/// In responses a constant string is a `String`; the union checks its value.
fn is_constant_text(ty: &Type) -> bool {
    matches!(ty, Type::Constant(Constant(serde_json::Value::String(_))))
}
