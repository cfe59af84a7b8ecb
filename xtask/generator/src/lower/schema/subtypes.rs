//! Schemas that extend others by `allOf`.

use std::rc::Rc;

use foldhash::{HashMap, HashSet};

use super::reader::SchemaReader;
use super::unions;
use sdk_model::SpecPointer;
use sdk_openapi::{Node, Schema};

impl<'d> SchemaReader<'d, '_> {
    /// The alternatives of a schema with a discriminator but without `oneOf` or `anyOf`: the schemas
    /// that extend it by `allOf`, and those that its mapping names.
    pub(super) fn subtypes_of(
        &mut self,
        merged: &Schema<'d>,
    ) -> Option<Vec<unions::Alternative<'d>>> {
        let discriminator = merged.discriminator.as_ref()?;
        let own = merged.node.get("discriminator").is_some() && merged.origin == merged.node.origin;
        if !own || !merged.origin.pointer().starts_with("/components/schemas/") {
            return None;
        }
        let mut origins = self.descendants(&merged.origin, false);
        let mut is_mapped = false;
        for target in discriminator.mapping.values() {
            let Some(node) = self.mapped(target) else {
                continue;
            };
            if node.origin == merged.origin {
                is_mapped = true;
            } else if !origins.contains(&node.origin) {
                origins.push(node.origin);
            }
        }
        let default = merged.default_mapping().and_then(|to| self.mapped(to));
        let is_default =
            |origin: &SpecPointer| default.as_ref().is_some_and(|to| to.origin == *origin);
        let mut members: Vec<_> = origins
            .iter()
            .filter_map(|origin| self.document.node(origin))
            .map(|node| unions::Alternative::Schema {
                base: None,
                discriminator: Some(Rc::clone(discriminator)),
                is_default: is_default(&node.origin),
                node,
            })
            .collect();
        let is_default = is_default(&merged.origin);
        if is_mapped || is_default {
            members.push(unions::Alternative::Base {
                discriminator: Rc::clone(discriminator),
                is_default,
            });
        }
        (!members.is_empty()).then_some(members)
    }

    /// The schema that the target of a mapping, a reference or a component's name, refers to.
    pub(super) fn mapped(&self, target: &str) -> Option<Node<'d>> {
        let origin = if target.contains('#') {
            SpecPointer::new(target.to_owned())
        } else {
            SpecPointer::new("#/components/schemas").child(target)
        };
        self.document.node(&origin)
    }

    /// Whether a node is a schema, or a reference to it.
    pub(super) fn leads_to(&self, node: &Node<'d>, target: &Node<'d>) -> bool {
        node.origin == target.origin
            || self
                .document
                .resolve(node)
                .is_ok_and(|found| found.origin == target.origin)
    }

    /// Whether a schema represents the union of its subtypes.
    pub(super) fn has_subtypes(&mut self, node: &Node<'d>) -> bool {
        let merged = self.merge_all_of(node);
        if merged.discriminator.is_none() {
            return false;
        }
        // Cached: with one search for each subtype the cost is quadratic.
        let key = (merged.origin.clone(), merged.node.origin.clone());
        if let Some(known) = self.known_bases.get(&key) {
            return *known;
        }
        let has = self.subtypes_of(&merged).is_some();
        self.known_bases.insert(key, has);
        has
    }

    /// The components that extend a component by `allOf`, directly or indirectly. One with its own
    /// discriminator represents its subtypes, which are then left out unless `all` is set.
    pub(super) fn descendants(&mut self, base: &SpecPointer, all: bool) -> Vec<SpecPointer> {
        let document = self.document;
        let subtypes = self.subtypes();
        let mut found: Vec<SpecPointer> = subtypes.get(base).cloned().unwrap_or_default();
        let mut known: HashSet<SpecPointer> = found.iter().cloned().collect();
        known.insert(base.clone());
        let mut at = 0;
        while let Some(next) = found.get(at) {
            at += 1;
            let node = document.node(next);
            if !all && node.is_some_and(|node| node.get("discriminator").is_some()) {
                continue;
            }
            let extending = subtypes.get(next).cloned().unwrap_or_default();
            found.extend(
                extending
                    .into_iter()
                    .filter(|origin| known.insert(origin.clone())),
            );
        }
        found
    }

    /// By component, the components whose `allOf` refers to it.
    fn subtypes(&mut self) -> &HashMap<SpecPointer, Vec<SpecPointer>> {
        let document = self.document;
        self.subtypes.get_or_insert_with(|| {
            let mut subtypes: HashMap<SpecPointer, Vec<SpecPointer>> = HashMap::default();
            for (_, node) in document.component_schemas() {
                let bases = node.get("allOf");
                for base in bases
                    .iter()
                    .flat_map(Node::elements)
                    .filter_map(|base| base.reference())
                {
                    subtypes.entry(base).or_default().push(node.origin.clone());
                }
            }
            subtypes
        })
    }
}
