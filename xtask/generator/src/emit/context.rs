//! Facts about an API that the emission of every construct needs.

use std::collections::{BTreeMap, BTreeSet};

use super::duplicate_types;
use sdk_model::{Api, Shape, Type, TypeDef, TypeId};

/// An API with precomputed facts about its types.
pub struct Context<'a> {
    pub api: &'a Api,
    /// The types that contain a secret, at any depth.
    secret: BTreeSet<&'a TypeId>,
    /// The types that are emitted as aliases of an identical type.
    duplicates: BTreeMap<&'a TypeId, &'a TypeDef>,
    /// The types by module.
    pub(super) modules: Module<'a>,
}

/// A module of named types.
#[derive(Default)]
pub(super) struct Module<'a> {
    /// The path below the API's module.
    pub(super) path: Vec<&'a str>,
    /// Sorted by name.
    pub(super) types: Vec<&'a TypeDef>,
    pub(super) children: BTreeMap<&'a str, Module<'a>>,
}

impl<'a> Module<'a> {
    /// A module below this one.
    pub(super) fn find(&self, path: &[&'a str]) -> Option<&Self> {
        path.iter()
            .try_fold(self, |module, segment| module.children.get(segment))
    }

    fn enter(&mut self, segment: &'a str) -> &mut Self {
        let path = [self.path.as_slice(), &[segment]].concat();
        let child = self.children.entry(segment).or_default();
        child.path = path;
        child
    }
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api) -> Self {
        let mut modules = Module::default();
        for definition in api.types.values() {
            let module = definition
                .module
                .0
                .iter()
                .fold(&mut modules, |module, segment| {
                    module.enter(segment.as_str())
                });
            module.types.push(definition);
        }
        Self {
            api,
            secret: secret_types(api),
            duplicates: duplicate_types::find(api),
            modules,
        }
    }

    /// Follows aliases.
    pub(super) fn resolve<'t>(&self, ty: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        let mut ty = ty;
        // Bounded, because documents may contain alias cycles.
        for _ in 0..32 {
            match ty {
                Type::Named(id) => match self.api.types.get(id).map(|found| &found.shape) {
                    Some(Shape::Alias(target)) => ty = target,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }

    /// The identical type that this one is an alias of.
    pub fn duplicate_of(&self, id: &TypeId) -> Option<&'a TypeDef> {
        self.duplicates.get(id).copied()
    }

    /// Whether the type contains a secret, and so cannot be compared.
    pub(super) fn is_secret(&self, id: &TypeId) -> bool {
        self.secret.contains(id)
    }

    /// Whether a type of the table is a string or integer enum.
    pub(super) fn is_enum(&self, id: &TypeId) -> bool {
        self.api.types.get(id).is_some_and(|found| {
            matches!(
                found.shape,
                Shape::StringEnum { .. } | Shape::IntegerEnum { .. }
            )
        })
    }
}

/// The types that contain a secret, found from the secrets upwards so that each type is visited once.
fn secret_types(api: &Api) -> BTreeSet<&TypeId> {
    let mut users: BTreeMap<&TypeId, Vec<&TypeId>> = BTreeMap::new();
    let mut open = Vec::new();
    for (id, definition) in &api.types {
        let mut holds_secret = false;
        for ty in parts(&definition.shape).into_iter().flat_map(leaves) {
            match ty {
                Type::Secret => holds_secret = true,
                Type::Named(used) => users.entry(used).or_default().push(id),
                _ => {}
            }
        }
        if holds_secret {
            open.push(id);
        }
    }
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(users.get(id).into_iter().flatten().copied());
        }
    }
    found
}

/// The types that a shape is made of.
fn parts(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Struct { fields, additional } => fields
            .iter()
            .map(|field| &field.ty)
            .chain(additional)
            .collect(),
        Shape::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::StringEnum { .. } | Shape::IntegerEnum { .. } => Vec::new(),
    }
}

/// The types at the bottom of lists, maps, tuples, options and boxes.
pub(super) fn leaves(ty: &Type) -> Vec<&Type> {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            leaves(inner)
        }
        Type::Tuple(items) => items.iter().flat_map(leaves).collect(),
        other => vec![other],
    }
}
