//! What type a schema comes to.

use super::{DEEPEST, Schemas, Use, flat};
use sdk_model::{SpecPointer, Type};
use sdk_openapi::Node;

/// In how many places the same parts may come together to become a type each.
const MOST_PLACES: usize = 64;

/// What a schema comes to.
enum Step<'d> {
    /// It has a type.
    Found(Use),
    /// It stands for another schema, or null, or a secret.
    On {
        to: Node<'d>,
        nullable: bool,
        sensitive: bool,
    },
}

impl<'d> Schemas<'d, '_> {
    /// The type of the schema at `node`. What only stands for another schema is followed without
    /// recursion: a chain of those can be as long as the document.
    pub(in crate::lower) fn use_of(&mut self, node: &Node<'d>) -> Use {
        let mut at = node.clone();
        let mut way = Vec::new();
        let mut found = loop {
            if let Some(known) = self.uses.get(&at.origin) {
                break known.clone();
            }
            if !self.active.insert(at.origin.clone()) {
                break self.of_itself(&at.origin);
            }
            match self.step(&at) {
                Step::Found(found) => {
                    way.push((at.origin, false, false));
                    break found;
                }
                Step::On {
                    to,
                    nullable,
                    sensitive,
                } => {
                    way.push((at.origin, nullable, sensitive));
                    at = to;
                }
            }
        };
        for (place, nullable, sensitive) in way.into_iter().rev() {
            found.nullable |= nullable;
            if sensitive {
                found.ty = Type::Secret;
            }
            self.active.remove(&place);
            self.uses.insert(place, found.clone());
        }
        found
    }

    /// A list of itself, or a map: anything goes in the innermost one.
    fn of_itself(&mut self, place: &SpecPointer) -> Use {
        self.omit(
            format!("the types of the elements at {place}"),
            "a list or map of nothing but itself holds JSON values".to_owned(),
            place,
        );
        Use::of(Type::Json)
    }

    /// The type of the schema at `node`, or the schema that it stands for.
    fn step(&mut self, node: &Node<'d>) -> Step<'d> {
        let schema = match self.schema(node) {
            Ok(schema) => schema,
            Err(problem) => {
                self.tell(problem);
                return Step::Found(Use::of(Type::Json));
            }
        };
        if schema.reference.is_some() {
            return match self.document.resolve(node) {
                Ok(to) => Step::On {
                    to,
                    nullable: schema.nullable,
                    sensitive: flat::is_sensitive(&schema),
                },
                Err(problem) => {
                    self.tell(problem);
                    Step::Found(Use::of(Type::Json))
                }
            };
        }
        let flat = self.flat(node);
        if let Some(to) = self.wrapped(&schema, &flat) {
            return Step::On {
                to,
                nullable: schema.nullable || self.adds_null(&schema),
                sensitive: false,
            };
        }
        if self.depth > DEEPEST {
            self.inexpressible(
                &node.origin,
                "types are nested too deep here",
                "any value is taken here",
                "a type",
            );
            return Step::Found(Use::of(Type::Json));
        }
        self.depth += 1;
        let found = self.use_flat(&node.origin, &flat);
        self.depth -= 1;
        Step::Found(found)
    }

    /// The type of a schema that stands in several parts: a property that more than one member
    /// of an `allOf` declares.
    pub(in crate::lower) fn use_of_parts(
        &mut self,
        place: &SpecPointer,
        parts: &[Node<'d>],
    ) -> Use {
        if let [only] = parts {
            return self.use_of(only);
        }
        if let Some(known) = self.uses.get(place) {
            return known.clone();
        }
        let parts = &*self.effective(place, parts);
        if let [only] = parts {
            return self.use_of(only);
        }
        let combination = self.combination(parts);
        if let ([_], [first, ..]) = (combination.as_slice(), parts) {
            return self.use_of(first);
        }
        if let Some(known) = self.combined_before(place, &combination) {
            return known;
        }
        let flats: Vec<_> = parts.iter().map(|part| self.flat(part)).collect();
        let telling: Vec<_> = parts
            .iter()
            .zip(&flats)
            .filter(|(_, flat)| flat.is_structural())
            .collect();
        let found = match telling.as_slice() {
            [] => parts
                .first()
                .map_or(Use::of(Type::Json), |part| self.use_of(part)),
            [(only, _)] if flats.iter().all(|flat| flat.allows_types_of(&flats, only)) => {
                let mut found = self.use_of(only);
                found.nullable &= flats
                    .iter()
                    .all(|flat| flat.nullable || flat.types.is_empty());
                found
            }
            _ => {
                let merged = self.merged(place, &flats);
                self.use_flat(place, &merged)
            }
        };
        self.uses.insert(place.clone(), found.clone());
        let combined = self.combined.entry(combination).or_default();
        combined.push((place.clone(), found.clone()));
        found
    }

    /// What parts are made of, whatever place they come together at.
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

    /// The same parts, merged at a place above this one: types that hold themselves would
    /// otherwise be merged again and again, each time one level deeper.
    fn combined_before(&self, place: &SpecPointer, combination: &[SpecPointer]) -> Option<Use> {
        let is_above = |above: &SpecPointer| {
            let below = place.as_str().strip_prefix(above.as_str());
            below.is_some_and(|below| below.starts_with('/'))
        };
        let merged = self.combined.get(combination)?;
        let above = merged.iter().rev().find(|(above, _)| is_above(above));
        // Types that hold others twice double the number of places with each level.
        let often = merged.first().filter(|_| merged.len() >= MOST_PLACES);
        above.or(often).map(|(_, known)| known.clone())
    }
}
