use std::rc::Rc;

use foldhash::{HashMap, HashSet};
use openapiv3::Discriminator;
use serde_json::Value as Json;

use super::flat::{self, Additional, Flat};
use super::{Schemas, scalars, unions};
use sdk_model::SpecPointer;
use sdk_model::names::words;
use sdk_openapi::{Node, SchemaType};

/// How many marks go into a name.
const MARKS: usize = 3;

/// How deep unions in unions are looked into for a discriminator's values.
const DEEPEST_UNION: usize = 32;

/// How long a name made of an enum's values may be.
const NAMED_BY_VALUES: usize = 40;

impl<'d> Schemas<'d, '_> {
    /// The discriminator's values that stand for a member: what the mapping says, else the values
    /// that the member itself allows, else the component's name.
    pub(super) fn tags(&mut self, node: &Node<'d>, discriminator: &Discriminator) -> Vec<String> {
        self.tags_beyond(node, discriminator, 0, &mut HashSet::default())
    }

    /// The same, without those of the unions that have been looked into.
    fn tags_beyond(
        &mut self,
        node: &Node<'d>,
        discriminator: &Discriminator,
        depth: usize,
        seen: &mut HashSet<SpecPointer>,
    ) -> Vec<String> {
        let target = self.document.resolve(node).map(|target| target.origin).ok();
        let mapped: Vec<String> = discriminator
            .mapping
            .iter()
            .filter(|(_, to)| {
                [
                    Some(&node.reference().unwrap_or(SpecPointer::root())),
                    target.as_ref(),
                ]
                .into_iter()
                .flatten()
                .any(|origin| points_to(to, origin))
            })
            .map(|(tag, _)| tag.clone())
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let flat = self.flat(node);
        let own = self.values_of(&flat, &discriminator.property_name);
        if !own.is_empty() {
            return own;
        }
        // A union in the union: all that stands for one of its own.
        let list = flat.alternatives.first();
        let nested = list.map_or_else(|| Rc::from([]), |list| Rc::clone(&list.members));
        if !nested.is_empty() && depth < DEEPEST_UNION {
            if !seen.insert(flat.origin.clone())
                || !self.has_room_for_alternatives(&flat.origin, nested.len())
            {
                return Vec::new();
            }
            let members = nested.iter();
            return members
                .flat_map(|member| self.tags_beyond(member, discriminator, depth + 1, seen))
                .collect();
        }
        component_of(node).into_iter().collect()
    }

    fn values_of(&mut self, flat: &Flat<'d>, property: &str) -> Vec<String> {
        let parts = flat.properties.get(property).cloned().unwrap_or_default();
        for part in &parts {
            let part = self.flat(part);
            if let Some(values) = &part.enumeration {
                return values
                    .iter()
                    .map(|value| {
                        value
                            .as_str()
                            .map_or_else(|| value.to_string(), str::to_owned)
                    })
                    .collect();
            }
        }
        Vec::new()
    }

    /// What a member of a union is called. It depends on the member alone, so that another one
    /// changes nothing.
    pub(super) fn variant_wire(
        &mut self,
        node: &Node<'d>,
        discriminator: Option<&Discriminator>,
    ) -> String {
        if let Some(discriminator) = discriminator
            && let [only] = self.tags(node, discriminator).as_slice()
        {
            return only.clone();
        }
        if let Some(name) = component_of(node) {
            return name;
        }
        let flat = self.flat(node);
        if let Some([Json::String(only)]) = flat.enumeration.as_deref() {
            return only.clone();
        }
        let marks: Vec<String> = flat
            .required
            .iter()
            .filter_map(|name| match self.single_value(&flat, name)?.0 {
                Json::String(value) => Some(value.clone()),
                Json::Bool(true) => Some((*name).to_owned()),
                Json::Bool(false) => Some(format!("not {name}")),
                _ => None,
            })
            .take(MARKS)
            .collect();
        if !marks.is_empty() {
            return marks.join(" ");
        }
        if let Some(title) = flat.title
            && title.len() <= 60
        {
            return title.to_owned();
        }
        if let Some(only) = self.wrapping(node) {
            return self.variant_wire(&only, None);
        }
        for name in &flat.required {
            let values = self.values_of(&flat, name).join(" or ");
            if !values.is_empty() && values.len() <= NAMED_BY_VALUES {
                return values;
            }
        }
        self.kind_wire(&flat)
    }

    fn wrapping(&mut self, node: &Node<'d>) -> Option<Node<'d>> {
        let schema = self.schema(node).ok()?;
        let flat = self.flat(node);
        self.wrapped(&schema, &flat)
    }

    fn kind_wire(&mut self, flat: &Rc<Flat<'d>>) -> String {
        if let Some(list) = flat.alternatives.first() {
            let members = list.members.iter().take(MARKS);
            let names: Vec<String> = members
                .map(|member| self.variant_wire(member, list.discriminator.as_deref()))
                .collect();
            return names.join(" or ");
        }
        match flat.types.as_slice() {
            [SchemaType::Array] => match flat.items.first() {
                Some(item) => match item.reference() {
                    Some(reference) => format!("{} list", component(&reference)),
                    None => {
                        let item = self.flat(item);
                        match item.types.as_slice() {
                            [only] => format!("{} list", scalars::called(*only, item.format)),
                            _ => "list".to_owned(),
                        }
                    }
                },
                None => "list".to_owned(),
            },
            [SchemaType::Object] | [] if !flat.properties.is_empty() => {
                let names: Vec<&str> = if flat.required.is_empty() {
                    flat.properties.keys().copied().take(2).collect()
                } else {
                    flat.required.iter().copied().take(2).collect()
                };
                names.join(" and ")
            }
            [SchemaType::Object] => "map".to_owned(),
            [only] => scalars::called(*only, flat.format).to_owned(),
            _ => "any".to_owned(),
        }
    }

    /// Names the members of a union. Where two would be called the same, the properties that not
    /// all have tell them apart, or else what their first properties are.
    pub(super) fn name_members(&mut self, members: &[unions::Member<'d>]) {
        let mut wires: Vec<(Node<'d>, String, Rc<Flat<'d>>)> = Vec::new();
        for member in members {
            if let unions::Member::Schema {
                node,
                discriminator,
                ..
            } = member
            {
                let wire = self.variant_wire(node, discriminator.as_deref());
                wires.push((node.clone(), wire, self.flat(node)));
            }
        }
        let objects: Vec<&Rc<Flat<'d>>> = wires
            .iter()
            .map(|(_, _, flat)| flat)
            .filter(|flat| !flat.properties.is_empty())
            .collect();
        let everywhere = |name: &&'d str| {
            objects
                .iter()
                .all(|flat| flat.properties.contains_key(name))
        };
        let first = objects.first().map(|flat| flat.properties.keys());
        let shared: Vec<&'d str> = first
            .into_iter()
            .flatten()
            .copied()
            .filter(everywhere)
            .collect();
        let all_alike = objects
            .iter()
            .all(|flat| flat.properties.len() == shared.len());
        let mut counts: HashMap<Vec<String>, usize> = HashMap::default();
        for (_, wire, _) in &wires {
            *counts.entry(words(wire)).or_default() += 1;
        }
        let alike = |wire: &str| counts.get(&words(wire)).is_some_and(|count| *count > 1);
        for (node, wire, flat) in &wires {
            let own: Vec<&str> = flat
                .properties
                .keys()
                .filter(|name| !shared.contains(*name))
                .copied()
                .take(2)
                .collect();
            let wire = if !alike(wire) || node.reference().is_some() {
                wire.clone()
            } else if !own.is_empty() {
                own.join(" and ")
            } else if all_alike && !flat.properties.is_empty() {
                format!("{wire} {}", self.first_kinds(flat))
            } else {
                self.content_wire(flat).unwrap_or_else(|| wire.clone())
            };
            self.homes
                .variants
                .entry(node.origin.clone())
                .or_insert(wire);
        }
    }

    /// What a list or a map holds, where its kind alone does not tell it from another.
    fn content_wire(&mut self, flat: &Rc<Flat<'d>>) -> Option<String> {
        let (held, what) = match (flat.types.as_slice(), &flat.additional) {
            ([SchemaType::Array], _) => (flat.items.first()?, "list"),
            ([SchemaType::Object] | [], Additional::Schemas(values)) => (values.first()?, "map"),
            _ => return None,
        };
        let held = match held.reference() {
            Some(reference) => component(&reference),
            None => {
                let held = self.flat(held);
                if held.properties.is_empty() {
                    scalars::called(*held.types.first()?, held.format).to_owned()
                } else {
                    self.kind_wire(&held)
                }
            }
        };
        Some(format!("{held} {what}"))
    }

    /// What an object's first properties are.
    fn first_kinds(&mut self, flat: &Flat<'d>) -> String {
        let firsts = flat
            .properties
            .values()
            .filter_map(|parts| parts.first())
            .take(MARKS);
        let kinds: Vec<String> = firsts
            .map(|first| match first.reference() {
                Some(reference) => component(&reference),
                None => {
                    let flat = self.flat(first);
                    self.kind_wire(&flat)
                }
            })
            .collect();
        kinds.join(" ")
    }

    /// The schemas that a schema with a discriminator, but without alternatives, stands for: those
    /// that take it in through `allOf`, and those that its mapping names.
    pub(super) fn heirs_of(&mut self, flat: &Flat<'d>) -> Option<Vec<unions::Member<'d>>> {
        let discriminator = flat.discriminator.as_ref()?;
        let own = flat.node.get("discriminator").is_some() && flat.origin == flat.node.origin;
        if !own || !flat.origin.pointer().starts_with("/components/schemas/") {
            return None;
        }
        let mut origins = self.descendants(&flat.origin, false);
        let mut is_mapped = false;
        for target in discriminator.mapping.values() {
            let Some(node) = self.mapped(target) else {
                continue;
            };
            if node.origin == flat.origin {
                is_mapped = true;
            } else if !origins.contains(&node.origin) {
                origins.push(node.origin);
            }
        }
        let default = flat::default_mapping(&flat.node).and_then(|to| self.mapped(to));
        let is_default =
            |origin: &SpecPointer| default.as_ref().is_some_and(|to| to.origin == *origin);
        let mut members: Vec<_> = origins
            .iter()
            .filter_map(|origin| self.document.node(origin))
            .map(|node| unions::Member::Schema {
                base: None,
                discriminator: Some(Rc::clone(discriminator)),
                is_default: is_default(&node.origin),
                node,
            })
            .collect();
        let is_default = is_default(&flat.origin);
        if is_mapped || is_default {
            members.push(unions::Member::Base {
                discriminator: Rc::clone(discriminator),
                is_default,
            });
        }
        (!members.is_empty()).then_some(members)
    }

    /// The schema that a mapping's target, a reference or a component's name, leads to.
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

    /// Whether a schema stands for its heirs: what takes it in is not the same as it.
    pub(super) fn has_heirs(&mut self, node: &Node<'d>) -> bool {
        let flat = self.flat(node);
        if flat.discriminator.is_none() {
            return false;
        }
        // Each heir asks: their number times itself would be too much.
        let key = (flat.origin.clone(), flat.node.origin.clone());
        if let Some(known) = self.with_heirs.get(&key) {
            return *known;
        }
        let has = self.heirs_of(&flat).is_some();
        self.with_heirs.insert(key, has);
        has
    }

    /// The components that extend a component by `allOf`, directly or through others. One with a
    /// discriminator of its own stands for those that extend it, unless `all` are wanted.
    pub(super) fn descendants(&mut self, base: &SpecPointer, all: bool) -> Vec<SpecPointer> {
        let document = self.document;
        let heirs = self.heirs();
        let mut found: Vec<SpecPointer> = heirs.get(base).cloned().unwrap_or_default();
        let mut known: HashSet<SpecPointer> = found.iter().cloned().collect();
        known.insert(base.clone());
        let mut at = 0;
        while let Some(next) = found.get(at) {
            at += 1;
            let node = document.node(next);
            if !all && node.is_some_and(|node| node.get("discriminator").is_some()) {
                continue;
            }
            let further = heirs.get(next).cloned().unwrap_or_default();
            found.extend(
                further
                    .into_iter()
                    .filter(|origin| known.insert(origin.clone())),
            );
        }
        found
    }

    /// By component, the components that have it in their `allOf`.
    fn heirs(&mut self) -> &HashMap<SpecPointer, Vec<SpecPointer>> {
        let document = self.document;
        self.heirs.get_or_insert_with(|| {
            let mut heirs: HashMap<SpecPointer, Vec<SpecPointer>> = HashMap::default();
            for (_, node) in document.component_schemas() {
                let bases = node.get("allOf");
                for base in bases
                    .iter()
                    .flat_map(Node::elements)
                    .filter_map(|base| base.reference())
                {
                    heirs.entry(base).or_default().push(node.origin.clone());
                }
            }
            heirs
        })
    }
}

/// Whether a mapping's target, a reference or a component's name, is this place.
fn points_to(target: &str, origin: &SpecPointer) -> bool {
    target == origin.as_str()
        || (!target.contains('#') && component(origin) == target.trim_end_matches(".json"))
}

/// The component that a member of a union is, by reference or, as an heir, by itself.
fn component_of(node: &Node<'_>) -> Option<String> {
    if let Some(reference) = node.reference() {
        return Some(component(&reference));
    }
    let name = node.origin.pointer().strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| component(&node.origin))
}

/// The last token of a reference: the component's name.
pub(super) fn component(reference: &SpecPointer) -> String {
    let last = reference.pointer().rsplit('/').next().unwrap_or_default();
    last.replace("~1", "/").replace("~0", "~")
}
