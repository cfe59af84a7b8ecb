//! Whether a value is one that a schema describes, as far as that is certain.

use serde_json::{Map, Number, Value};

use crate::SchemaType;
use crate::diagnostics::sanitize;
use crate::path::escape;

/// How many schemas may be looked at for one value without going into it: references and unions
/// can be as long and as wide as the document.
const MOST_STEPS: usize = 1_000;

/// How deep they may be nested in each other.
const DEEPEST: usize = 100;

/// A value that a schema does not describe.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    /// Where in the value, as a JSON pointer.
    pub(super) at: String,
    /// What it is, as a clause: `is not of the schema's type`.
    pub(super) is: String,
    /// Whether the type is wrong; else it is a value of the right type that the schema rules out.
    pub(super) of_type: bool,
}

impl Misfit {
    fn of_type(is: &str) -> Option<Self> {
        Some(Self {
            at: String::new(),
            is: is.to_owned(),
            of_type: true,
        })
    }

    fn of_value(is: String) -> Option<Self> {
        Some(Self {
            at: String::new(),
            is,
            of_type: false,
        })
    }

    fn below(mut self, key: &str) -> Self {
        let mut at = String::from("/");
        escape(key, &mut at);
        self.at.insert_str(0, &at);
        self
    }
}

/// Looks for what a schema rules out in a value. What is not certain is no misfit.
pub(super) fn misfit(tree: &Value, value: &Value, schema: &Value) -> Option<Misfit> {
    let mut look = Look {
        tree,
        steps: MOST_STEPS,
    };
    look.misfit(value, schema, 0)
}

struct Look<'d> {
    tree: &'d Value,
    steps: usize,
}

impl Look<'_> {
    fn misfit(&mut self, value: &Value, schema: &Value, depth: usize) -> Option<Misfit> {
        let schema = schema.as_object()?;
        self.steps = self.steps.checked_sub(1)?;
        if depth > DEEPEST || (value.is_null() && takes_null(schema)) {
            return None;
        }
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.tree.pointer(target.strip_prefix('#')?)?;
            return self.misfit(value, target, depth + 1);
        }
        if !is_of_type(value, schema.get("type")) {
            return Misfit::of_type("is not of the schema's type");
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
    ) -> Option<Misfit> {
        match value {
            Value::Array(elements) => {
                let first = schema.get("prefixItems").and_then(Value::as_array);
                let rest = schema.get("items");
                elements.iter().enumerate().find_map(|(index, element)| {
                    let own = first.and_then(|first| first.get(index)).or(rest)?;
                    let misfit = self.misfit(element, own, depth + 1)?;
                    Some(misfit.below(&index.to_string()))
                })
            }
            Value::Object(members) => {
                let properties = schema.get("properties");
                let further = schema.get("additionalProperties");
                // A name that a pattern matches has that pattern's schema.
                let further = further.filter(|_| !schema.contains_key("patternProperties"));
                members.iter().find_map(|(key, member)| {
                    let own = properties.and_then(|all| all.get(key)).or(further)?;
                    Some(self.misfit(member, own, depth + 1)?.below(key))
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
    ) -> Option<Misfit> {
        let list = |key: &str| schema.get(key).and_then(Value::as_array);
        for member in list("allOf").into_iter().flatten() {
            if let Some(misfit) = self.misfit(value, member, depth + 1) {
                return Some(misfit);
            }
        }
        for key in ["oneOf", "anyOf"] {
            let Some(members) = list(key).filter(|members| !members.is_empty()) else {
                continue;
            };
            let misfits: Vec<Misfit> = members
                .iter()
                .map_while(|member| self.misfit(value, member, depth + 1))
                .collect();
            if misfits.len() == members.len() {
                return Some(Misfit {
                    at: String::new(),
                    is: format!("fits none of the schemas under `{key}`"),
                    of_type: misfits.iter().all(|misfit| misfit.of_type),
                });
            }
        }
        None
    }
}

/// Whether null is a value, whatever else the schema says.
fn takes_null(schema: &Map<String, Value>) -> bool {
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

/// What a value of another type obviously means as one of this `type`: YAML makes numbers and
/// flags of texts that are not quoted.
pub(super) fn read_as(value: &Value, ty: Option<&Value>) -> Option<Value> {
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
fn by_value(value: &Value, schema: &Map<String, Value>) -> Option<Misfit> {
    if let Some(only) = schema.get("const")
        && !same(value, only)
    {
        let is = format!("is not the `const`, `{}`", sanitize(&only.to_string()));
        return Misfit::of_value(is);
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array)
        && !values.is_empty()
        && !values.iter().any(|known| same(value, known))
    {
        return Misfit::of_value("is not among the values of `enum`".to_owned());
    }
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let exclusive = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let (measure, least, most) = match value {
        Value::Number(number) => (number.as_f64()?, "minimum", "maximum"),
        Value::String(text) => (text.chars().count() as f64, "minLength", "maxLength"),
        Value::Array(elements) => (elements.len() as f64, "minItems", "maxItems"),
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
        (true, _) => Misfit::of_value(format!("is less than `{least}` allows")),
        (_, true) => Misfit::of_value(format!("is more than `{most}` allows")),
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
