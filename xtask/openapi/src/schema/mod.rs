//! One schema as its keywords: whatever its kind, and whichever version of the standard it was
//! written for.

mod kind;

use std::collections::HashSet;
use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::Discriminator;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::bounds::Bounds;
use crate::diagnostics::{Diagnostic, sanitize};
use crate::node::{Node, member};
use crate::pointer::SpecPointer;

/// Marks a schema whose values are secrets.
pub const X_SENSITIVE: &str = "x-sensitive";

/// A primitive type of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchemaType {
    /// `string`
    String,
    /// `number`
    Number,
    /// `integer`
    Integer,
    /// `boolean`
    Boolean,
    /// `array`
    Array,
    /// `object`
    Object,
    /// `null` alone: together with other types it is [`Schema::nullable`].
    Null,
}

impl SchemaType {
    /// The type of a name.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "number" => Self::Number,
            "integer" => Self::Integer,
            "boolean" => Self::Boolean,
            "array" => Self::Array,
            "object" => Self::Object,
            "null" => Self::Null,
            _ => return None,
        })
    }

    /// Whether a value is of this type.
    pub fn holds(self, value: &Value) -> bool {
        match self {
            Self::String => value.is_string(),
            Self::Number => value.is_number(),
            Self::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            Self::Boolean => value.is_boolean(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
            Self::Null => value.is_null(),
        }
    }
}

/// `additionalProperties`.
#[derive(Debug, Clone, Default)]
pub enum AdditionalProperties<'d> {
    /// The keyword is absent.
    #[default]
    Unspecified,
    /// `true`, or a schema that any value conforms to.
    Any,
    /// `false`
    None,
    /// Values must match all of these.
    Schemas(Vec<Node<'d>>),
}

/// A `oneOf` or an `anyOf`, without null members.
#[derive(Debug, Clone)]
pub struct Alternatives<'d> {
    /// The pointer to the list.
    pub pointer: SpecPointer,
    /// Shared with the schemas that include this one by `allOf`.
    pub members: Rc<[Node<'d>]>,
    /// `discriminator`
    pub discriminator: Option<Rc<Discriminator>>,
    /// `defaultMapping`: the schema of values whose discriminator is missing or unknown.
    pub default_mapping: Option<&'d str>,
}

/// The keywords of one schema, as it is declared or with others merged into it: what can be declared
/// by several of them is a list. A `$ref` is not followed.
#[derive(Debug, Clone, Default)]
pub struct Schema<'d> {
    /// The schema itself; of a merged one, the first part.
    pub node: Node<'d>,
    /// The schema's pointer; of a merged one, that of the whole.
    pub origin: SpecPointer,
    /// The target of `$ref`. Siblings that change the shape have been moved to `allOf`, so that
    /// next to it there are only `title`, `description`, `deprecated`, `default`, `readOnly`,
    /// `writeOnly`, `nullable` (3.1 unions with null) and extensions.
    pub reference: Option<SpecPointer>,
    /// `title`
    pub title: Option<&'d str>,
    /// `description`
    pub description: Option<&'d str>,
    /// `type`: empty where it is absent, several where 3.1 lists several.
    pub types: Vec<SchemaType>,
    /// Where `types` are declared.
    pub types_pointer: SpecPointer,
    /// Whether null conforms, in whichever way the document declares it.
    pub nullable: bool,
    /// `format`, or the one that 3.1's `contentEncoding` and `contentMediaType` mean.
    pub format: Option<&'d str>,
    /// `contentSchema` of a string whose `contentMediaType` is JSON.
    pub content_schema: Option<Node<'d>>,
    /// `enum` without null; `const` as the only value.
    pub enumeration: Option<Vec<&'d Value>>,
    /// `properties`, in the document's order.
    pub properties: IndexMap<&'d str, Vec<Node<'d>>>,
    /// `required`, each name once.
    pub required: Vec<&'d str>,
    /// `additionalProperties`, or `unevaluatedProperties` where the former is absent.
    pub additional: AdditionalProperties<'d>,
    /// The schemas of `patternProperties`.
    pub patterns: Vec<Node<'d>>,
    /// `items`
    pub items: Vec<Node<'d>>,
    /// `prefixItems`
    pub prefix_items: Vec<Node<'d>>,
    /// `allOf`; empty once it is merged.
    pub all_of: Vec<Node<'d>>,
    /// `oneOf` and `anyOf`.
    pub alternatives: Vec<Alternatives<'d>>,
    /// `discriminator`
    pub discriminator: Option<Rc<Discriminator>>,
    /// `x-sensitive`
    pub sensitive: bool,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `deprecated`
    pub deprecated: bool,
    /// `default`
    pub default: Option<&'d Value>,
    /// `example`, or the first of `examples`.
    pub example: Option<&'d Value>,
    /// `maximum`, where it is a whole number: `bounds` cannot represent all of them.
    pub maximum: Option<u64>,
    /// Lower and upper bounds.
    pub bounds: Bounds,
}

impl<'d> Schema<'d> {
    /// A schema without keywords.
    pub fn any(node: &Node<'d>) -> Self {
        Self {
            node: node.clone(),
            origin: node.origin.clone(),
            types_pointer: node.origin.clone(),
            ..Self::default()
        }
    }

    /// Reads the keywords of a schema of a normalized document.
    ///
    /// # Errors
    ///
    /// Where it is not an object, or its discriminator is malformed.
    pub fn of(node: &Node<'d>) -> Result<Self, Diagnostic> {
        let Value::Object(members) = node.value else {
            return Err(Diagnostic::error(
                &node.origin,
                "a schema must be an object",
            ));
        };
        let enumeration = enumeration(members);
        let values = || enumeration.iter().flatten();
        let lists_null = values().any(|value| value.is_null());
        let is_only_null = lists_null && values().all(|value| value.is_null());
        let mut schema = Self {
            reference: node.reference(),
            title: node.text("title"),
            description: node.text("description"),
            types: types(member(members, "type"), is_only_null),
            nullable: node.flag("nullable") || lists_null,
            format: node.text("format"),
            content_schema: content_schema(node),
            enumeration: without_null(enumeration).filter(|_| !is_only_null),
            properties: map(node, "properties")
                .map(|(name, schema)| (name, vec![schema]))
                .collect(),
            required: required(members),
            additional: additional(node),
            patterns: map(node, "patternProperties")
                .map(|(_, schema)| schema)
                .collect(),
            items: node.get("items").into_iter().collect(),
            prefix_items: nodes(node, "prefixItems"),
            all_of: nodes(node, "allOf"),
            discriminator: discriminator(node, members)?.map(Rc::new),
            sensitive: node.flag(X_SENSITIVE),
            read_only: node.flag("readOnly"),
            write_only: node.flag("writeOnly"),
            deprecated: node.flag("deprecated"),
            default: member(members, "default"),
            example: member(members, "example").or_else(|| member(members, "examples")?.get(0)),
            maximum: member(members, "maximum").and_then(Value::as_u64),
            bounds: Bounds::of(node),
            ..Self::any(node)
        };
        for key in ["oneOf", "anyOf"] {
            schema.add_alternatives(key);
        }
        Ok(schema)
    }

    /// Reads `oneOf` or `anyOf`. A union of null and one other member is that member, or null.
    fn add_alternatives(&mut self, key: &str) {
        let mut members = nodes(&self.node, key);
        let count = members.len();
        members.retain(|member| !is_null(member));
        self.nullable |= members.len() < count;
        if members.len() == 1 && count > 1 && self.discriminator.is_none() {
            self.all_of.append(&mut members);
        } else if !members.is_empty() {
            self.alternatives.push(Alternatives {
                pointer: self.origin.child(key),
                members: members.into(),
                discriminator: self.discriminator.clone(),
                default_mapping: self.default_mapping(),
            });
        }
    }

    /// `defaultMapping` of the discriminator.
    pub fn default_mapping(&self) -> Option<&'d str> {
        self.node.get("discriminator")?.text("defaultMapping")
    }

    /// A member whose name begins with `x-`.
    pub fn extension(&self, key: &str) -> Option<&'d Value> {
        self.node.extension(key)
    }
}

/// A schema whose only value is null, as normalization writes it.
fn is_null(node: &Node<'_>) -> bool {
    node.value.get("type").is_some_and(|ty| ty == "null")
}

fn discriminator(
    node: &Node<'_>,
    members: &Map<String, Value>,
) -> Result<Option<Discriminator>, Diagnostic> {
    // Next to a `$ref`, that of the target is used.
    let declared = member(members, "discriminator").filter(|_| node.reference().is_none());
    let read = declared.map(Discriminator::deserialize).transpose();
    read.map_err(|error| {
        let message = format!(
            "malformed `discriminator`: {}",
            sanitize(&error.to_string())
        );
        Diagnostic::error(&node.origin, message)
    })
}

fn enumeration(members: &Map<String, Value>) -> Option<Vec<&Value>> {
    match (member(members, "const"), member(members, "enum")) {
        (Some(value), _) => Some(vec![value]),
        (None, Some(Value::Array(values))) => Some(values.iter().collect()),
        _ => None,
    }
}

fn without_null(values: Option<Vec<&Value>>) -> Option<Vec<&Value>> {
    let mut values = values?;
    values.retain(|value| !value.is_null());
    Some(values)
}

fn nodes<'d>(node: &Node<'d>, key: &str) -> Vec<Node<'d>> {
    let list = node.get(key);
    list.map(|list| list.elements().collect())
        .unwrap_or_default()
}

fn map<'d>(node: &Node<'d>, key: &str) -> impl Iterator<Item = (&'d str, Node<'d>)> {
    node.get(key).into_iter().flat_map(|map| map.members())
}

fn content_schema<'d>(node: &Node<'d>) -> Option<Node<'d>> {
    let media_type = node.text("contentMediaType")?.split(';').next()?;
    let media_type = media_type.trim().to_ascii_lowercase();
    let is_json = ["application/json", "text/json"].contains(&media_type.as_str())
        || media_type.ends_with("+json");
    is_json.then(|| node.get("contentSchema")).flatten()
}

fn required(members: &Map<String, Value>) -> Vec<&str> {
    let names = member(members, "required").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

fn additional<'d>(node: &Node<'d>) -> AdditionalProperties<'d> {
    let keys = ["additionalProperties", "unevaluatedProperties"];
    let Some(member) = keys.into_iter().find_map(|key| node.get(key)) else {
        return AdditionalProperties::Unspecified;
    };
    match member.value {
        Value::Bool(false) => AdditionalProperties::None,
        Value::Object(schema) if !schema.is_empty() => AdditionalProperties::Schemas(vec![member]),
        _ => AdditionalProperties::Any,
    }
}

fn types(value: Option<&Value>, is_only_null: bool) -> Vec<SchemaType> {
    let one = |value: &Value| SchemaType::of_name(value.as_str()?);
    match value {
        _ if is_only_null => vec![SchemaType::Null],
        Some(Value::Array(values)) => values.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}
