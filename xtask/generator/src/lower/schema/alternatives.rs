use std::rc::Rc;

use indexmap::IndexMap;

use super::flat::{Alternatives, Flat};
use super::merge::{merge_additional, same};
use super::{Content, Schemas, Use, enums, scalars, unions};
use sdk_model::{SpecPointer, Type};
use sdk_openapi::diagnostics::sanitize;
use sdk_openapi::{Node, SchemaType};

impl<'d> Schemas<'d, '_> {
    /// The type of a schema with `oneOf` or `anyOf`.
    pub(super) fn alternatives(&mut self, place: &SpecPointer, flat: &Rc<Flat<'d>>) -> Use {
        let mut base = Flat {
            alternatives: Vec::new(),
            // It is about the alternatives.
            discriminator: None,
            ..(**flat).clone()
        };
        let mut lists: Vec<Alternatives<'d>> = Vec::new();
        for list in &flat.alternatives {
            // "This or that property is required" is a condition, not a type.
            let mut telling = false;
            for member in list.members.iter() {
                telling |= !self.flat(member).is_condition();
            }
            if telling {
                lists.push(list.clone());
            }
        }
        while lists.len() > 1 {
            let Some(list) = lists.pop() else { break };
            self.absorb(&mut base, &list);
        }
        let base = Rc::new(base);
        let Some(list) = lists.pop() else {
            return self.use_flat(place, &base);
        };
        self.one_list(place, flat, &base, &list)
    }

    fn one_list(
        &mut self,
        place: &SpecPointer,
        flat: &Rc<Flat<'d>>,
        base: &Rc<Flat<'d>>,
        list: &Alternatives<'d>,
    ) -> Use {
        let shared = base.has_members();
        let mut nodes = if shared {
            list.members.to_vec()
        } else {
            self.spread(list)
        };
        let default = list.default_mapping.and_then(|to| self.mapped(to));
        if let Some(default) = &default
            && !nodes.iter().any(|node| self.leads_to(node, default))
        {
            nodes.push(default.clone());
        }
        let is_null = |schemas: &mut Self, node: &Node<'d>| schemas.flat(node).is_null();
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
            .map(|member| self.flat(member))
            .collect();
        let nullable = null_listed || members.iter().any(|member| member.nullable);
        if let ([only], [node], None) = (members.as_slice(), &*list.members, &list.discriminator) {
            let found = if shared {
                let merged = self.merged(place, &[Rc::clone(base), Rc::clone(only)]);
                self.use_flat(place, &merged)
            } else {
                self.use_of(node)
            };
            return found.or_null(null_listed);
        }
        if !shared && let Some(found) = self.simple(place, flat, &list.members, &members) {
            return found.or_null(nullable);
        }
        let combined = match list.discriminator {
            None if !shared => self.combined(&list.place, &members),
            _ => None,
        };
        let content = list
            .members
            .iter()
            .map(|node| unions::Member::Schema {
                node: node.clone(),
                base: shared.then(|| Rc::clone(base)),
                discriminator: list.discriminator.clone(),
                is_default: default.as_ref().is_some_and(|to| self.leads_to(node, to)),
            })
            .chain(combined)
            .collect();
        Use::of(self.named(place, flat, Content::Union(content))).or_null(nullable)
    }

    /// The members of a list, those that are nothing but lists of their own opened.
    fn spread(&mut self, list: &Alternatives<'d>) -> Vec<Node<'d>> {
        let mut found = Vec::new();
        let mut waiting: Vec<Node<'d>> = list.members.iter().rev().cloned().collect();
        while let Some(node) = waiting.pop() {
            let inner = match self.schema(&node) {
                Ok(schema) if schema.reference.is_none() && schema.all_of.is_empty() => {
                    let flat = self.flat(&node);
                    match flat.alternatives.as_slice() {
                        [inner] if flat.is_only_a_list() => Some(Rc::clone(&inner.members)),
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

    /// Alternatives that are one type after all: all strings, all numbers.
    fn simple(
        &mut self,
        place: &SpecPointer,
        flat: &Rc<Flat<'d>>,
        nodes: &[Node<'d>],
        members: &[Rc<Flat<'d>>],
    ) -> Option<Use> {
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
                (true, _) => Content::Strings,
                (_, true) => Content::Integers,
                _ => return None,
            };
            return Some(self.one_enum(place, flat, nodes, members, content));
        }
        if texts {
            let mut kinds = members
                .iter()
                .filter_map(|member| scalars::scalar(self.config, SchemaType::String, member));
            let first = kinds.next()?;
            let same = kinds.all(|kind| kind == first);
            return Some(Use::of(if same { first } else { Type::String }));
        }
        if all(&[SchemaType::Integer]) {
            return Some(Use::of(Type::I64));
        }
        all(&[SchemaType::Integer, SchemaType::Number]).then(|| Use::of(Type::F64))
    }

    /// Constants and enums of strings or integers, unrestricted ones perhaps beside them: one open
    /// enum.
    fn one_enum(
        &mut self,
        place: &SpecPointer,
        flat: &Rc<Flat<'d>>,
        nodes: &[Node<'d>],
        members: &[Rc<Flat<'d>>],
        content: fn(Vec<enums::Value<'d>>) -> Content<'d>,
    ) -> Use {
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
            return self.use_of(node);
        }
        let mut values: Vec<enums::Value<'d>> = Vec::new();
        for member in members {
            let Some(own) = &member.enumeration else {
                continue;
            };
            let alone = own.len() == 1;
            for mut value in enums::texts(own, member) {
                if alone {
                    value.called = value.called.or(member.title);
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
        Use::of(self.named(place, flat, content(values)))
    }

    /// A second `oneOf` beside a first one: its members' properties, none of them required.
    fn absorb(&mut self, base: &mut Flat<'d>, list: &Alternatives<'d>) {
        let members: Vec<_> = list.members.iter().map(|node| self.flat(node)).collect();
        if members
            .iter()
            .any(|member| !member.is_object() && !member.is_condition())
        {
            self.inexpressible(
                &list.place,
                "several oneOf or anyOf that are not all of objects stand beside each other",
                "only one of them counts",
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
                        // Without parts it is any value.
                        found.insert(name, Vec::new());
                        self.omit(
                            format!("the types of `{}`", sanitize(name)),
                            "alternatives that stand beside others give it several".to_owned(),
                            &list.place,
                        );
                    }
                }
            }
        }
        for (name, parts) in found {
            // What the schema says of it itself holds whichever alternative is taken.
            base.properties.entry(name).or_insert(parts);
        }
    }
}

fn same_parts(one: &[Node<'_>], other: &[Node<'_>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}

impl Flat<'_> {
    /// Whether it has properties or members that alternatives share.
    pub(super) fn has_members(&self) -> bool {
        !self.properties.is_empty() || matches!(self.additional, super::Additional::Schemas(_))
    }

    /// Whether it is one `oneOf` or `anyOf` and nothing else.
    fn is_only_a_list(&self) -> bool {
        let bare = Self {
            alternatives: Vec::new(),
            ..self.clone()
        };
        !bare.is_structural() && !self.nullable && self.discriminator.is_none()
    }

    /// Whether it is some integer.
    fn is_integer(&self) -> bool {
        match &self.enumeration {
            Some(values) => values.iter().all(|value| value.is_i64()),
            None => self.types == [SchemaType::Integer],
        }
    }

    /// Whether null is its only value.
    fn is_null(&self) -> bool {
        self.types == [SchemaType::Null] && self.enumeration.is_none()
    }

    /// Whether it is some string.
    fn is_text(&self) -> bool {
        match &self.enumeration {
            Some(values) => values.iter().all(|value| value.is_string()),
            None => self.types == [SchemaType::String],
        }
    }
}
