//! Which standard traits the types of an API implement.

use std::collections::{BTreeMap, BTreeSet};

use sdk_model::{Api, Constant, Field, Shape, Type, TypeDef, TypeId};

/// Types by what they contain, at any depth.
pub(super) struct Traits<'a> {
    with_secrets: BTreeSet<&'a TypeId>,
    with_floats: BTreeSet<&'a TypeId>,
    with_default: BTreeSet<&'a TypeId>,
}

impl<'a> Traits<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self {
            with_secrets: containing(api, |ty| matches!(ty, Type::Secret)),
            with_floats: containing(api, is_float),
            with_default: defaults(api),
        }
    }

    /// Whether a type contains a secret, and so cannot be compared.
    pub(super) fn has_secrets(&self, id: &TypeId) -> bool {
        self.with_secrets.contains(id)
    }

    /// Whether a type implements `Eq`.
    pub(super) fn is_eq(&self, id: &TypeId) -> bool {
        !self.has_secrets(id) && !self.with_floats.contains(id)
    }

    /// Whether a type can implement `Default`. A type that requires itself cannot.
    pub(super) fn has_default(&self, id: &TypeId) -> bool {
        self.with_default.contains(id)
    }
}

fn is_float(ty: &Type) -> bool {
    match ty {
        Type::F64 => true,
        Type::Constant(Constant(serde_json::Value::Number(number))) => !number.is_i64(),
        _ => false,
    }
}

/// The types that contain such a type, found from it upwards so that each type is visited once.
fn containing(api: &Api, is_wanted: impl Fn(&Type) -> bool) -> BTreeSet<&TypeId> {
    let mut users: BTreeMap<&TypeId, Vec<&TypeId>> = BTreeMap::new();
    let mut open = Vec::new();
    for (id, definition) in &api.types {
        let mut contains = false;
        for ty in definition.shape.held().into_iter().flat_map(leaves) {
            contains |= is_wanted(ty);
            if let Type::Named(used) = ty {
                users.entry(used).or_default().push(id);
            }
        }
        if contains {
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

/// The types whose required parts all have a default.
fn defaults(api: &Api) -> BTreeSet<&TypeId> {
    let mut users: BTreeMap<&TypeId, Vec<&TypeId>> = BTreeMap::new();
    let mut missing: BTreeMap<&TypeId, usize> = BTreeMap::new();
    let mut open = Vec::new();
    for (id, definition) in &api.types {
        let Some(parts) = required_parts(definition) else {
            continue;
        };
        if parts.is_empty() {
            open.push(id);
        }
        missing.insert(id, parts.len());
        for part in parts {
            users.entry(part).or_default().push(id);
        }
    }
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        found.insert(id);
        for user in users.get(id).into_iter().flatten() {
            if let Some(count) = missing.get_mut(user) {
                *count -= 1;
                if *count == 0 {
                    open.push(user);
                }
            }
        }
    }
    found
}

/// The types that a default value of this one contains, or none if it has no default value.
fn required_parts(definition: &TypeDef) -> Option<Vec<&TypeId>> {
    let mut parts = Vec::new();
    match &definition.shape {
        Shape::Struct { fields, .. } => {
            let required = |field: &&Field| field.presence.is_required();
            for field in fields.iter().filter(required) {
                collect_parts(&field.ty, &mut parts)?;
            }
        }
        Shape::Alias(ty) => collect_parts(ty, &mut parts)?,
        Shape::StringEnum { .. } | Shape::IntegerEnum { .. } | Shape::Union { .. } => {}
    }
    Some(parts)
}

fn collect_parts<'t>(ty: &'t Type, parts: &mut Vec<&'t TypeId>) -> Option<()> {
    match ty {
        Type::Named(id) => parts.push(id),
        Type::Boxed(inner) | Type::JsonText(inner) => collect_parts(inner, parts)?,
        // The standard library implements `Default` for tuples of up to 12 items.
        Type::Tuple { items, .. } if items.len() > 12 || items.contains(&Type::Secret) => {
            return None;
        }
        Type::Tuple { items, .. } => {
            for item in items {
                collect_parts(item, parts)?;
            }
        }
        _ => {}
    }
    Some(())
}

/// The innermost types of lists, maps, tuples, options and boxes.
pub(super) fn leaves(ty: &Type) -> Vec<&Type> {
    let mut found = Vec::new();
    ty.walk(&mut |ty| match ty {
        Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Boxed(_)
        | Type::Tuple { .. }
        | Type::JsonText(_) => {}
        leaf => found.push(leaf),
    });
    found
}
