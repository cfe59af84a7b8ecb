//! One schema as its keywords: whatever its kind, and whichever version of the standard it was
//! written for.

use std::collections::HashSet;

use openapiv3::Discriminator;
use serde::Deserialize;
use serde_json::{Map, Number, Value};

use crate::diagnostics::{Diagnostic, sanitize};
use crate::node::{Node, member};
use crate::pointer::SpecPointer;

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
#[derive(Debug, Clone)]
pub enum AdditionalProperties<'d> {
    /// The keyword is absent.
    Unspecified,
    /// `true`, or a schema that any value conforms to.
    Any,
    /// `false`
    None,
    /// Values of this schema.
    Schema(Node<'d>),
}

/// The keywords of one schema. A `$ref` is not followed.
#[derive(Debug, Clone)]
pub struct Schema<'d> {
    /// The schema itself.
    pub node: Node<'d>,
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
    /// Whether null conforms, in whichever way the document declares it.
    pub nullable: bool,
    /// `format`, or the one that 3.1's `contentEncoding` and `contentMediaType` mean.
    pub format: Option<&'d str>,
    /// `enum` without null; `const` as the only value.
    pub enumeration: Option<Vec<&'d Value>>,
    /// `properties`, in the document's order.
    pub properties: Vec<(&'d str, Node<'d>)>,
    /// `required`, each name once.
    pub required: Vec<&'d str>,
    /// `additionalProperties`, or `unevaluatedProperties` where the former is absent.
    pub additional_properties: AdditionalProperties<'d>,
    /// `patternProperties`
    pub pattern_properties: Vec<(&'d str, Node<'d>)>,
    /// `items`
    pub items: Option<Node<'d>>,
    /// `prefixItems`
    pub prefix_items: Vec<Node<'d>>,
    /// `allOf`
    pub all_of: Vec<Node<'d>>,
    /// `oneOf` without null members.
    pub one_of: Vec<Node<'d>>,
    /// `anyOf` without null members.
    pub any_of: Vec<Node<'d>>,
    /// `discriminator`
    pub discriminator: Option<Discriminator>,
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
    /// `maximum`
    pub maximum: Option<Number>,
}

impl<'d> Schema<'d> {
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
        let (one_of, any_of) = (nodes(node, "oneOf"), nodes(node, "anyOf"));
        let has_null_member = one_of.iter().chain(&any_of).any(is_null);
        let mut schema = Self {
            node: node.clone(),
            reference: node.reference(),
            title: node.text("title"),
            description: node.text("description"),
            types: types(member(members, "type"), is_only_null),
            nullable: node.flag("nullable") || lists_null || has_null_member,
            format: node.text("format"),
            enumeration: without_null(enumeration).filter(|_| !is_only_null),
            properties: map(node, "properties"),
            required: required(members),
            additional_properties: additional(node),
            pattern_properties: map(node, "patternProperties"),
            items: node.get("items"),
            prefix_items: nodes(node, "prefixItems"),
            all_of: nodes(node, "allOf"),
            one_of,
            any_of,
            discriminator: discriminator(node, members)?,
            read_only: node.flag("readOnly"),
            write_only: node.flag("writeOnly"),
            deprecated: node.flag("deprecated"),
            default: member(members, "default"),
            example: member(members, "example").or_else(|| member(members, "examples")?.get(0)),
            maximum: member(members, "maximum")
                .and_then(Value::as_number)
                .cloned(),
        };
        schema.drop_null_members();
        Ok(schema)
    }

    /// The schema's location.
    pub fn origin(&self) -> &SpecPointer {
        &self.node.origin
    }

    /// A member whose name begins with `x-`.
    pub fn extension(&self, key: &str) -> Option<&'d Value> {
        self.node.extension(key)
    }

    /// Removes null from unions. A union with null of one other member is that member, or null.
    fn drop_null_members(&mut self) {
        for members in [&mut self.one_of, &mut self.any_of] {
            let count = members.len();
            members.retain(|member| !is_null(member));
            if members.len() == 1 && count > 1 && self.discriminator.is_none() {
                self.all_of.append(members);
            }
        }
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
    // Beside a `$ref`, the target's own counts.
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

fn map<'d>(node: &Node<'d>, key: &str) -> Vec<(&'d str, Node<'d>)> {
    let map = node.get(key);
    map.map(|map| map.members().collect()).unwrap_or_default()
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
        Value::Object(schema) if !schema.is_empty() => AdditionalProperties::Schema(member),
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
