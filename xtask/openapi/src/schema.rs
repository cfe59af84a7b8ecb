use serde_json::{Number, Value};

use super::Node;
use crate::SpecPointer;

/// A primitive type of JSON Schema. `null` is told by [`Schema::nullable`].
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
    /// `null` alone: the only value is null.
    Null,
}

impl SchemaType {
    /// The type of a name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
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

/// What an object may hold beyond its properties.
#[derive(Debug, Clone)]
pub enum AdditionalProperties<'d> {
    /// The keyword is not there.
    Unspecified,
    /// `true`, or a schema that takes anything.
    Any,
    /// `false`
    None,
    /// Values of this schema.
    Schema(Node<'d>),
}

/// The flattened view of one schema: every keyword that matters here, whatever the schema's kind
/// and whichever version of the standard it was written for. A `$ref` is not followed.
#[derive(Debug, Clone)]
pub struct Schema<'d> {
    /// The schema itself.
    pub node: Node<'d>,
    /// The target of `$ref`. Siblings with a meaning have been lifted to `allOf`, so beside it
    /// stand only `title`, `description`, `deprecated`, `default`, `readOnly`, `writeOnly`,
    /// `nullable` (3.1 unions with null) and extensions.
    pub reference: Option<SpecPointer>,
    /// `title`
    pub title: Option<&'d str>,
    /// `description`
    pub description: Option<&'d str>,
    /// `type`: none where it is not given, several where 3.1 gives several.
    pub types: Vec<SchemaType>,
    /// Whether null is a value too, in whichever way the document says so.
    pub nullable: bool,
    /// `format`, and what 3.1 says by `contentEncoding` and `contentMediaType`.
    pub format: Option<&'d str>,
    /// `enum` without null; `const` as the only value.
    pub enumeration: Option<Vec<&'d Value>>,
    /// Whether the enumeration was a `const`.
    pub is_const: bool,
    /// `properties`, in the document's order.
    pub properties: Vec<(&'d str, Node<'d>)>,
    /// `required`, each name once.
    pub required: Vec<&'d str>,
    /// `additionalProperties`, and `unevaluatedProperties` where the former is not there.
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
    /// `not`
    pub not: Option<Node<'d>>,
    /// `discriminator`
    pub discriminator: Option<openapiv3::Discriminator>,
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
    /// `minimum`
    pub minimum: Option<Number>,
    /// `maximum`
    pub maximum: Option<Number>,
    /// Whether `minimum` itself is out.
    pub exclusive_minimum: bool,
    /// Whether `maximum` itself is out.
    pub exclusive_maximum: bool,
    /// `minLength`, `minItems` or `minProperties`, whichever the type goes with.
    pub min_length: Option<usize>,
    /// `maxLength`, `maxItems` or `maxProperties`, whichever the type goes with.
    pub max_length: Option<usize>,
    /// `pattern`
    pub pattern: Option<&'d str>,
    /// `uniqueItems`
    pub unique_items: bool,
}

impl<'d> Schema<'d> {
    /// Where the schema stands.
    pub fn origin(&self) -> &SpecPointer {
        &self.node.origin
    }

    /// A member whose name begins with `x-`.
    pub fn extension(&self, key: &str) -> Option<&'d Value> {
        self.node.extension(key)
    }

    /// Whether nothing is said about the value: `{}`, or docs alone.
    pub fn is_any(&self) -> bool {
        self.reference.is_none()
            && self.types.is_empty()
            && self.enumeration.is_none()
            && self.properties.is_empty()
            && self.pattern_properties.is_empty()
            && self.required.is_empty()
            && matches!(
                self.additional_properties,
                AdditionalProperties::Unspecified
            )
            && self.items.is_none()
            && self.prefix_items.is_empty()
            && self.all_of.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
    }
}
