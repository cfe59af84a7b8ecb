//! Resolves schemas to types.

use super::{DEEPEST, ResolvedType, Schemas};
use sdk_model::{SpecPointer, Type};
use sdk_openapi::Node;

/// How many types the same parts may be merged into, one for each pointer.
const MOST_MERGES: usize = 64;

/// One step of resolving a schema.
enum Resolution<'d> {
    Found(ResolvedType),
    /// The schema is a reference to another one or a transparent wrapper.
    Delegated {
        to: Node<'d>,
        nullable: bool,
        sensitive: bool,
    },
}

impl<'d> Schemas<'d, '_> {
    /// The type of the schema at `node`. References and transparent wrappers are followed without
    /// recursion: a chain of them can be as long as the document.
    pub(in crate::lower) fn resolve(&mut self, node: &Node<'d>) -> ResolvedType {
        let mut at = node.clone();
        let mut trail = Vec::new();
        let mut found = loop {
            if let Some(known) = self.resolved.get(&at.origin) {
                break known.clone();
            }
            if !self.active.insert(at.origin.clone()) {
                break self.self_referential(&at.origin);
            }
            match self.resolve_step(&at) {
                Resolution::Found(found) => {
                    trail.push((at.origin, false, false));
                    break found;
                }
                Resolution::Delegated {
                    to,
                    nullable,
                    sensitive,
                } => {
                    trail.push((at.origin, nullable, sensitive));
                    at = to;
                }
            }
        };
        for (pointer, nullable, sensitive) in trail.into_iter().rev() {
            found.nullable |= nullable;
            if sensitive {
                found.ty = Type::Secret;
            }
            self.active.remove(&pointer);
            self.resolved.insert(pointer, found.clone());
        }
        found
    }

    /// A list or map of itself, which no Rust type expresses.
    fn self_referential(&mut self, pointer: &SpecPointer) -> ResolvedType {
        self.omit(
            format!("the types of the elements at {pointer}"),
            "a list or map of nothing but itself holds JSON values".to_owned(),
            pointer,
        );
        ResolvedType::of(Type::Json)
    }

    fn resolve_step(&mut self, node: &Node<'d>) -> Resolution<'d> {
        let schema = match self.schema(node) {
            Ok(schema) => schema,
            Err(problem) => {
                self.report(problem);
                return Resolution::Found(ResolvedType::of(Type::Json));
            }
        };
        if schema.reference.is_some() {
            return match self.document.resolve(node) {
                Ok(to) => Resolution::Delegated {
                    to,
                    nullable: schema.nullable,
                    sensitive: schema.sensitive,
                },
                Err(problem) => {
                    self.report(problem);
                    Resolution::Found(ResolvedType::of(Type::Json))
                }
            };
        }
        let merged = self.merge_all_of(node);
        if let Some(to) = self.namer.reader.transparent_target(&schema, &merged) {
            return Resolution::Delegated {
                to,
                nullable: schema.nullable || self.namer.reader.adds_null(&schema),
                sensitive: false,
            };
        }
        if self.depth > DEEPEST {
            self.inexpressible(
                &node.origin,
                "types are nested too deeply",
                "using any value",
                "a type",
            );
            return Resolution::Found(ResolvedType::of(Type::Json));
        }
        self.depth += 1;
        let found = self.resolve_merged(&node.origin, &merged);
        self.depth -= 1;
        Resolution::Found(found)
    }

    /// The type of several schemas that all apply: a property that more than one member of an
    /// `allOf` declares.
    pub(in crate::lower) fn resolve_parts(
        &mut self,
        pointer: &SpecPointer,
        parts: &[Node<'d>],
    ) -> ResolvedType {
        if let [only] = parts {
            return self.resolve(only);
        }
        if let Some(known) = self.resolved.get(pointer) {
            return known.clone();
        }
        let parts = &*self.effective(pointer, parts);
        if let [only] = parts {
            return self.resolve(only);
        }
        let combination = self.combination(parts);
        if let ([_], [first, ..]) = (combination.as_slice(), parts) {
            return self.resolve(first);
        }
        if let Some(known) = self.merged_before(pointer, &combination) {
            return known;
        }
        let merged_parts: Vec<_> = parts.iter().map(|part| self.merge_all_of(part)).collect();
        let structural: Vec<_> = parts
            .iter()
            .zip(&merged_parts)
            .filter(|(_, merged)| merged.is_structural())
            .collect();
        let found = match structural.as_slice() {
            [] => parts
                .first()
                .map_or(ResolvedType::of(Type::Json), |part| self.resolve(part)),
            [(only, _)]
                if merged_parts
                    .iter()
                    .all(|merged| merged.allows_types_of(&merged_parts, only)) =>
            {
                let mut found = self.resolve(only);
                found.nullable &= merged_parts
                    .iter()
                    .all(|merged| merged.nullable || merged.types.is_empty());
                found
            }
            _ => {
                let merged = self.namer.reader.merge_parts(pointer, &merged_parts);
                self.resolve_merged(pointer, &merged)
            }
        };
        self.resolved.insert(pointer.clone(), found.clone());
        let combined = self.combined.entry(combination).or_default();
        combined.push((pointer.clone(), found.clone()));
        found
    }

    /// The targets of parts, as a key that does not depend on where they are merged.
    fn combination(&self, parts: &[Node<'d>]) -> Vec<SpecPointer> {
        let target = |part: &Node<'d>| match self.document.resolve(part) {
            Ok(target) => target.origin,
            Err(_) => part.origin.clone(),
        };
        let mut origins: Vec<SpecPointer> = parts.iter().map(target).collect();
        origins.sort();
        origins.dedup();
        origins
    }

    /// The type of the same parts merged at an ancestor of this pointer. Without this, recursive
    /// types would be merged at every level, endlessly.
    fn merged_before(
        &self,
        pointer: &SpecPointer,
        combination: &[SpecPointer],
    ) -> Option<ResolvedType> {
        let is_above = |above: &SpecPointer| {
            let below = pointer.as_str().strip_prefix(above.as_str());
            below.is_some_and(|below| below.starts_with('/'))
        };
        let merged = self.combined.get(combination)?;
        let above = merged.iter().rev().find(|(above, _)| is_above(above));
        // Types that contain others twice double the number of pointers with each level.
        let often = merged.first().filter(|_| merged.len() >= MOST_MERGES);
        above.or(often).map(|(_, known)| known.clone())
    }
}
