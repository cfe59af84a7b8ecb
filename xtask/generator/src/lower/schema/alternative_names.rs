//! Names of the alternatives of unions.

use std::rc::Rc;

use foldhash::HashMap;
use openapiv3::Discriminator;
use serde_json::Value as Json;

use super::discriminator_values::{component, component_of};
use super::module_layout::TypeNamer;
use super::{scalars, unions};
use sdk_model::names::words;
use sdk_openapi::{AdditionalProperties, Node, Schema, SchemaType};

/// Maximum number of words that make up the name of an alternative.
const NAME_PARTS: usize = 3;

/// Maximum length of a name made of an enum's values.
const NAMED_BY_VALUES: usize = 40;

impl<'d> TypeNamer<'d, '_> {
    /// The name of an alternative. It depends on the alternative only, so that adding another one
    /// does not change it.
    pub(super) fn variant_wire(
        &mut self,
        node: &Node<'d>,
        discriminator: Option<&Discriminator>,
    ) -> String {
        if let Some(discriminator) = discriminator
            && let [only] = self.reader.tags(node, discriminator).as_slice()
        {
            return only.clone();
        }
        if let Some(name) = component_of(node) {
            return name;
        }
        let merged = self.reader.merge_all_of(node);
        if let Some([Json::String(only)]) = merged.enumeration.as_deref() {
            return only.clone();
        }
        let name_parts: Vec<String> = merged
            .required
            .iter()
            .filter_map(|name| match self.reader.single_value(&merged, name)?.0 {
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
            let values = self.reader.values_of(&merged, name).join(" or ");
            if !values.is_empty() && values.len() <= NAMED_BY_VALUES {
                return values;
            }
        }
        self.kind_wire(&merged)
    }

    fn transparent_target_of(&mut self, node: &Node<'d>) -> Option<Node<'d>> {
        let schema = self.reader.schema(node).ok()?;
        let merged = self.reader.merge_all_of(node);
        self.reader.transparent_target(&schema, &merged)
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
                        let item = self.reader.merge_all_of(item);
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
                wires.push((node.clone(), wire, self.reader.merge_all_of(node)));
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
                let element = self.reader.merge_all_of(element);
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
                    let merged = self.reader.merge_all_of(first);
                    self.kind_wire(&merged)
                }
            })
            .collect();
        kinds.join(" ")
    }
}
