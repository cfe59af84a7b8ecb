//! Schemas to types.
//!
//! A schema becomes a [`Use`]: a type and whether null is a value too. Structs, enums and unions
//! are named at once and filled later from a queue, so that recursion in the document costs no
//! stack and every place is looked at once.

mod alternatives;
mod bounds;
mod combined;
mod enums;
mod fields;
mod flat;
mod homes;
mod merge;
#[cfg(test)]
mod merge_tests;
mod objects;
mod overrides;
mod places;
mod room;
mod scalars;
mod tags;
mod unions;
mod uses;
mod wrapped;

use std::collections::VecDeque;
use std::rc::Rc;

use foldhash::{HashMap, HashSet};

use crate::config::Config;
use room::Room;
use sdk_model::{
    Constraints, Deprecation, Omission, Shape, SpecPointer, Type, TypeDef, TypeId, TypeTable, Usage,
};
use sdk_openapi::diagnostics::{Diagnostic, Diagnostics, ErrorKind, Location, Severity};
use sdk_openapi::{Document, Node, Schema};

pub(super) use fields::as_text;
pub(super) use flat::{Additional, Flat, deprecation_note};
pub(super) use homes::{Homes, Owner};

/// How deep types may be nested in each other without a name in between.
const DEEPEST: usize = 160;

/// What is known by place. Places are long, and looked up for everything: the standard library's
/// hasher takes several times as long for them.
type ByPlace<V> = HashMap<SpecPointer, V>;

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

/// A named type whose content is still to be looked at.
struct Pending<'d> {
    id: TypeId,
    place: SpecPointer,
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

/// How many views are kept. A schema is looked at a few times in a row, and hardly ever again.
const MOST_VIEWS: usize = 2_000;

/// Turns schemas into types.
pub(super) struct Schemas<'d, 'a> {
    pub(super) document: &'d Document,
    pub(super) config: &'a Config,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) homes: Homes<'d>,
    pub(super) types: TypeTable,
    pub(super) omissions: Vec<Omission>,
    views: ByPlace<Rc<Schema<'d>>>,
    uses: ByPlace<Use>,
    /// By the parts, where they came together and what they became.
    combined: HashMap<Vec<SpecPointer>, Vec<(SpecPointer, Use)>>,
    flats: ByPlace<Rc<Flat<'d>>>,
    named: ByPlace<TypeId>,
    active: HashSet<SpecPointer>,
    /// How deep the type that is looked at is nested in others without a name in between.
    depth: usize,
    active_flats: HashSet<SpecPointer>,
    /// By a list of alternatives and its length, the schemas that are among them.
    offered: HashMap<(SpecPointer, usize), HashSet<SpecPointer>>,
    pending: VecDeque<Pending<'d>>,
    reported_overrides: HashSet<SpecPointer>,
    heirs: Option<HashMap<SpecPointer, Vec<SpecPointer>>>,
    /// By a schema and where it was looked at, whether it stands for its heirs.
    with_heirs: HashMap<(SpecPointer, SpecPointer), bool>,
    room: Room,
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
            views: ByPlace::default(),
            uses: ByPlace::default(),
            combined: HashMap::default(),
            flats: ByPlace::default(),
            named: ByPlace::default(),
            active: HashSet::default(),
            depth: 0,
            active_flats: HashSet::default(),
            offered: HashMap::default(),
            pending: VecDeque::new(),
            reported_overrides: HashSet::default(),
            heirs: None,
            with_heirs: HashMap::default(),
            room: Room::default(),
        }
    }

    /// The view of the schema at `node`.
    pub(super) fn schema(&mut self, node: &Node<'d>) -> Result<Rc<Schema<'d>>, Diagnostic> {
        if let Some(known) = self.views.get(&node.origin) {
            return Ok(Rc::clone(known));
        }
        let view = Rc::new(self.document.schema(node)?);
        if self.views.len() >= MOST_VIEWS {
            self.views.clear();
        }
        self.views.insert(node.origin.clone(), Rc::clone(&view));
        Ok(view)
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
    fn named(&mut self, place: &SpecPointer, flat: &Rc<Flat<'d>>, content: Content<'d>) -> Type {
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
    fn shaped(&mut self, place: &SpecPointer, shape: Shape) -> Type {
        Type::Named(self.define(place, |def| def.shape = shape))
    }

    fn define(&mut self, place: &SpecPointer, change: impl FnOnce(&mut TypeDef)) -> TypeId {
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
            constraints: Constraints::default(),
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
        place: &SpecPointer,
        why: impl Into<String>,
        repair: &str,
        omits: impl Into<String>,
    ) {
        let problem = Diagnostic::error(place, why)
            .help("correct it in an overlay, or list the operation under `skip:`")
            .repair(repair)
            .omits(omits);
        self.diagnostics
            .recoverable(ErrorKind::Unsupported, problem);
    }

    /// Tells a breach of the standard that has been repaired.
    pub(super) fn recoverable(&mut self, kind: ErrorKind, problem: Diagnostic) {
        self.diagnostics.recoverable(kind, problem);
    }

    /// Lists something that the SDK does not offer because it offers something else instead.
    pub(super) fn omit(&mut self, what: String, reason: String, place: &SpecPointer) {
        self.omissions.push(Omission {
            what,
            reason,
            origin: place.clone(),
        });
    }

    /// The types, those that lost their parent put right.
    pub(super) fn into_parts(mut self) -> (TypeTable, Vec<Omission>) {
        // What is looked at twice is told twice.
        let mut seen: HashSet<Omission> = HashSet::default();
        let repaired = self.diagnostics.iter().filter_map(omission);
        let repaired = repaired.filter(|omission| seen.insert(omission.clone()));
        self.omissions.extend(repaired);
        let mut listed: HashSet<Omission> = HashSet::default();
        self.omissions
            .retain(|omission| listed.insert(omission.clone()));
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
    let (Severity::Warning, Location::Pointer(origin)) = (problem.severity, &problem.location)
    else {
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
