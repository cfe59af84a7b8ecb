use std::rc::Rc;

use foldhash::HashSet;
use serde_json::Value as Json;

use super::flat::Flat;
use super::{Content, Schemas, Use, unions};
use sdk_model::names::{Claim, Kind, Scope};
use sdk_model::{Constant, EnumValue, Name, SpecPointer, Type};
use sdk_openapi::SchemaType;

/// A value of an enum to be.
#[derive(Debug, Clone)]
pub(super) struct Value<'d> {
    /// The value on the wire.
    pub(super) wire: String,
    /// A better name, where the document has one.
    pub(super) called: Option<&'d str>,
    /// Documentation.
    pub(super) docs: String,
}

impl<'d> Schemas<'d, '_> {
    /// The type of a schema with `enum` or `const`.
    pub(super) fn enumerated(
        &mut self,
        place: &SpecPointer,
        flat: &Rc<Flat<'d>>,
        values: &[&'d Json],
    ) -> Type {
        let says = |ty| flat.types.contains(&ty);
        if flat.types == [SchemaType::Boolean] && !values.iter().all(|value| value.is_boolean()) {
            return Type::Bool;
        }
        match values {
            [] => return Type::Json,
            [Json::Array(_) | Json::Object(_)] => return self.loose(place, flat),
            [only] => return Type::Constant(Constant((*only).clone())),
            _ => {}
        }
        if values.iter().all(|value| value.is_boolean()) {
            return Type::Bool;
        }
        let text_only = flat.types == [SchemaType::String];
        if text_only || values.iter().all(|value| value.is_string()) {
            return self.named(place, flat, Content::Strings(texts(values, flat)));
        }
        if values.iter().all(|value| value.is_i64()) {
            return self.named(place, flat, Content::Integers(texts(values, flat)));
        }
        if values.iter().all(|value| value.is_number()) {
            return if says(SchemaType::Integer) {
                Type::I64
            } else {
                Type::F64
            };
        }
        if values
            .iter()
            .any(|value| value.is_object() || value.is_array())
        {
            return self.loose(place, flat);
        }
        let members = mixed(values)
            .into_iter()
            .map(unions::Member::Values)
            .collect();
        self.named(place, flat, Content::Union(members))
    }

    /// An enum of lists or objects: what the rest of the schema says.
    fn loose(&mut self, place: &SpecPointer, flat: &Rc<Flat<'d>>) -> Type {
        let rest = Flat {
            enumeration: None,
            ..(**flat).clone()
        };
        self.use_flat(place, &Rc::new(rest)).ty
    }

    /// A constant where it is one of several things: a set that may grow.
    pub(super) fn open_constant(&mut self, flat: &Rc<Flat<'d>>, constant: &Constant) -> Type {
        match &constant.0 {
            Json::String(_) => {
                let place = flat.origin.clone();
                let values = texts(&flat.enumeration.clone().unwrap_or_default(), flat);
                self.named(&place, flat, Content::Strings(values))
            }
            Json::Bool(_) => Type::Bool,
            Json::Number(number) if number.is_i64() => Type::I64,
            Json::Number(_) => Type::F64,
            _ => Type::Json,
        }
    }

    /// The use of one kind of a mixed enum's values.
    pub(super) fn use_of_values(
        &mut self,
        place: &SpecPointer,
        flat: &Rc<Flat<'d>>,
        values: &[&'d Json],
    ) -> Use {
        let all_text = values.iter().all(|value| value.is_string());
        let ty = if all_text {
            let part = Flat {
                enumeration: Some(values.to_vec()),
                types: vec![SchemaType::String],
                ..(**flat).clone()
            };
            self.named(place, &Rc::new(part), Content::Strings(texts(values, flat)))
        } else if values.iter().all(|value| value.is_boolean()) {
            Type::Bool
        } else if !values.iter().all(|value| value.is_i64()) {
            Type::F64
        } else if values.len() == 1 {
            Type::I64
        } else {
            let part = Flat {
                enumeration: Some(values.to_vec()),
                types: vec![SchemaType::Integer],
                ..(**flat).clone()
            };
            let content = Content::Integers(texts(values, flat));
            self.named(place, &Rc::new(part), content)
        };
        Use::of(ty)
    }
}

/// The values of a mixed enum, kind by kind.
fn mixed<'d>(values: &[&'d Json]) -> Vec<Vec<&'d Json>> {
    let kinds: [fn(&Json) -> bool; 3] = [Json::is_string, Json::is_number, Json::is_boolean];
    kinds
        .into_iter()
        .map(|kind| values.iter().copied().filter(|value| kind(value)).collect())
        .filter(|group: &Vec<_>| !group.is_empty())
        .collect()
}

/// The values as text, with the names and docs that the document's extensions give them.
pub(super) fn texts<'d>(values: &[&'d Json], flat: &Flat<'d>) -> Vec<Value<'d>> {
    let called = listed(flat, &["x-enum-varnames", "x-enumNames", "x-enum-names"]);
    let docs = listed(flat, &["x-enum-descriptions", "x-enumDescriptions"]);
    let (mut found, mut seen) = (Vec::new(), HashSet::default());
    for (at, value) in values.iter().enumerate() {
        let wire = match value {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        if !seen.insert(wire.clone()) {
            continue;
        }
        let text = |list: Option<&'d Json>| match list {
            Some(Json::Array(list)) => list.get(at).and_then(Json::as_str),
            Some(Json::Object(by_value)) => by_value.get(&wire).and_then(Json::as_str),
            _ => None,
        };
        found.push(Value {
            called: text(called),
            docs: text(docs).unwrap_or_default().trim().to_owned(),
            wire,
        });
    }
    found
}

fn listed<'d>(flat: &Flat<'d>, keys: &[&str]) -> Option<&'d Json> {
    keys.iter().find_map(|key| flat.node.extension(key))
}

/// Names for values.
pub(super) fn named(values: &[Value<'_>]) -> Vec<EnumValue> {
    let mut scope = Scope::new(Kind::Variant).reserving(&["Unrecognized"], "value");
    let claims: Vec<_> = values
        .iter()
        .map(|value| Claim::of(value.called.unwrap_or(&value.wire)))
        .collect();
    scope
        .claim_all(&claims)
        .into_iter()
        .zip(values)
        .map(|(ident, value)| EnumValue {
            name: Name {
                wire: value.wire.clone(),
                ident,
            },
            docs: value.docs.clone(),
        })
        .collect()
}
