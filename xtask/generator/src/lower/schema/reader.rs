//! Reads schemas and merges them: what they describe, before they have types or names.

use std::rc::Rc;

use foldhash::{HashMap, HashSet};

use super::ByPointer;
use super::limits::Limits;
use sdk_model::SpecPointer;
use sdk_openapi::diagnostics::{Diagnostic, Diagnostics, ErrorKind};
use sdk_openapi::{Document, Node, Schema};

/// Capacity of the cache of views. A schema is read a few times in a row, and rarely again.
const MOST_VIEWS: usize = 2_000;

/// Reads and merges schemas, and reports what is wrong with them.
pub(in crate::lower) struct SchemaReader<'d, 'a> {
    pub(super) document: &'d Document,
    pub(in crate::lower) diagnostics: &'a mut Diagnostics,
    pub(super) limits: Limits,
    views: ByPointer<Rc<Schema<'d>>>,
    pub(super) merged_schemas: ByPointer<Rc<Schema<'d>>>,
    /// The schemas that are being merged.
    pub(super) merging: HashSet<SpecPointer>,
    /// By a list of alternatives and its length, the schemas that it lists.
    pub(super) listed_schemas: HashMap<(SpecPointer, usize), HashSet<SpecPointer>>,
    /// By component, its direct subtypes.
    pub(super) subtypes: Option<HashMap<SpecPointer, Vec<SpecPointer>>>,
    /// By a merged schema and its node, whether it represents its subtypes.
    pub(super) known_bases: HashMap<(SpecPointer, SpecPointer), bool>,
}

impl<'d, 'a> SchemaReader<'d, 'a> {
    pub(super) fn new(document: &'d Document, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            document,
            diagnostics,
            limits: Limits::default(),
            views: ByPointer::default(),
            merged_schemas: ByPointer::default(),
            merging: HashSet::default(),
            listed_schemas: HashMap::default(),
            subtypes: None,
            known_bases: HashMap::default(),
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
}
