//! Schemas to types.
//!
//! A schema resolves to a [`ResolvedType`]: a type and whether it is nullable. Structs, enums and
//! unions are named immediately and filled later from a queue, so that recursive schemas need no
//! stack and each one is lowered once.

mod all_of;
mod alternatives;
mod combined;
mod enums;
mod fields;
mod limits;
mod merge;
#[cfg(test)]
mod merge_tests;

mod module_layout;
mod objects;
mod overrides;
mod pointer_path;
mod resolve;
mod scalars;
mod tags;
mod transparent_wrapper;
mod unions;

use std::collections::VecDeque;
use std::rc::Rc;

use foldhash::{HashMap, HashSet};

use crate::config::Config;
use crate::extensions;
use limits::Limits;
use sdk_model::{
    Constraints, Deprecation, Omission, Shape, SpecPointer, Type, TypeDef, TypeId, TypeTable, Usage,
};
use sdk_openapi::diagnostics::{Diagnostic, Diagnostics, ErrorKind, Location, Severity};
use sdk_openapi::{Document, Node, Schema};

pub(super) use fields::as_text;
pub(super) use module_layout::{ModuleLayout, Owner};

/// Maximum nesting of types without a named type in between.
const DEEPEST: usize = 160;

/// A map keyed by pointer. Pointers are long and looked up often; the standard library's hasher
/// takes several times as long for them.
type ByPointer<V> = HashMap<SpecPointer, V>;

/// The type of a schema, and whether it is nullable.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ResolvedType {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl ResolvedType {
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

/// A named type whose shape is not lowered yet.
struct Pending<'d> {
    id: TypeId,
    pointer: SpecPointer,
    merged: Rc<Schema<'d>>,
    content: PendingShape<'d>,
}

/// The shape that a pending type gets.
enum PendingShape<'d> {
    Struct,
    Strings(Vec<enums::Value<'d>>),
    Integers(Vec<enums::Value<'d>>),
    Union(Vec<unions::Alternative<'d>>),
}

/// Capacity of the cache of views. A schema is read a few times in a row, and rarely again.
const MOST_VIEWS: usize = 2_000;

/// Turns schemas into types.
pub(super) struct Schemas<'d, 'a> {
    pub(super) document: &'d Document,
    pub(super) config: &'a Config,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) layout: ModuleLayout<'d>,
    pub(super) types: TypeTable,
    pub(super) omissions: Vec<Omission>,
    views: ByPointer<Rc<Schema<'d>>>,
    resolved: ByPointer<ResolvedType>,
    /// By the set of parts, the pointers at which they were merged, with their types.
    combined: HashMap<Vec<SpecPointer>, Vec<(SpecPointer, ResolvedType)>>,
    merged_schemas: ByPointer<Rc<Schema<'d>>>,
    type_ids: ByPointer<TypeId>,
    active: HashSet<SpecPointer>,
    /// Current nesting of types without a named type in between.
    depth: usize,
    merging: HashSet<SpecPointer>,
    /// By a list of alternatives and its length, the schemas that it lists.
    listed_schemas: HashMap<(SpecPointer, usize), HashSet<SpecPointer>>,
    pending: VecDeque<Pending<'d>>,
    reported_overrides: HashSet<SpecPointer>,
    subtypes: Option<HashMap<SpecPointer, Vec<SpecPointer>>>,
    /// By a merged schema and its node, whether it represents its subtypes.
    known_bases: HashMap<(SpecPointer, SpecPointer), bool>,
    limits: Limits,
}

impl<'d, 'a> Schemas<'d, 'a> {
    pub(super) fn new(
        document: &'d Document,
        config: &'a Config,
        layout: ModuleLayout<'d>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            document,
            config,
            diagnostics,
            layout,
            types: TypeTable::new(),
            omissions: Vec::new(),
            views: ByPointer::default(),
            resolved: ByPointer::default(),
            combined: HashMap::default(),
            merged_schemas: ByPointer::default(),
            type_ids: ByPointer::default(),
            active: HashSet::default(),
            depth: 0,
            merging: HashSet::default(),
            listed_schemas: HashMap::default(),
            pending: VecDeque::new(),
            reported_overrides: HashSet::default(),
            subtypes: None,
            known_bases: HashMap::default(),
            limits: Limits::default(),
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

    /// Lowers all pending types, including those that are queued meanwhile.
    pub(super) fn fill(&mut self) {
        while let Some(pending) = self.pending.pop_front() {
            let shape = match &pending.content {
                PendingShape::Struct => self.fill_struct(&pending.pointer, &pending.merged),
                PendingShape::Strings(values) => Shape::StringEnum {
                    values: enums::name_values(values),
                },
                PendingShape::Integers(values) => Shape::IntegerEnum {
                    values: enums::name_values(values),
                },
                PendingShape::Union(members) => {
                    self.fill_union(&pending.pointer, &pending.merged, members)
                }
            };
            if let Some(def) = self.types.get_mut(&pending.id) {
                def.shape = shape;
            }
        }
    }

    /// Names the type at `pointer` and queues its shape.
    fn queue_type(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
        content: PendingShape<'d>,
    ) -> Type {
        if let Some(id) = self.type_ids.get(pointer) {
            return Type::Named(id.clone());
        }
        let id = self.insert_type(pointer, |def| {
            def.docs = docs(merged.title, merged.description);
            def.deprecation = merged.deprecated.then(|| Deprecation {
                note: extensions::deprecation_note(&merged.node),
            });
            def.example = merged.example.cloned();
        });
        self.pending.push_back(Pending {
            id: id.clone(),
            pointer: pointer.clone(),
            merged: Rc::clone(merged),
            content,
        });
        Type::Named(id)
    }

    /// Names a type whose shape is known.
    fn define_type(&mut self, pointer: &SpecPointer, shape: Shape) -> Type {
        Type::Named(self.insert_type(pointer, |def| def.shape = shape))
    }

    fn insert_type(&mut self, pointer: &SpecPointer, change: impl FnOnce(&mut TypeDef)) -> TypeId {
        let home = self.type_path(pointer);
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
            origin: pointer.clone(),
        };
        change(&mut def);
        let id = def.id();
        self.types.insert(id.clone(), def);
        self.type_ids.insert(pointer.clone(), id.clone());
        id
    }

    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.diagnostics.push(problem);
    }

    /// Reports that something cannot be expressed: an error, or an omission under `--lenient`.
    pub(super) fn inexpressible(
        &mut self,
        pointer: &SpecPointer,
        why: impl Into<String>,
        repair: &str,
        omits: impl Into<String>,
    ) {
        let problem = Diagnostic::error(pointer, why)
            .help("correct it in an overlay, or list the operation under `skip:`")
            .repair(repair)
            .omits(omits);
        self.diagnostics
            .recoverable(ErrorKind::Unsupported, problem);
    }

    /// Reports a violation of the standard that has a repair.
    pub(super) fn recoverable(&mut self, kind: ErrorKind, problem: Diagnostic) {
        self.diagnostics.recoverable(kind, problem);
    }

    /// Lists something that the SDK replaces by something less precise.
    pub(super) fn omit(&mut self, what: String, reason: String, pointer: &SpecPointer) {
        self.omissions.push(Omission {
            what,
            reason,
            origin: pointer.clone(),
        });
    }

    /// The types and omissions. Types whose parent was not emitted become roots.
    pub(super) fn into_parts(mut self) -> (TypeTable, Vec<Omission>) {
        // A schema that is visited twice reports its problems twice.
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

/// The omission that the repair of a problem causes.
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
    // A title of one word repeats the name.
    match (title.contains(' '), description.is_empty()) {
        (true, true) => title.to_owned(),
        (_, _) => description.to_owned(),
    }
}
