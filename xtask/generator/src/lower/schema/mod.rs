//! Schemas to types.
//!
//! A schema resolves to a [`ResolvedType`]: a type and whether it is nullable. Structs, enums and
//! unions are named immediately and filled later from a queue, so that recursive schemas need no
//! stack and each one is lowered once.

mod all_of;
mod alternative_names;
mod alternatives;
mod combined;
mod discriminator_values;
mod enums;
mod fields;
mod limits;
mod match_keys;
mod merge;
#[cfg(test)]
mod merge_tests;

mod module_layout;
mod objects;
mod overrides;
mod pointer_path;
mod reader;
mod resolve;
mod scalars;
mod subtypes;
mod transparent_wrapper;
mod unions;

use std::collections::VecDeque;
use std::rc::Rc;

use foldhash::{HashMap, HashSet};

use crate::config::Config;
use crate::extensions;
use module_layout::TypeNamer;
use reader::SchemaReader;
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

/// Turns schemas into types.
pub(super) struct Schemas<'d, 'a> {
    pub(super) document: &'d Document,
    pub(super) config: &'a Config,
    namer: TypeNamer<'d, 'a>,
    types: TypeTable,
    omissions: Vec<Omission>,
    resolved: ByPointer<ResolvedType>,
    /// By the set of parts, the pointers at which they were merged, with their types.
    combined: HashMap<Vec<SpecPointer>, Vec<(SpecPointer, ResolvedType)>>,
    type_ids: ByPointer<TypeId>,
    active: HashSet<SpecPointer>,
    /// Current nesting of types without a named type in between.
    depth: usize,
    pending: VecDeque<Pending<'d>>,
    reported_overrides: HashSet<SpecPointer>,
}

impl<'d, 'a> Schemas<'d, 'a> {
    pub(super) fn new(
        document: &'d Document,
        config: &'a Config,
        layout: ModuleLayout<'d>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let reader = SchemaReader::new(document, diagnostics);
        Self {
            document,
            config,
            namer: TypeNamer { reader, layout },
            types: TypeTable::new(),
            omissions: Vec::new(),
            resolved: ByPointer::default(),
            combined: HashMap::default(),
            type_ids: ByPointer::default(),
            active: HashSet::default(),
            depth: 0,
            pending: VecDeque::new(),
            reported_overrides: HashSet::default(),
        }
    }

    /// What schemas describe, apart from types and names.
    pub(super) fn reader(&mut self) -> &mut SchemaReader<'d, 'a> {
        &mut self.namer.reader
    }

    /// The schema at `node`, as it is declared.
    pub(super) fn schema(&mut self, node: &Node<'d>) -> Result<Rc<Schema<'d>>, Diagnostic> {
        self.reader().schema(node)
    }

    /// The schema at `node`, with its `$ref` followed and its `allOf` merged.
    pub(super) fn merge_all_of(&mut self, node: &Node<'d>) -> Rc<Schema<'d>> {
        self.reader().merge_all_of(node)
    }

    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.reader().report(problem);
    }

    /// Reports that something cannot be expressed: an error, or an omission under `--lenient`.
    pub(super) fn inexpressible(
        &mut self,
        pointer: &SpecPointer,
        why: impl Into<String>,
        repair: &str,
        omits: impl Into<String>,
    ) {
        self.reader().inexpressible(pointer, why, repair, omits);
    }

    /// Reports a violation of the standard that has a repair.
    pub(super) fn recoverable(&mut self, kind: ErrorKind, problem: Diagnostic) {
        self.reader().recoverable(kind, problem);
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
        let path = self.namer.type_path(pointer);
        let mut def = TypeDef {
            module: path.module,
            name: path.name,
            parent: path.parent,
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

    /// Merges every component, used or not, to report contradictions in it.
    pub(in crate::lower) fn examine_components(&mut self) {
        for (_, node) in self.document.component_schemas() {
            let merged = self.merge_all_of(&node);
            for (name, parts) in merged
                .properties
                .iter()
                .filter(|(_, parts)| parts.len() > 1)
            {
                let pointer = node.origin.child("properties").child(name);
                let parts = self.effective(&pointer, parts);
                let merged_parts: Vec<_> =
                    parts.iter().map(|part| self.merge_all_of(part)).collect();
                self.namer.reader.merge_parts(&pointer, &merged_parts);
            }
        }
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
        let repaired = self.namer.reader.diagnostics.iter().filter_map(omission);
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
