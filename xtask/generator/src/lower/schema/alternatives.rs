use std::rc::Rc;

use indexmap::IndexMap;

use super::merge::{merge_additional, same};
use super::{PendingShape, ResolvedType, Schemas, enums, scalars, unions};
use sdk_model::{SpecPointer, Type};
use sdk_openapi::diagnostics::sanitize;
use sdk_openapi::{Alternatives, Node, Schema, SchemaType};

impl<'d> Schemas<'d, '_> {
    /// The type of a schema with `oneOf` or `anyOf`.
    pub(super) fn alternatives(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
    ) -> ResolvedType {
        let mut base = Schema {
            alternatives: Vec::new(),
            // It selects among the alternatives.
            discriminator: None,
            ..(**merged).clone()
        };
        let mut lists: Vec<Alternatives<'d>> = Vec::new();
        for list in &merged.alternatives {
            // Alternatives that only require properties are a condition, not a type.
            let mut significant = false;
            for member in list.members.iter() {
                significant |= !self.merge_all_of(member).is_condition();
            }
            if significant {
                lists.push(list.clone());
            }
        }
        while lists.len() > 1 {
            let Some(list) = lists.pop() else { break };
            self.merge_second_list(&mut base, &list);
        }
        let base = Rc::new(base);
        let Some(list) = lists.pop() else {
            return self.resolve_merged(pointer, &base);
        };
        self.one_list(pointer, merged, &base, &list)
    }

    fn one_list(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
        base: &Rc<Schema<'d>>,
        list: &Alternatives<'d>,
    ) -> ResolvedType {
        let shared = base.has_members();
        let mut nodes = if shared {
            list.members.to_vec()
        } else {
            self.flatten_lists(list)
        };
        let default = list
            .default_mapping
            .and_then(|to| self.namer.reader.mapped(to));
        if let Some(default) = &default
            && !nodes
                .iter()
                .any(|node| self.namer.reader.leads_to(node, default))
        {
            nodes.push(default.clone());
        }
        let is_null = |schemas: &mut Self, node: &Node<'d>| schemas.merge_all_of(node).is_null();
        let count = nodes.len();
        if !nodes.iter().all(|node| is_null(self, node)) {
            nodes.retain(|node| !is_null(self, node));
        }
        let null_listed = nodes.len() < count;
        let list = &Alternatives {
            members: nodes.into(),
            ..list.clone()
        };
        let members: Vec<_> = list
            .members
            .iter()
            .map(|member| self.merge_all_of(member))
            .collect();
        let nullable = null_listed || members.iter().any(|member| member.nullable);
        if let ([only], [node], None) = (members.as_slice(), &*list.members, &list.discriminator) {
            let found = if shared {
                let merged = self
                    .namer
                    .reader
                    .merge_parts(pointer, &[Rc::clone(base), Rc::clone(only)]);
                self.resolve_merged(pointer, &merged)
            } else {
                self.resolve(node)
            };
            return found.or_null(null_listed);
        }
        if !shared && let Some(found) = self.simple(pointer, merged, &list.members, &members) {
            return found.or_null(nullable);
        }
        let combined = match list.discriminator {
            None if !shared => self.combined(&list.pointer, &members),
            _ => None,
        };
        let content = list
            .members
            .iter()
            .map(|node| unions::Alternative::Schema {
                node: node.clone(),
                base: shared.then(|| Rc::clone(base)),
                discriminator: list.discriminator.clone(),
                is_default: default
                    .as_ref()
                    .is_some_and(|to| self.namer.reader.leads_to(node, to)),
            })
            .chain(combined)
            .collect();
        ResolvedType::of(self.queue_type(pointer, merged, PendingShape::Union(content)))
            .or_null(nullable)
    }

    /// The alternatives of a list, with nested lists flattened.
    fn flatten_lists(&mut self, list: &Alternatives<'d>) -> Vec<Node<'d>> {
        let mut found = Vec::new();
        let mut waiting: Vec<Node<'d>> = list.members.iter().rev().cloned().collect();
        while let Some(node) = waiting.pop() {
            let inner = match self.schema(&node) {
                Ok(schema) if schema.reference.is_none() && schema.all_of.is_empty() => {
                    let merged = self.merge_all_of(&node);
                    match merged.alternatives.as_slice() {
                        [inner] if merged.is_only_a_list() => Some(Rc::clone(&inner.members)),
                        _ => None,
                    }
                }
                _ => None,
            };
            match inner {
                Some(members) => waiting.extend(members.iter().rev().cloned()),
                None => found.push(node),
            }
        }
        found
    }

    /// The type of alternatives that are all strings or all numbers.
    fn simple(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
        nodes: &[Node<'d>],
        members: &[Rc<Schema<'d>>],
    ) -> Option<ResolvedType> {
        if members
            .iter()
            .any(|member| !member.alternatives.is_empty() || member.sensitive)
        {
            return None;
        }
        let all = |types: &[SchemaType]| {
            members.iter().all(|member| {
                !member.types.is_empty() && member.types.iter().all(|ty| types.contains(ty))
            })
        };
        let texts = members.iter().all(|member| member.is_text());
        let integers = members.iter().all(|member| member.is_integer());
        if members.iter().any(|member| member.enumeration.is_some()) {
            let content: fn(_) -> _ = match (texts, integers) {
                (true, _) => PendingShape::Strings,
                (_, true) => PendingShape::Integers,
                _ => return None,
            };
            return Some(self.one_enum(pointer, merged, nodes, members, content));
        }
        if texts {
            let mut kinds = members
                .iter()
                .filter_map(|member| scalars::scalar(self.config, SchemaType::String, member));
            let first = kinds.next()?;
            let same = kinds.all(|kind| kind == first);
            return Some(ResolvedType::of(if same { first } else { Type::String }));
        }
        if all(&[SchemaType::Integer]) {
            return Some(ResolvedType::of(Type::I64));
        }
        all(&[SchemaType::Integer, SchemaType::Number]).then(|| ResolvedType::of(Type::F64))
    }

    /// Constants, enums and unrestricted values of one scalar type as one open enum.
    fn one_enum(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
        nodes: &[Node<'d>],
        members: &[Rc<Schema<'d>>],
        content: fn(Vec<enums::Value<'d>>) -> PendingShape<'d>,
    ) -> ResolvedType {
        let mut enumerated = nodes.iter().zip(members).filter(|(_, member)| {
            member
                .enumeration
                .as_ref()
                .is_some_and(|values| values.len() > 1)
        });
        if let (Some((node, _)), None) = (enumerated.next(), enumerated.next())
            && members
                .iter()
                .filter(|member| member.enumeration.is_some())
                .count()
                == 1
            && node.reference().is_some()
        {
            return self.resolve(node);
        }
        let mut values: Vec<enums::Value<'d>> = Vec::new();
        for member in members {
            let Some(own) = &member.enumeration else {
                continue;
            };
            let alone = own.len() == 1;
            for mut value in enums::texts(own, member) {
                if alone {
                    value.name = value.name.or(member.title);
                    if value.docs.is_empty() {
                        member
                            .description
                            .unwrap_or_default()
                            .trim()
                            .clone_into(&mut value.docs);
                    }
                }
                if !values.iter().any(|known| known.wire == value.wire) {
                    values.push(value);
                }
            }
        }
        ResolvedType::of(self.queue_type(pointer, merged, content(values)))
    }

    /// Merges a second list of alternatives into the base: its properties, none of them required.
    fn merge_second_list(&mut self, base: &mut Schema<'d>, list: &Alternatives<'d>) {
        let members: Vec<_> = list
            .members
            .iter()
            .map(|node| self.merge_all_of(node))
            .collect();
        if members
            .iter()
            .any(|member| !member.is_object() && !member.is_condition())
        {
            self.inexpressible(
                &list.pointer,
                "several lists of alternatives (oneOf, anyOf) in one schema are supported for objects only",
                "using the first list",
                "alternatives of a type",
            );
            return;
        }
        let mut found: IndexMap<&'d str, Vec<Node<'d>>> = IndexMap::new();
        for member in &members {
            merge_additional(&mut base.additional, &member.additional);
            base.patterns.extend(member.patterns.iter().cloned());
            for (name, parts) in &member.properties {
                match found.get(name) {
                    None => {
                        found.insert(name, parts.clone());
                    }
                    Some(known) if known.is_empty() || same_parts(known, parts) => {}
                    Some(_) => {
                        // No parts: any value.
                        found.insert(name, Vec::new());
                        self.omit(
                            format!("the types of `{}`", sanitize(name)),
                            "the alternatives of a second list declare several".to_owned(),
                            &list.pointer,
                        );
                    }
                }
            }
        }
        for (name, parts) in found {
            // The schema's own declaration applies with every alternative.
            base.properties.entry(name).or_insert(parts);
        }
    }
}

fn same_parts(one: &[Node<'_>], other: &[Node<'_>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}
