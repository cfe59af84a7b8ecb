//! Schemas to types.
//!
//! A schema becomes a [`Use`]: a type and whether null is a value too. Structs, enums and unions
//! are named at once and filled later from a queue, so that recursion in the document costs no
//! stack and every place is looked at once.

mod alternatives;
mod bounds;
mod enums;
mod fields;
mod flat;
mod homes;
mod merge;
#[cfg(test)]
mod merge_tests;
mod objects;
mod places;
mod scalars;
mod tags;
mod unions;

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use crate::config::Config;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Severity};
use crate::model::{Deprecation, Omission, Origin, Shape, Type, TypeDef, TypeId, TypeTable, Usage};
use crate::spec::{Document, Node, Schema};

pub(super) use fields::as_text;
pub(super) use flat::{Additional, Flat, deprecation_note};
pub(super) use homes::{Homes, Owner};

/// How deep types may be nested in each other without a name in between.
const DEEPEST: usize = 160;

/// In how many places the same parts may come together to become a type each.
const MOST_PLACES: usize = 64;

/// How many properties may be merged and given to types: thirty times what the largest
/// published documents come to. `allOf` and alternatives multiply what is written.
const MOST_PROPERTIES: usize = 300_000;

/// A type, and whether null is a value too.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Use {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl Use {
    fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
        }
    }

    fn or_null(mut self, nullable: bool) -> Self {
        self.nullable |= nullable;
        self
    }
}

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

/// A named type whose content is still to be looked at.
struct Pending<'d> {
    id: TypeId,
    place: Origin,
    flat: Rc<Flat<'d>>,
    content: Content<'d>,
}

/// What a named type will be filled with.
enum Content<'d> {
    Struct,
    Strings(Vec<enums::Value<'d>>),
    Integers(Vec<enums::Value<'d>>),
    Union(Vec<unions::Member<'d>>),
}

/// Turns schemas into types.
pub(super) struct Schemas<'d, 'a> {
    pub(super) document: &'d Document,
    pub(super) config: &'a Config,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) homes: Homes<'d>,
    pub(super) types: TypeTable,
    pub(super) omissions: Vec<Omission>,
    views: HashMap<Origin, Rc<Schema<'d>>>,
    uses: HashMap<Origin, Use>,
    /// By the parts, where they came together and what they became.
    combined: HashMap<Vec<Origin>, Vec<(Origin, Use)>>,
    flats: HashMap<Origin, Rc<Flat<'d>>>,
    named: HashMap<Origin, TypeId>,
    active: HashSet<Origin>,
    /// How deep the type that is looked at is nested in others without a name in between.
    depth: usize,
    active_flats: HashSet<Origin>,
    pending: VecDeque<Pending<'d>>,
    heirs: Option<HashMap<Origin, Vec<Origin>>>,
    /// How many properties have been merged and given to types so far.
    properties: usize,
}

impl<'d, 'a> Schemas<'d, 'a> {
    pub(super) fn new(
        document: &'d Document,
        config: &'a Config,
        homes: Homes<'d>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            document,
            config,
            diagnostics,
            homes,
            types: TypeTable::new(),
            omissions: Vec::new(),
            views: HashMap::new(),
            uses: HashMap::new(),
            combined: HashMap::new(),
            flats: HashMap::new(),
            named: HashMap::new(),
            active: HashSet::new(),
            depth: 0,
            active_flats: HashSet::new(),
            pending: VecDeque::new(),
            heirs: None,
            properties: 0,
        }
    }

    /// The view of the schema at `node`, made once.
    pub(super) fn schema(&mut self, node: &Node<'d>) -> Result<Rc<Schema<'d>>, Diagnostic> {
        if let Some(known) = self.views.get(&node.origin) {
            return Ok(Rc::clone(known));
        }
        let view = Rc::new(self.document.schema(node)?);
        self.views.insert(node.origin.clone(), Rc::clone(&view));
        Ok(view)
    }

    /// The type of the schema at `node`. What only stands for another schema is followed without
    /// recursion: a chain of those can be as long as the document.
    pub(super) fn use_of(&mut self, node: &Node<'d>) -> Use {
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
    fn of_itself(&mut self, place: &Origin) -> Use {
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
                nullable: schema.nullable,
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
    pub(super) fn use_of_parts(&mut self, place: &Origin, parts: &[Node<'d>]) -> Use {
        if let [only] = parts {
            return self.use_of(only);
        }
        if let Some(known) = self.uses.get(place) {
            return known.clone();
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
    fn combination(&self, parts: &[Node<'d>]) -> Vec<Origin> {
        let target = |part: &Node<'d>| match self.document.resolve(part) {
            Ok(target) => target.origin,
            Err(_) => part.origin.clone(),
        };
        let mut origins: Vec<Origin> = parts.iter().map(target).collect();
        origins.sort();
        origins.dedup();
        origins
    }

    /// The same parts, merged at a place above this one: types that hold themselves would
    /// otherwise be merged again and again, each time one level deeper.
    fn combined_before(&self, place: &Origin, combination: &[Origin]) -> Option<Use> {
        let is_above = |above: &Origin| {
            let below = place.as_str().strip_prefix(above.as_str());
            below.is_some_and(|below| below.starts_with('/'))
        };
        let merged = self.combined.get(combination)?;
        let above = merged.iter().rev().find(|(above, _)| is_above(above));
        // Types that hold others twice double the number of places with each level.
        let often = merged.first().filter(|_| merged.len() >= MOST_PLACES);
        above.or(often).map(|(_, known)| known.clone())
    }

    /// Fills every named type that was met so far, and those met on the way.
    pub(super) fn fill(&mut self) {
        while let Some(pending) = self.pending.pop_front() {
            let shape = match &pending.content {
                Content::Struct => self.fill_struct(&pending.place, &pending.flat),
                Content::Strings(values) => Shape::StringEnum {
                    values: enums::named(values),
                },
                Content::Integers(values) => Shape::IntegerEnum {
                    values: enums::named(values),
                },
                Content::Union(members) => self.fill_union(&pending.place, &pending.flat, members),
            };
            if let Some(def) = self.types.get_mut(&pending.id) {
                def.shape = shape;
            }
        }
    }

    /// Names the type at `place` and puts its content into the queue.
    fn named(&mut self, place: &Origin, flat: &Rc<Flat<'d>>, content: Content<'d>) -> Type {
        if let Some(id) = self.named.get(place) {
            return Type::Named(id.clone());
        }
        let id = self.define(place, |def| {
            def.docs = docs(flat.title, flat.description);
            def.deprecation = flat.deprecated.then(|| Deprecation {
                note: flat.deprecation_note.clone(),
            });
            def.example = flat.example.cloned();
        });
        self.pending.push_back(Pending {
            id: id.clone(),
            place: place.clone(),
            flat: Rc::clone(flat),
            content,
        });
        Type::Named(id)
    }

    /// Names a type whose content is known already.
    fn shaped(&mut self, place: &Origin, shape: Shape) -> Type {
        Type::Named(self.define(place, |def| def.shape = shape))
    }

    fn define(&mut self, place: &Origin, change: impl FnOnce(&mut TypeDef)) -> TypeId {
        let home = self.home(place);
        let mut def = TypeDef {
            module: home.module,
            name: home.name,
            parent: home.parent,
            docs: String::new(),
            deprecation: None,
            example: None,
            shape: Shape::Struct {
                fields: Vec::new(),
                additional: None,
            },
            usage: Usage::default(),
            origin: place.clone(),
        };
        change(&mut def);
        let id = def.id();
        self.types.insert(id.clone(), def);
        self.named.insert(place.clone(), id.clone());
        id
    }

    /// Tells a problem.
    pub(super) fn tell(&mut self, problem: Diagnostic) {
        self.diagnostics.push(problem);
    }

    /// Tells that something cannot be expressed: an error, or an omission when lenient.
    pub(super) fn inexpressible(
        &mut self,
        place: &Origin,
        why: impl Into<String>,
        repair: &str,
        omits: impl Into<String>,
    ) {
        self.diagnostics.lapse(
            Diagnostic::error(place, why)
                .help("correct it in an overlay, or list the operation under `skip:`")
                .repair(repair)
                .omits(omits),
        );
    }

    /// Whether there is room for so many more properties; where not, that is told.
    fn has_room(&mut self, place: &Origin, properties: usize) -> bool {
        self.properties += properties;
        if self.properties <= MOST_PROPERTIES {
            return true;
        }
        self.inexpressible(
            place,
            "the types of this document have too many properties together",
            "those of this one are left out",
            "the properties of a type",
        );
        false
    }

    /// Tells a breach of the standard that has been repaired.
    pub(super) fn lapse(&mut self, problem: Diagnostic) {
        self.diagnostics.lapse(problem);
    }

    /// Lists something that the SDK does not offer because it offers something else instead.
    pub(super) fn omit(&mut self, what: String, reason: String, place: &Origin) {
        self.omissions.push(Omission {
            what,
            reason,
            origin: place.clone(),
        });
    }

    /// The types, those that lost their parent put right.
    pub(super) fn into_parts(mut self) -> (TypeTable, Vec<Omission>) {
        // What is looked at twice is told twice.
        let mut seen: HashSet<Omission> = HashSet::new();
        let repaired = self.diagnostics.iter().filter_map(omission);
        let repaired = repaired.filter(|omission| seen.insert(omission.clone()));
        self.omissions.extend(repaired);
        let known: HashSet<TypeId> = self.types.keys().cloned().collect();
        for def in self.types.values_mut() {
            if def
                .parent
                .as_ref()
                .is_some_and(|parent| !known.contains(parent))
            {
                def.parent = None;
            }
        }
        (self.types, self.omissions)
    }
}

/// What a repaired problem has left out.
fn omission(problem: &Diagnostic) -> Option<Omission> {
    let (Severity::Warning, Place::Origin(origin)) = (problem.severity, &problem.place) else {
        return None;
    };
    Some(Omission {
        what: problem.omits.as_deref()?.to_owned(),
        reason: problem.message.clone(),
        origin: origin.clone(),
    })
}

/// Documentation from a title and a description.
pub(super) fn docs(title: Option<&str>, description: Option<&str>) -> String {
    let title = title.unwrap_or_default().trim();
    let description = description.unwrap_or_default().trim();
    // A title that repeats the name says nothing; one that is a sentence does.
    match (title.contains(' '), description.is_empty()) {
        (true, true) => title.to_owned(),
        (_, _) => description.to_owned(),
    }
}
