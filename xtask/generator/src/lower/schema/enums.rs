use std::rc::Rc;

use foldhash::HashSet;
use serde_json::Value as Json;

use super::{PendingShape, ResolvedType, Schemas, unions};
use crate::extensions::EnumTexts;
use crate::reserved;
use sdk_model::names::{Claim, Kind, Scope};
use sdk_model::{Constant, EnumValue, Name, SpecPointer, Type};
use sdk_openapi::{Schema, SchemaType};

/// A value of an enum, before it has an identifier.
#[derive(Debug, Clone)]
pub(super) struct Value<'d> {
    pub(super) wire: String,
    /// The name that an extension declares.
    pub(super) name: Option<&'d str>,
    pub(super) docs: String,
}

impl<'d> Schemas<'d, '_> {
    /// The type of a schema with `enum` or `const`.
    pub(super) fn enumerated(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
        values: &[&'d Json],
    ) -> Type {
        let declares = |ty| merged.types.contains(&ty);
        if merged.types == [SchemaType::Boolean] && !values.iter().all(|value| value.is_boolean()) {
            return Type::Bool;
        }
        match values {
            [] => return Type::Json,
            [Json::Array(_) | Json::Object(_)] => return self.untyped_enum(pointer, merged),
            [only] => return Type::Constant(Constant((*only).clone())),
            _ => {}
        }
        if values.iter().all(|value| value.is_boolean()) {
            return Type::Bool;
        }
        let text_only = merged.types == [SchemaType::String];
        if text_only || values.iter().all(|value| value.is_string()) {
            return self.queue_type(
                pointer,
                merged,
                PendingShape::Strings(texts(values, merged)),
            );
        }
        if values.iter().all(|value| value.is_i64()) {
            return self.queue_type(
                pointer,
                merged,
                PendingShape::Integers(texts(values, merged)),
            );
        }
        if values.iter().all(|value| value.is_number()) {
            return if declares(SchemaType::Integer) {
                Type::I64
            } else {
                Type::F64
            };
        }
        if values
            .iter()
            .any(|value| value.is_object() || value.is_array())
        {
            return self.untyped_enum(pointer, merged);
        }
        let members = mixed(values)
            .into_iter()
            .map(unions::Alternative::Values)
            .collect();
        self.queue_type(pointer, merged, PendingShape::Union(members))
    }

    /// The type of an enum of arrays or objects: that of the schema without its `enum`.
    fn untyped_enum(&mut self, pointer: &SpecPointer, merged: &Rc<Schema<'d>>) -> Type {
        let rest = Schema {
            enumeration: None,
            ..(**merged).clone()
        };
        self.resolve_merged(pointer, &Rc::new(rest)).ty
    }

    /// The type of a constant inside an array, a map or a union: an enum that may grow.
    pub(super) fn open_constant(&mut self, merged: &Rc<Schema<'d>>, constant: &Constant) -> Type {
        match &constant.0 {
            Json::String(_) => {
                let pointer = merged.origin.clone();
                let values = texts(&merged.enumeration.clone().unwrap_or_default(), merged);
                self.queue_type(&pointer, merged, PendingShape::Strings(values))
            }
            Json::Bool(_) => Type::Bool,
            Json::Number(number) if number.is_i64() => Type::I64,
            Json::Number(_) => Type::F64,
            _ => Type::Json,
        }
    }

    /// The type of those values of a mixed enum that share a JSON type.
    pub(super) fn resolve_values(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
        values: &[&'d Json],
    ) -> ResolvedType {
        let all_text = values.iter().all(|value| value.is_string());
        let ty = if all_text {
            let part = Schema {
                enumeration: Some(values.to_vec()),
                types: vec![SchemaType::String],
                ..(**merged).clone()
            };
            self.queue_type(
                pointer,
                &Rc::new(part),
                PendingShape::Strings(texts(values, merged)),
            )
        } else if values.iter().all(|value| value.is_boolean()) {
            Type::Bool
        } else if !values.iter().all(|value| value.is_i64()) {
            Type::F64
        } else if values.len() == 1 {
            Type::I64
        } else {
            let part = Schema {
                enumeration: Some(values.to_vec()),
                types: vec![SchemaType::Integer],
                ..(**merged).clone()
            };
            let content = PendingShape::Integers(texts(values, merged));
            self.queue_type(pointer, &Rc::new(part), content)
        };
        ResolvedType::of(ty)
    }
}

/// The values of a mixed enum by JSON type.
fn mixed<'d>(values: &[&'d Json]) -> Vec<Vec<&'d Json>> {
    let kinds: [fn(&Json) -> bool; 3] = [Json::is_string, Json::is_number, Json::is_boolean];
    kinds
        .into_iter()
        .map(|kind| values.iter().copied().filter(|value| kind(value)).collect())
        .filter(|group: &Vec<_>| !group.is_empty())
        .collect()
}

/// The values as text, with their names and descriptions from extensions.
pub(super) fn texts<'d>(values: &[&'d Json], merged: &Schema<'d>) -> Vec<Value<'d>> {
    let names = EnumTexts::names(&merged.node);
    let descriptions = EnumTexts::descriptions(&merged.node);
    let (mut found, mut seen) = (Vec::new(), HashSet::default());
    for (at, value) in values.iter().enumerate() {
        let wire = match value {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        if !seen.insert(wire.clone()) {
            continue;
        }
        found.push(Value {
            name: names.get(at, &wire),
            docs: descriptions
                .get(at, &wire)
                .unwrap_or_default()
                .trim()
                .to_owned(),
            wire,
        });
    }
    found
}

pub(super) fn name_values(values: &[Value<'_>]) -> Vec<EnumValue> {
    let mut scope = Scope::new(Kind::Variant).reserving(&reserved::VARIANTS, "value");
    let claims: Vec<_> = values
        .iter()
        .map(|value| Claim::of(value.name.unwrap_or(&value.wire)))
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
