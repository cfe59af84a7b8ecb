use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::Schemas;
use super::bounds::Bounds;
use crate::lower::media_type::MediaKind;
use sdk_model::SpecPointer;
use sdk_openapi::diagnostics::Diagnostic;
use sdk_openapi::{AdditionalProperties, Node, Schema, SchemaType};

/// What an object may hold beyond its properties.
#[derive(Debug, Clone)]
pub(crate) enum Additional<'d> {
    /// Nothing is said.
    Unspecified,
    /// Anything.
    Any,
    /// Nothing.
    None,
    /// Values that all of these describe.
    Schemas(Vec<Node<'d>>),
}

/// A `oneOf` or an `anyOf`.
#[derive(Debug, Clone)]
pub(crate) struct Alternatives<'d> {
    /// Where the list stands.
    pub(crate) place: SpecPointer,
    /// Shared: what takes the list in by `allOf` has it too.
    pub(crate) members: Rc<[Node<'d>]>,
    pub(crate) discriminator: Option<Rc<openapiv3::Discriminator>>,
    /// `defaultMapping`: the schema of values whose discriminator is missing or unknown.
    pub(crate) default_mapping: Option<&'d str>,
}

/// One schema with its `allOf` members merged into it and its `$ref` followed.
#[derive(Debug, Clone)]
pub(crate) struct Flat<'d> {
    /// The schema's own place.
    pub(crate) origin: SpecPointer,
    pub(crate) title: Option<&'d str>,
    pub(crate) description: Option<&'d str>,
    /// The types that are left after the merge; empty: any.
    pub(crate) types: Vec<SchemaType>,
    /// Where `types` were said.
    pub(crate) types_said: SpecPointer,
    pub(crate) nullable: bool,
    pub(crate) format: Option<&'d str>,
    /// The schema of the JSON that a string contains.
    pub(crate) content_schema: Option<Node<'d>>,
    pub(crate) enumeration: Option<Vec<&'d Value>>,
    /// By name, the schemas that must all hold.
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
    /// The schema, for extensions.
    pub(crate) node: Node<'d>,
}

impl<'d> Flat<'d> {
    /// A schema that says nothing.
    pub(crate) fn any(node: &Node<'d>) -> Self {
        Self {
            origin: node.origin.clone(),
            title: None,
            description: None,
            types: Vec::new(),
            types_said: node.origin.clone(),
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

    /// The schema's own keywords, `allOf` left aside.
    pub(super) fn own(schema: &Schema<'d>) -> Self {
        let place = schema.origin();
        let alternatives = [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)]
            .into_iter()
            .filter(|(_, members)| !members.is_empty())
            .map(|(key, members)| Alternatives {
                place: place.child(key),
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

    /// Whether the schema says anything about the value beyond "an object, perhaps".
    pub(crate) fn is_structural(&self) -> bool {
        self.says_what()
            || !self.required.is_empty()
            || !(self.types.is_empty() || self.types == [SchemaType::Object])
    }

    /// Whether the schema has content of its own, its type and `required` aside.
    fn says_what(&self) -> bool {
        !self.properties.is_empty()
            || matches!(self.additional, Additional::Schemas(_))
            || !self.patterns.is_empty()
            || !self.items.is_empty()
            || !self.prefix_items.is_empty()
            || !self.alternatives.is_empty()
            || self.enumeration.is_some()
            || self.format.is_some()
    }

    /// Whether the schema is nothing but a condition: `required`, an object perhaps.
    pub(crate) fn is_condition(&self) -> bool {
        !self.says_what() && (self.types.is_empty() || self.types == [SchemaType::Object])
    }

    /// Whether it describes an object with declared properties.
    pub(crate) fn is_object(&self) -> bool {
        match self.types.as_slice() {
            [] => !self.properties.is_empty(),
            types => types == [SchemaType::Object],
        }
    }

    /// Whether a merge of all parts would leave the types of `only` as they are.
    pub(super) fn allows_types_of(&self, flats: &[Rc<Self>], only: &Node<'d>) -> bool {
        let types = flats
            .iter()
            .find(|flat| flat.node.origin == only.origin)
            .map(|flat| flat.types.as_slice())
            .unwrap_or_default();
        self.types.is_empty() || types.is_empty() || self.types == types
    }
}

impl<'d> Schemas<'d, '_> {
    /// The merged view of the schema at `node`.
    ///
    /// What it is made of is looked at first, without recursion: a chain of `allOf` can be as long
    /// as the document.
    pub(crate) fn flat(&mut self, node: &Node<'d>) -> Rc<Flat<'d>> {
        if let Some(known) = self.flats.get(&node.origin) {
            return Rc::clone(known);
        }
        if !self.active_flats.insert(node.origin.clone()) {
            self.tell(
                Diagnostic::error(&node.origin, "this schema contains itself through allOf")
                    .help("no value can satisfy it"),
            );
            return Rc::new(Flat::any(node));
        }
        let mut way = vec![(node.clone(), self.made_of(node).into_iter())];
        while let Some((_, parts)) = way.last_mut() {
            match parts.next() {
                Some(part) if self.flats.contains_key(&part.origin) => {}
                Some(part) => {
                    if self.active_flats.insert(part.origin.clone()) {
                        let parts = self.made_of(&part).into_iter();
                        way.push((part, parts));
                    }
                }
                None => {
                    if let Some((done, _)) = way.pop() {
                        let flat = self.make_flat(&done);
                        self.active_flats.remove(&done.origin);
                        self.flats.insert(done.origin, flat);
                    }
                }
            }
        }
        let flat = self.flats.get(&node.origin).cloned();
        flat.unwrap_or_else(|| Rc::new(Flat::any(node)))
    }

    /// The schemas whose views [`make_flat`](Self::make_flat) merges.
    fn made_of(&mut self, node: &Node<'d>) -> Vec<Node<'d>> {
        match self.schema(node) {
            Ok(schema) if schema.reference.is_some() => {
                self.document.resolve(node).into_iter().collect()
            }
            Ok(schema) => schema.all_of.clone(),
            Err(_) => Vec::new(),
        }
    }

    fn make_flat(&mut self, node: &Node<'d>) -> Rc<Flat<'d>> {
        let schema = match self.schema(node) {
            Ok(schema) => schema,
            Err(problem) => {
                self.tell(problem);
                return Rc::new(Flat::any(node));
            }
        };
        if schema.reference.is_some() {
            return match self.document.resolve(node) {
                Ok(target) => {
                    let mut flat = self.flat(&target);
                    if schema.nullable && !flat.nullable {
                        Rc::make_mut(&mut flat).nullable = true;
                    }
                    if is_sensitive(&schema) && !flat.sensitive {
                        Rc::make_mut(&mut flat).sensitive = true;
                    }
                    flat
                }
                Err(problem) => {
                    self.tell(problem);
                    Rc::new(Flat::any(node))
                }
            };
        }
        let mut flat = Flat::own(&schema);
        if schema.all_of.is_empty() {
            return Rc::new(flat);
        }
        let members: Vec<_> = schema
            .all_of
            .iter()
            .map(|member| self.flat(member))
            .collect();
        let all_nullable = members.iter().all(|member| member.nullable);
        for member in &members {
            let holds = if member.alternatives.iter().any(|one| self.offers(one, node)) {
                let mut shared = (**member).clone();
                shared.alternatives.retain(|one| !self.offers(one, node));
                self.merge(&mut flat, &shared)
            } else {
                self.merge(&mut flat, member)
            };
            if !holds {
                break;
            }
        }
        // Of a property that is declared again, the schema's own declaration comes last.
        for (name, _) in &schema.properties {
            if let Some(parts) = flat.properties.get_mut(name) {
                parts.rotate_left(1);
            }
        }
        flat.nullable = schema.nullable || all_nullable || self.adds_null(&schema);
        Rc::new(flat)
    }

    /// Whether a member of `allOf` is nothing but `nullable: true`. It restricts nothing, so it is
    /// meant for the whole.
    pub(super) fn adds_null(&mut self, schema: &Schema<'d>) -> bool {
        schema.all_of.iter().any(|member| {
            member.flag("nullable")
                && member.reference().is_none()
                && matches!(self.schema(member), Ok(member) if member.types.is_empty())
                && !self.flat(member).is_structural()
        })
    }

    /// Whether the schema at `node` is itself one of the alternatives. A base that lists its heirs
    /// gives an heir what they share, not the list.
    fn offers(&mut self, alternatives: &Alternatives<'d>, node: &Node<'d>) -> bool {
        let document = self.document;
        // Each heir asks: their number times that of the members would be too much.
        let key = (alternatives.place.clone(), alternatives.members.len());
        let targets = self.offered.entry(key).or_insert_with(|| {
            let targets = alternatives.members.iter();
            targets
                .filter_map(|member| Some(document.resolve(member).ok()?.origin))
                .collect()
        });
        targets.contains(&node.origin)
    }
}

/// The `defaultMapping` of a schema's discriminator.
pub(super) fn default_mapping<'d>(node: &Node<'d>) -> Option<&'d str> {
    node.get("discriminator")?.text("defaultMapping")
}

/// Whether the schema marks a secret.
pub(super) fn is_sensitive(schema: &Schema<'_>) -> bool {
    schema.extension("x-sensitive") == Some(&Value::Bool(true))
}

/// The advice beside `deprecated`.
pub(crate) fn deprecation_note(node: &Node<'_>) -> String {
    [
        "x-deprecated",
        "x-deprecation-notice",
        "x-deprecated-reason",
    ]
    .into_iter()
    .filter_map(|key| node.text(key))
    .map(|note| note.trim().to_owned())
    .next()
    .unwrap_or_default()
}

/// `contentSchema`, where `contentMediaType` is JSON.
fn content_schema<'d>(schema: &Schema<'d>) -> Option<Node<'d>> {
    let media_type = schema.node.text("contentMediaType")?;
    let is_json = MediaKind::of(media_type).is_json();
    is_json.then(|| schema.node.get("contentSchema")).flatten()
}
