use std::rc::Rc;

use foldhash::{HashMap, HashSet};
use openapiv3::Discriminator;
use serde_json::Value as Json;

use super::{Schemas, scalars, unions};
use sdk_model::SpecPointer;
use sdk_model::names::words;
use sdk_openapi::{AdditionalProperties, Node, Schema, SchemaType};

/// Maximum number of words that make up the name of an alternative.
const NAME_PARTS: usize = 3;

/// Nested unions are searched for discriminator values to this depth.
const DEEPEST_UNION: usize = 32;

/// Maximum length of a name made of an enum's values.
const NAMED_BY_VALUES: usize = 40;

impl<'d> Schemas<'d, '_> {
    /// The discriminator values of an alternative: those of the mapping, else those that its
    /// property allows, else the component's name.
    pub(super) fn tags(&mut self, node: &Node<'d>, discriminator: &Discriminator) -> Vec<String> {
        self.tags_beyond(node, discriminator, 0, &mut HashSet::default())
    }

    /// [`tags`](Self::tags), except for unions that have been visited.
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
        let merged = self.merge_all_of(node);
        let own = self.values_of(&merged, &discriminator.property_name);
        if !own.is_empty() {
            return own;
        }
        // A nested union has the values of all its alternatives.
        let list = merged.alternatives.first();
        let nested = list.map_or_else(|| Rc::from([]), |list| Rc::clone(&list.members));
        if !nested.is_empty() && depth < DEEPEST_UNION {
            if !seen.insert(merged.origin.clone())
                || !self.check_alternative_limit(&merged.origin, nested.len())
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

    fn values_of(&mut self, merged: &Schema<'d>, property: &str) -> Vec<String> {
        let parts = merged.properties.get(property).cloned().unwrap_or_default();
        for part in &parts {
            let part = self.merge_all_of(part);
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

    /// The name of an alternative. It depends on the alternative only, so that adding another one
    /// does not change it.
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
        let merged = self.merge_all_of(node);
        if let Some([Json::String(only)]) = merged.enumeration.as_deref() {
            return only.clone();
        }
        let name_parts: Vec<String> = merged
            .required
            .iter()
            .filter_map(|name| match self.single_value(&merged, name)?.0 {
                Json::String(value) => Some(value.clone()),
                Json::Bool(true) => Some((*name).to_owned()),
                Json::Bool(false) => Some(format!("not {name}")),
                _ => None,
            })
            .take(NAME_PARTS)
            .collect();
        if !name_parts.is_empty() {
            return name_parts.join(" ");
        }
        if let Some(title) = merged.title
            && title.len() <= 60
        {
            return title.to_owned();
        }
        if let Some(only) = self.transparent_target_of(node) {
            return self.variant_wire(&only, None);
        }
        for name in &merged.required {
            let values = self.values_of(&merged, name).join(" or ");
            if !values.is_empty() && values.len() <= NAMED_BY_VALUES {
                return values;
            }
        }
        self.kind_wire(&merged)
    }

    fn transparent_target_of(&mut self, node: &Node<'d>) -> Option<Node<'d>> {
        let schema = self.schema(node).ok()?;
        let merged = self.merge_all_of(node);
        self.transparent_target(&schema, &merged)
    }

    fn kind_wire(&mut self, merged: &Rc<Schema<'d>>) -> String {
        if let Some(list) = merged.alternatives.first() {
            let members = list.members.iter().take(NAME_PARTS);
            let names: Vec<String> = members
                .map(|member| self.variant_wire(member, list.discriminator.as_deref()))
                .collect();
            return names.join(" or ");
        }
        match merged.types.as_slice() {
            [SchemaType::Array] => match merged.items.first() {
                Some(item) => match item.reference() {
                    Some(reference) => format!("{} list", component(&reference)),
                    None => {
                        let item = self.merge_all_of(item);
                        match item.types.as_slice() {
                            [only] => format!("{} list", scalars::format_word(*only, item.format)),
                            _ => "list".to_owned(),
                        }
                    }
                },
                None => "list".to_owned(),
            },
            [SchemaType::Object] | [] if !merged.properties.is_empty() => {
                let names: Vec<&str> = if merged.required.is_empty() {
                    merged.properties.keys().copied().take(2).collect()
                } else {
                    merged.required.iter().copied().take(2).collect()
                };
                names.join(" and ")
            }
            [SchemaType::Object] => "map".to_owned(),
            [only] => scalars::format_word(*only, merged.format).to_owned(),
            _ => "any".to_owned(),
        }
    }

    /// Names the alternatives of a union. Alternatives of one name are named by the properties that
    /// are not common to all, or else by the types of their first properties.
    pub(super) fn name_members(&mut self, members: &[unions::Alternative<'d>]) {
        let mut wires: Vec<(Node<'d>, String, Rc<Schema<'d>>)> = Vec::new();
        for member in members {
            if let unions::Alternative::Schema {
                node,
                discriminator,
                ..
            } = member
            {
                let wire = self.variant_wire(node, discriminator.as_deref());
                wires.push((node.clone(), wire, self.merge_all_of(node)));
            }
        }
        let objects: Vec<&Rc<Schema<'d>>> = wires
            .iter()
            .map(|(_, _, merged)| merged)
            .filter(|merged| !merged.properties.is_empty())
            .collect();
        let is_shared = |name: &&'d str| {
            objects
                .iter()
                .all(|merged| merged.properties.contains_key(name))
        };
        let first = objects.first().map(|merged| merged.properties.keys());
        let shared: Vec<&'d str> = first
            .into_iter()
            .flatten()
            .copied()
            .filter(is_shared)
            .collect();
        let same_properties = objects
            .iter()
            .all(|merged| merged.properties.len() == shared.len());
        let mut counts: HashMap<Vec<String>, usize> = HashMap::default();
        for (_, wire, _) in &wires {
            *counts.entry(words(wire)).or_default() += 1;
        }
        let is_ambiguous = |wire: &str| counts.get(&words(wire)).is_some_and(|count| *count > 1);
        for (node, wire, merged) in &wires {
            let own: Vec<&str> = merged
                .properties
                .keys()
                .filter(|name| !shared.contains(*name))
                .copied()
                .take(2)
                .collect();
            let wire = if !is_ambiguous(wire) || node.reference().is_some() {
                wire.clone()
            } else if !own.is_empty() {
                own.join(" and ")
            } else if same_properties && !merged.properties.is_empty() {
                format!("{wire} {}", self.first_kinds(merged))
            } else {
                self.content_wire(merged).unwrap_or_else(|| wire.clone())
            };
            self.layout
                .variants
                .entry(node.origin.clone())
                .or_insert(wire);
        }
    }

    /// A name from the elements of an array or a map, where its type alone is ambiguous.
    fn content_wire(&mut self, merged: &Rc<Schema<'d>>) -> Option<String> {
        let (element, what) = match (merged.types.as_slice(), &merged.additional) {
            ([SchemaType::Array], _) => (merged.items.first()?, "list"),
            ([SchemaType::Object] | [], AdditionalProperties::Schemas(values)) => {
                (values.first()?, "map")
            }
            _ => return None,
        };
        let element = match element.reference() {
            Some(reference) => component(&reference),
            None => {
                let element = self.merge_all_of(element);
                if element.properties.is_empty() {
                    scalars::format_word(*element.types.first()?, element.format).to_owned()
                } else {
                    self.kind_wire(&element)
                }
            }
        };
        Some(format!("{element} {what}"))
    }

    /// The types of an object's first properties, in words.
    fn first_kinds(&mut self, merged: &Schema<'d>) -> String {
        let firsts = merged
            .properties
            .values()
            .filter_map(|parts| parts.first())
            .take(NAME_PARTS);
        let kinds: Vec<String> = firsts
            .map(|first| match first.reference() {
                Some(reference) => component(&reference),
                None => {
                    let merged = self.merge_all_of(first);
                    self.kind_wire(&merged)
                }
            })
            .collect();
        kinds.join(" ")
    }

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

/// Whether the target of a mapping, a reference or a component's name, is this pointer.
fn points_to(target: &str, origin: &SpecPointer) -> bool {
    target == origin.as_str()
        || (!target.contains('#') && component(origin) == target.trim_end_matches(".json"))
}

/// The component's name of an alternative that is a component or a reference to one.
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
