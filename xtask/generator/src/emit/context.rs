//! What every construct of an API asks: facts about its types, its modules.

use std::collections::{BTreeMap, BTreeSet};

use super::twins;
use sdk_model::{Api, Shape, Type, TypeDef, TypeId};

/// An API, and what is looked up in it again and again.
pub struct Context<'a> {
    /// The API.
    pub api: &'a Api,
    /// The types in which a secret stands, however deep.
    secret: BTreeSet<&'a TypeId>,
    /// The types that are written as another name for one that is the same.
    twins: BTreeMap<&'a TypeId, &'a TypeDef>,
    /// The types by module.
    pub(super) modules: Module<'a>,
}

/// A module of named types.
#[derive(Default)]
pub(super) struct Module<'a> {
    /// Its path below the API's module.
    pub(super) path: Vec<&'a str>,
    /// The types in it, sorted by name.
    pub(super) types: Vec<&'a TypeDef>,
    /// The modules in it.
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
    /// Looks at an API once.
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
            twins: twins::of(api),
            modules,
        }
    }

    /// The type behind other names for it.
    pub(super) fn resolve<'t>(&self, ty: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        let mut ty = ty;
        // Names for names do not go round in circles, but hostile documents try.
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

    /// The type that is written in place of this one, where they are the same.
    pub fn twin(&self, id: &TypeId) -> Option<&'a TypeDef> {
        self.twins.get(id).copied()
    }

    /// Whether the type shows nothing of itself and cannot be compared.
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

/// The types in which a secret stands. Each type tells those that use it, so each is seen once.
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
