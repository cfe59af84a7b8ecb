use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::Schemas;
use super::bounds::Bounds;
use crate::extensions::{deprecation_note, is_sensitive};
use crate::lower::media_type::MediaKind;
use sdk_model::SpecPointer;
use sdk_openapi::diagnostics::Diagnostic;
use sdk_openapi::{AdditionalProperties, Node, Schema, SchemaType};

/// `additionalProperties`, merged.
#[derive(Debug, Clone)]
pub(crate) enum Additional<'d> {
    Unspecified,
    Any,
    None,
    /// Values must match all of these.
    Schemas(Vec<Node<'d>>),
}

/// A `oneOf` or an `anyOf`.
#[derive(Debug, Clone)]
pub(crate) struct Alternatives<'d> {
    pub(crate) pointer: SpecPointer,
    /// Shared with the schemas that include this one by `allOf`.
    pub(crate) members: Rc<[Node<'d>]>,
    pub(crate) discriminator: Option<Rc<openapiv3::Discriminator>>,
    /// `defaultMapping`: the schema of values whose discriminator is missing or unknown.
    pub(crate) default_mapping: Option<&'d str>,
}

/// A schema with its `$ref` followed and its `allOf` members merged into it.
#[derive(Debug, Clone)]
pub(crate) struct MergedSchema<'d> {
    pub(crate) origin: SpecPointer,
    pub(crate) title: Option<&'d str>,
    pub(crate) description: Option<&'d str>,
    /// The types that all merged schemas allow; empty: any.
    pub(crate) types: Vec<SchemaType>,
    /// Where `types` were declared.
    pub(crate) types_pointer: SpecPointer,
    pub(crate) nullable: bool,
    pub(crate) format: Option<&'d str>,
    /// `contentSchema` of a JSON string.
    pub(crate) content_schema: Option<Node<'d>>,
    pub(crate) enumeration: Option<Vec<&'d Value>>,
    /// By name, the schemas that all apply.
    pub(crate) properties: IndexMap<&'d str, Vec<Node<'d>>>,
    pub(crate) required: Vec<&'d str>,
    pub(crate) additional: Additional<'d>,
    pub(crate) patterns: Vec<Node<'d>>,
    pub(crate) items: Vec<Node<'d>>,
    pub(crate) prefix_items: Vec<Node<'d>>,
    pub(crate) alternatives: Vec<Alternatives<'d>>,
    pub(crate) discriminator: Option<Rc<openapiv3::Discriminator>>,
    pub(crate) sensitive: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    pub(crate) deprecated: bool,
    pub(crate) deprecation_note: String,
    pub(crate) default: Option<&'d Value>,
    pub(crate) example: Option<&'d Value>,
    pub(crate) maximum: Option<u64>,
    pub(crate) bounds: Bounds,
    /// Gives access to extensions.
    pub(crate) node: Node<'d>,
}

impl<'d> MergedSchema<'d> {
    /// A schema without keywords.
    pub(crate) fn any(node: &Node<'d>) -> Self {
        Self {
            origin: node.origin.clone(),
            title: None,
            description: None,
            types: Vec::new(),
            types_pointer: node.origin.clone(),
            nullable: false,
            format: None,
            content_schema: None,
            enumeration: None,
            properties: IndexMap::new(),
            required: Vec::new(),
            additional: Additional::Unspecified,
            patterns: Vec::new(),
            items: Vec::new(),
            prefix_items: Vec::new(),
            alternatives: Vec::new(),
            discriminator: None,
            sensitive: false,
            read_only: false,
            write_only: false,
            deprecated: false,
            deprecation_note: String::new(),
            default: None,
            example: None,
            maximum: None,
            bounds: Bounds::default(),
            node: node.clone(),
        }
    }

    /// The schema's own keywords, except `allOf`.
    pub(super) fn from_schema(schema: &Schema<'d>) -> Self {
        let pointer = schema.origin();
        let alternatives = [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)]
            .into_iter()
            .filter(|(_, members)| !members.is_empty())
            .map(|(key, members)| Alternatives {
                pointer: pointer.child(key),
                members: members.clone().into(),
                discriminator: schema.discriminator.clone().map(Rc::new),
                default_mapping: default_mapping(&schema.node),
            })
            .collect();
        Self {
            title: schema.title,
            description: schema.description,
            types: schema.types.clone(),
            nullable: schema.nullable,
            format: schema.format,
            content_schema: content_schema(schema),
            enumeration: schema.enumeration.clone(),
            properties: schema
                .properties
                .iter()
                .map(|(name, node)| (*name, vec![node.clone()]))
                .collect(),
            required: schema.required.clone(),
            additional: match &schema.additional_properties {
                AdditionalProperties::Unspecified => Additional::Unspecified,
                AdditionalProperties::Any => Additional::Any,
                AdditionalProperties::None => Additional::None,
                AdditionalProperties::Schema(node) => Additional::Schemas(vec![node.clone()]),
            },
            patterns: schema
                .pattern_properties
                .iter()
                .map(|(_, node)| node.clone())
                .collect(),
            items: schema.items.iter().cloned().collect(),
            prefix_items: schema.prefix_items.clone(),
            alternatives,
            discriminator: schema.discriminator.clone().map(Rc::new),
            sensitive: is_sensitive(schema),
            read_only: schema.read_only,
            write_only: schema.write_only,
            deprecated: schema.deprecated,
            deprecation_note: deprecation_note(&schema.node),
            default: schema.default,
            example: schema.example,
            maximum: schema.maximum.as_ref().and_then(serde_json::Number::as_u64),
            bounds: Bounds::of(&schema.node),
            ..Self::any(&schema.node)
        }
    }

    /// Whether the schema constrains the value beyond `type: object`.
    pub(crate) fn is_structural(&self) -> bool {
        self.has_content()
            || !self.required.is_empty()
            || !(self.types.is_empty() || self.types == [SchemaType::Object])
    }

    /// Whether the schema has structural keywords other than `type` and `required`.
    fn has_content(&self) -> bool {
        !self.properties.is_empty()
            || matches!(self.additional, Additional::Schemas(_))
            || !self.patterns.is_empty()
            || !self.items.is_empty()
            || !self.prefix_items.is_empty()
            || !self.alternatives.is_empty()
            || self.enumeration.is_some()
            || self.format.is_some()
    }

    /// Whether the schema has nothing but `required` and `type: object`.
    pub(crate) fn is_condition(&self) -> bool {
        !self.has_content() && (self.types.is_empty() || self.types == [SchemaType::Object])
    }

    pub(crate) fn is_object(&self) -> bool {
        match self.types.as_slice() {
            [] => !self.properties.is_empty(),
            types => types == [SchemaType::Object],
        }
    }

    /// Whether merging all parts leaves the types of `only` as they are.
    pub(super) fn allows_types_of(&self, merged_parts: &[Rc<Self>], only: &Node<'d>) -> bool {
        let types = merged_parts
            .iter()
            .find(|merged| merged.node.origin == only.origin)
            .map(|merged| merged.types.as_slice())
            .unwrap_or_default();
        self.types.is_empty() || types.is_empty() || self.types == types
    }
}

impl<'d> Schemas<'d, '_> {
    /// The schema at `node`, merged. Its parts are merged first, without recursion: a chain of
    /// `allOf` can be as long as the document.
    pub(crate) fn merge_all_of(&mut self, node: &Node<'d>) -> Rc<MergedSchema<'d>> {
        if let Some(known) = self.merged_schemas.get(&node.origin) {
            return Rc::clone(known);
        }
        if !self.merging.insert(node.origin.clone()) {
            self.report(
                Diagnostic::error(&node.origin, "this schema contains itself through allOf")
                    .help("no value can satisfy it"),
            );
            return Rc::new(MergedSchema::any(node));
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
        merged.unwrap_or_else(|| Rc::new(MergedSchema::any(node)))
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

    fn build_merged(&mut self, node: &Node<'d>) -> Rc<MergedSchema<'d>> {
        let schema = match self.schema(node) {
            Ok(schema) => schema,
            Err(problem) => {
                self.report(problem);
                return Rc::new(MergedSchema::any(node));
            }
        };
        if schema.reference.is_some() {
            return match self.document.resolve(node) {
                Ok(target) => {
                    let mut merged = self.merge_all_of(&target);
                    if schema.nullable && !merged.nullable {
                        Rc::make_mut(&mut merged).nullable = true;
                    }
                    if is_sensitive(&schema) && !merged.sensitive {
                        Rc::make_mut(&mut merged).sensitive = true;
                    }
                    merged
                }
                Err(problem) => {
                    self.report(problem);
                    Rc::new(MergedSchema::any(node))
                }
            };
        }
        let mut merged = MergedSchema::from_schema(&schema);
        if schema.all_of.is_empty() {
            return Rc::new(merged);
        }
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
        for (name, _) in &schema.properties {
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

pub(super) fn default_mapping<'d>(node: &Node<'d>) -> Option<&'d str> {
    node.get("discriminator")?.text("defaultMapping")
}

/// `contentSchema`, where `contentMediaType` is JSON.
fn content_schema<'d>(schema: &Schema<'d>) -> Option<Node<'d>> {
    let media_type = schema.node.text("contentMediaType")?;
    let is_json = MediaKind::of(media_type).is_json();
    is_json.then(|| schema.node.get("contentSchema")).flatten()
}
