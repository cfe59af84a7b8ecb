//! Whether a value conforms to a schema, as far as that is certain.

use serde_json::{Map, Number, Value};

use crate::bounds::BOUNDS;
use crate::diagnostics::sanitize;
use crate::pointer::child;
use crate::schema::SchemaType;

/// The most schemas checked for one value: references and unions can be as long and as wide as the
/// document.
const MOST_STEPS: usize = 1_000;

/// Their deepest nesting.
const DEEPEST: usize = 100;

/// Why a value does not conform to a schema.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// The JSON pointer into the value.
    pub(super) at: String,
    /// A clause: `is not of the schema's type`.
    pub(super) clause: String,
}

impl Mismatch {
    fn new(clause: impl Into<String>) -> Option<Self> {
        Some(Self {
            at: String::new(),
            clause: clause.into(),
        })
    }

    fn below(mut self, key: &str) -> Self {
        self.at.insert_str(0, &child("", key));
        self
    }
}

/// Why a value does not conform to a schema. Inconclusive checks pass.
pub(super) fn mismatch(tree: &Value, value: &Value, schema: &Value) -> Option<Mismatch> {
    let mut check = Check {
        tree,
        steps: MOST_STEPS,
    };
    check.mismatch(value, schema, 0)
}

struct Check<'d> {
    tree: &'d Value,
    steps: usize,
}

impl Check<'_> {
    fn mismatch(&mut self, value: &Value, schema: &Value, depth: usize) -> Option<Mismatch> {
        let schema = schema.as_object()?;
        self.steps = self.steps.checked_sub(1)?;
        if depth > DEEPEST || (value.is_null() && accepts_null(schema)) {
            return None;
        }
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.tree.pointer(target.strip_prefix('#')?)?;
            return self.mismatch(value, target, depth + 1);
        }
        if !is_of_type(value, schema.get("type")) {
            return Mismatch::new("is not of the schema's type");
        }
        by_value(value, schema)
            .or_else(|| self.inside(value, schema, depth))
            .or_else(|| self.combined(value, schema, depth))
    }

    /// The elements and members of the value.
    fn inside(
        &mut self,
        value: &Value,
        schema: &Map<String, Value>,
        depth: usize,
    ) -> Option<Mismatch> {
        match value {
            Value::Array(elements) => {
                let first = schema.get("prefixItems").and_then(Value::as_array);
                let rest = schema.get("items");
                elements.iter().enumerate().find_map(|(index, element)| {
                    let own = first.and_then(|first| first.get(index)).or(rest)?;
                    let mismatch = self.mismatch(element, own, depth + 1)?;
                    Some(mismatch.below(&index.to_string()))
                })
            }
            Value::Object(members) => {
                let properties = schema.get("properties");
                let additional = schema.get("additionalProperties");
                // A name that a pattern matches has that pattern's schema.
                let additional = additional.filter(|_| !schema.contains_key("patternProperties"));
                members.iter().find_map(|(key, member)| {
                    let own = properties.and_then(|all| all.get(key)).or(additional)?;
                    Some(self.mismatch(member, own, depth + 1)?.below(key))
                })
            }
            _ => None,
        }
    }

    /// `allOf`, `anyOf` and `oneOf`.
    fn combined(
        &mut self,
        value: &Value,
        schema: &Map<String, Value>,
        depth: usize,
    ) -> Option<Mismatch> {
        let list = |key: &str| schema.get(key).and_then(Value::as_array);
        for member in list("allOf").into_iter().flatten() {
            if let Some(mismatch) = self.mismatch(value, member, depth + 1) {
                return Some(mismatch);
            }
        }
        for key in ["oneOf", "anyOf"] {
            let Some(members) = list(key).filter(|members| !members.is_empty()) else {
                continue;
            };
            let mismatches: Vec<Mismatch> = members
                .iter()
                .map_while(|member| self.mismatch(value, member, depth + 1))
                .collect();
            if mismatches.len() == members.len() {
                return Mismatch::new(format!("conforms to none of the schemas of `{key}`"));
            }
        }
        None
    }
}

/// Whether null conforms, whatever the other keywords.
fn accepts_null(schema: &Map<String, Value>) -> bool {
    let listed = |values: &Vec<Value>| values.contains(&Value::Null);
    schema.get("nullable") == Some(&Value::Bool(true))
        || schema
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(listed)
}

/// Whether a value is of a `type`, or of one of several.
pub(super) fn is_of_type(value: &Value, types: Option<&Value>) -> bool {
    let one = |name: &str| SchemaType::of_name(name).is_none_or(|ty| ty.holds(value));
    match types {
        Some(Value::String(ty)) => one(ty),
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).any(one),
        _ => true,
    }
}

/// A value of another type as one of this `type`: YAML reads unquoted text as numbers and flags.
pub(super) fn converted(value: &Value, ty: Option<&Value>) -> Option<Value> {
    match (ty?.as_str()?, value) {
        ("string", Value::Number(number)) => Some(number.to_string().into()),
        ("string", Value::Bool(flag)) => Some(flag.to_string().into()),
        ("boolean", Value::String(text)) => text.parse().ok().map(Value::Bool),
        ("integer" | "number", Value::String(text)) => {
            let number: Value = serde_json::from_str::<Number>(text).ok()?.into();
            is_of_type(&number, ty).then_some(number)
        }
        _ => None,
    }
}

/// `const`, `enum` and the bounds of numbers, texts and lists.
fn by_value(value: &Value, schema: &Map<String, Value>) -> Option<Mismatch> {
    if let Some(only) = schema.get("const")
        && !same(value, only)
    {
        let only = sanitize(&only.to_string());
        return Mismatch::new(format!("is not the `const`, `{only}`"));
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array)
        && !values.is_empty()
        && !values.iter().any(|known| same(value, known))
    {
        return Mismatch::new("is not among the values of `enum`");
    }
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let exclusive = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let [numbers, lengths, items, _] = BOUNDS;
    let (measure, (least, most)) = match value {
        Value::Number(number) => (number.as_f64()?, numbers),
        Value::String(text) => (text.chars().count() as f64, lengths),
        Value::Array(elements) => (elements.len() as f64, items),
        _ => return None,
    };
    let is_number = value.is_number();
    let below = bound(least).is_some_and(|least| {
        measure < least || (is_number && measure == least && exclusive("exclusiveMinimum"))
    });
    let above = bound(most).is_some_and(|most| {
        measure > most || (is_number && measure == most && exclusive("exclusiveMaximum"))
    });
    match (below, above) {
        (true, _) => Mismatch::new(format!("is less than `{least}` allows")),
        (_, true) => Mismatch::new(format!("is more than `{most}` allows")),
        _ => None,
    }
}

/// Whether two values are equal as JSON Schema sees it: `1` is `1.0`.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left == right || (left.as_f64() == right.as_f64() && left.is_f64() != right.is_f64())
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        _ => left == right,
    }
}
