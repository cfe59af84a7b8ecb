//! Facts about an API that the emission of every construct needs.

use std::collections::BTreeMap;

use super::{duplicate_types, traits::Traits};
use sdk_model::{Api, Shape, Type, TypeDef, TypeId};

/// An API with precomputed facts about its types.
pub struct Context<'a> {
    pub api: &'a Api,
    pub(super) traits: Traits<'a>,
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
            traits: Traits::new(api),
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

/// Whether a type is re-exported by the module `types`.
pub(super) fn is_component(definition: &TypeDef) -> bool {
    let module = definition.module.0.as_slice();
    let below_types = matches!(module, [types, _] if types.as_str() == "types");
    definition.parent.is_none() && below_types
}

/// The path below the API's module by which callers name a type.
pub(crate) fn public_path(id: &TypeId, definition: &TypeDef) -> String {
    if is_component(definition) {
        format!("types::{}", definition.name.ident)
    } else {
        id.0.clone()
    }
}
