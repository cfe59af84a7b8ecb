//! `allOf`: the schemas that all apply to a value, as one.

use std::rc::Rc;

use super::reader::SchemaReader;
use sdk_openapi::diagnostics::Diagnostic;
use sdk_openapi::{Alternatives, Node, Schema};

impl<'d> SchemaReader<'d, '_> {
    /// The schema at `node`, merged. Its parts are merged first, without recursion: a chain of
    /// `allOf` can be as long as the document.
    pub(crate) fn merge_all_of(&mut self, node: &Node<'d>) -> Rc<Schema<'d>> {
        if let Some(known) = self.merged_schemas.get(&node.origin) {
            return Rc::clone(known);
        }
        if !self.merging.insert(node.origin.clone()) {
            self.report(
                Diagnostic::error(&node.origin, "this schema contains itself through allOf")
                    .help("no value can satisfy it"),
            );
            return Rc::new(Schema::any(node));
        }
        let mut stack = vec![(node.clone(), self.merge_inputs(node).into_iter())];
        while let Some((_, parts)) = stack.last_mut() {
            match parts.next() {
                Some(part) if self.merged_schemas.contains_key(&part.origin) => {}
                Some(part) => {
                    if self.merging.insert(part.origin.clone()) {
                        let parts = self.merge_inputs(&part).into_iter();
                        stack.push((part, parts));
                    }
                }
                None => {
                    if let Some((done, _)) = stack.pop() {
                        let merged = self.build_merged(&done);
                        self.merging.remove(&done.origin);
                        self.merged_schemas.insert(done.origin, merged);
                    }
                }
            }
        }
        let merged = self.merged_schemas.get(&node.origin).cloned();
        merged.unwrap_or_else(|| Rc::new(Schema::any(node)))
    }

    /// The schemas that [`build_merged`](Self::build_merged) merges.
    fn merge_inputs(&mut self, node: &Node<'d>) -> Vec<Node<'d>> {
        match self.schema(node) {
            Ok(schema) if schema.reference.is_some() => {
                self.document.resolve(node).into_iter().collect()
            }
            Ok(schema) => schema.all_of.clone(),
            Err(_) => Vec::new(),
        }
    }

    fn build_merged(&mut self, node: &Node<'d>) -> Rc<Schema<'d>> {
        let schema = match self.schema(node) {
            Ok(schema) => schema,
            Err(problem) => {
                self.report(problem);
                return Rc::new(Schema::any(node));
            }
        };
        if schema.reference.is_some() {
            return match self.document.resolve(node) {
                Ok(target) => {
                    let mut merged = self.merge_all_of(&target);
                    if schema.nullable && !merged.nullable {
                        Rc::make_mut(&mut merged).nullable = true;
                    }
                    if schema.sensitive && !merged.sensitive {
                        Rc::make_mut(&mut merged).sensitive = true;
                    }
                    merged
                }
                Err(problem) => {
                    self.report(problem);
                    Rc::new(Schema::any(node))
                }
            };
        }
        if schema.all_of.is_empty() {
            return schema;
        }
        let mut merged = Schema {
            all_of: Vec::new(),
            ..(*schema).clone()
        };
        let members: Vec<_> = schema
            .all_of
            .iter()
            .map(|member| self.merge_all_of(member))
            .collect();
        let all_nullable = members.iter().all(|member| member.nullable);
        for member in &members {
            let holds = if member
                .alternatives
                .iter()
                .any(|one| self.lists_itself(one, node))
            {
                let mut shared = (**member).clone();
                shared
                    .alternatives
                    .retain(|one| !self.lists_itself(one, node));
                self.merge(&mut merged, &shared)
            } else {
                self.merge(&mut merged, member)
            };
            if !holds {
                break;
            }
        }
        // The schema's own declaration of a property comes after the inherited ones.
        for name in schema.properties.keys() {
            if let Some(parts) = merged.properties.get_mut(name) {
                parts.rotate_left(1);
            }
        }
        merged.nullable = schema.nullable || all_nullable || self.adds_null(&schema);
        Rc::new(merged)
    }

    /// Whether a member of `allOf` is only `nullable: true`. It allows everything, so the authors
    /// mean the whole schema.
    pub(super) fn adds_null(&mut self, schema: &Schema<'d>) -> bool {
        schema.all_of.iter().any(|member| {
            member.flag("nullable")
                && member.reference().is_none()
                && matches!(self.schema(member), Ok(member) if member.types.is_empty())
                && !self.merge_all_of(member).is_structural()
        })
    }

    /// Whether the schema at `node` is one of the alternatives. A subtype inherits the shared
    /// members of a base that lists its subtypes, but not the list.
    fn lists_itself(&mut self, alternatives: &Alternatives<'d>, node: &Node<'d>) -> bool {
        let document = self.document;
        // Cached: with one search for each subtype the cost is quadratic.
        let key = (alternatives.pointer.clone(), alternatives.members.len());
        let targets = self.listed_schemas.entry(key).or_insert_with(|| {
            let targets = alternatives.members.iter();
            targets
                .filter_map(|member| Some(document.resolve(member).ok()?.origin))
                .collect()
        });
        targets.contains(&node.origin)
    }
}
