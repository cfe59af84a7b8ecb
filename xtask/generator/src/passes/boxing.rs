use std::collections::{BTreeMap, BTreeSet};

use sdk_model::{Shape, Type, TypeId, TypeTable};

/// Puts boxes where they are needed.
///
/// A union holds its structs boxed, large or small: were it only the large ones, a new property
/// could change the type of a variant. Elsewhere a type that would hold itself, directly or
/// through others, is boxed; lists and maps are on the heap anyway.
pub(super) fn boxed(types: &mut TypeTable) {
    let structs: BTreeSet<TypeId> = types
        .iter()
        .filter(|(_, def)| matches!(def.shape, Shape::Struct { .. }))
        .map(|(id, _)| id.clone())
        .collect();
    for def in types.values_mut() {
        if let Shape::Union { variants, .. } = &mut def.shape {
            for variant in variants {
                box_named(&mut variant.ty, &|id| structs.contains(id));
            }
        }
    }
    let rings = rings(types);
    for (id, def) in types.iter_mut() {
        let Some(ring) = rings.get(id) else { continue };
        let same = |other: &TypeId| rings.get(other) == Some(ring);
        match &mut def.shape {
            Shape::Struct { fields, .. } => {
                for field in fields {
                    box_named(&mut field.ty, &same);
                }
            }
            Shape::Union { variants, .. } => {
                for variant in variants {
                    box_named(&mut variant.ty, &same);
                }
            }
            Shape::Alias(ty) => box_named(ty, &same),
            Shape::StringEnum { .. } | Shape::IntegerEnum { .. } => {}
        }
    }
}

fn box_named(ty: &mut Type, wanted: &dyn Fn(&TypeId) -> bool) {
    match ty {
        Type::Named(id) if wanted(id) => {
            let inner = std::mem::replace(ty, Type::Json);
            *ty = Type::Boxed(Box::new(inner));
        }
        Type::Nullable(inner) | Type::JsonText(inner) => box_named(inner, wanted),
        Type::Tuple { items, .. } => {
            for item in items {
                box_named(item, wanted);
            }
        }
        _ => {}
    }
}

/// The types that are held by value.
fn by_value(ty: &Type) -> Vec<&TypeId> {
    match ty {
        Type::Named(id) => vec![id],
        Type::Nullable(inner) | Type::JsonText(inner) => by_value(inner),
        Type::Tuple { items, .. } => items.iter().flat_map(by_value).collect(),
        _ => Vec::new(),
    }
}

/// Groups of types that hold each other by value: each type's group, by number. Tarjan's
/// algorithm with a stack of its own, so that a long chain of types is no long chain of calls.
fn rings(types: &TypeTable) -> BTreeMap<TypeId, usize> {
    let ids: Vec<&TypeId> = types.keys().collect();
    let numbers: BTreeMap<&TypeId, usize> =
        ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let edges: Vec<Vec<usize>> = types
        .values()
        .map(|def| {
            def.shape
                .held()
                .into_iter()
                .flat_map(by_value)
                .filter_map(|id| numbers.get(id).copied())
                .collect()
        })
        .collect();
    let mut search = Search {
        edges: &edges,
        seen: vec![None; ids.len()],
        low: vec![0; ids.len()],
        open: Vec::new(),
        is_open: vec![false; ids.len()],
        count: 0,
        rings: vec![None; ids.len()],
        found: 0,
    };
    for at in 0..ids.len() {
        if search.seen[at].is_none() {
            search.from(at);
        }
    }
    ids.into_iter()
        .zip(search.rings)
        .filter_map(|(id, ring)| Some((id.clone(), ring?)))
        .collect()
}

struct Search<'e> {
    edges: &'e [Vec<usize>],
    seen: Vec<Option<usize>>,
    low: Vec<usize>,
    open: Vec<usize>,
    is_open: Vec<bool>,
    count: usize,
    rings: Vec<Option<usize>>,
    found: usize,
}

impl Search<'_> {
    fn from(&mut self, start: usize) {
        self.enter(start);
        let mut path = vec![(start, 0)];
        while let Some((at, next)) = path.last_mut() {
            let at = *at;
            if let Some(&to) = self.edges[at].get(*next) {
                *next += 1;
                match self.seen[to] {
                    None => {
                        self.enter(to);
                        path.push((to, 0));
                    }
                    Some(number) if self.is_open[to] => {
                        self.low[at] = self.low[at].min(number);
                    }
                    Some(_) => {}
                }
            } else {
                path.pop();
                if let Some((above, _)) = path.last() {
                    self.low[*above] = self.low[*above].min(self.low[at]);
                }
                self.leave(at);
            }
        }
    }

    fn enter(&mut self, at: usize) {
        self.seen[at] = Some(self.count);
        self.low[at] = self.count;
        self.count += 1;
        self.open.push(at);
        self.is_open[at] = true;
    }

    /// Closes a group, if `at` is its first: a single type only where it holds itself.
    fn leave(&mut self, at: usize) {
        if self.seen[at] != Some(self.low[at]) {
            return;
        }
        let mut group = Vec::new();
        while let Some(last) = self.open.pop() {
            self.is_open[last] = false;
            group.push(last);
            if last == at {
                break;
            }
        }
        if group.len() > 1 || self.edges[at].contains(&at) {
            for member in group {
                self.rings[member] = Some(self.found);
            }
            self.found += 1;
        }
    }
}

#[cfg(test)]
#[path = "boxing_tests.rs"]
mod tests;
