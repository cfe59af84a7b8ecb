use std::rc::Rc;

use serde_json::Value as Json;

use super::flat::{Additional, Flat};
use super::{Content, Schemas, Use, scalars, unions};
use sdk_model::{SpecPointer, Type};
use sdk_openapi::{Node, SchemaType};

/// How many elements a tuple may have: what the standard library's traits go up to.
const LONGEST_TUPLE: usize = 12;

impl<'d> Flat<'d> {
    /// What stands behind the elements that have schemas of their own; none where nothing is said,
    /// or where nothing may.
    fn rest(&self) -> Option<&[Node<'d>]> {
        let closed = |item: &Node<'_>| {
            item.value == &Json::Bool(false) || item.get("not").is_some_and(|not| is_empty(&not))
        };
        let tuple = !self.prefix_items.is_empty();
        let free = tuple && self.items.iter().all(is_empty);
        (!self.items.is_empty() && !free && !self.items.iter().any(closed)).then_some(&self.items)
    }

    /// How many of the elements that have schemas of their own must be there.
    fn required_items(&self) -> usize {
        let least = self
            .node
            .get("minItems")
            .and_then(|least| least.value.as_u64());
        let least = least.unwrap_or_default().try_into().unwrap_or(usize::MAX);
        self.prefix_items.len().min(least)
    }
}

/// Whether a schema says nothing.
fn is_empty(node: &Node<'_>) -> bool {
    match node.value {
        Json::Object(members) => members.is_empty(),
        other => other == &Json::Bool(true),
    }
}

impl<'d> Schemas<'d, '_> {
    /// The type of a merged schema that stands at `place`.
    pub(super) fn use_flat(&mut self, place: &SpecPointer, flat: &Rc<Flat<'d>>) -> Use {
        let found = if flat.sensitive && !flat.is_object() {
            Use::of(Type::Secret)
        } else if let Some(values) = flat.enumeration.clone() {
            Use::of(self.enumerated(place, flat, &values))
        } else if !flat.alternatives.is_empty() {
            self.alternatives(place, flat)
        } else if let Some(heirs) = self.heirs_of(flat) {
            Use::of(self.named(place, flat, Content::Union(heirs)))
        } else {
            Use::of(self.typed(place, flat))
        };
        found.or_null(flat.nullable)
    }

    fn typed(&mut self, place: &SpecPointer, flat: &Rc<Flat<'d>>) -> Type {
        match flat.types.as_slice() {
            [] => self.untyped(place, flat),
            [only] => self.of_type(place, flat, *only),
            [SchemaType::Integer, SchemaType::Number]
            | [SchemaType::Number, SchemaType::Integer] => Type::F64,
            several => {
                let members = several.iter().map(|ty| unions::Member::Kind(*ty)).collect();
                self.named(place, flat, Content::Union(members))
            }
        }
    }

    /// A schema without `type`: what its other keywords are about.
    fn untyped(&mut self, place: &SpecPointer, flat: &Rc<Flat<'d>>) -> Type {
        let object = !flat.properties.is_empty()
            || !flat.patterns.is_empty()
            || matches!(flat.additional, Additional::Schemas(_));
        if object {
            self.of_type(place, flat, SchemaType::Object)
        } else if !flat.items.is_empty() || !flat.prefix_items.is_empty() {
            self.of_type(place, flat, SchemaType::Array)
        } else if flat.format.is_some() {
            match scalars::scalar(self.config, SchemaType::String, flat) {
                Some(Type::String) | None => Type::Json,
                Some(told) => told,
            }
        } else {
            Type::Json
        }
    }

    /// The type of a schema of one `type`.
    pub(super) fn of_type(
        &mut self,
        place: &SpecPointer,
        flat: &Rc<Flat<'d>>,
        ty: SchemaType,
    ) -> Type {
        match ty {
            SchemaType::Object => self.object(place, flat),
            SchemaType::Array => self.list(place, flat),
            SchemaType::String if flat.content_schema.is_some() => self.contained(flat),
            _ => scalars::scalar(self.config, ty, flat).unwrap_or(Type::Json),
        }
    }

    /// The type of a string that contains JSON.
    fn contained(&mut self, flat: &Flat<'d>) -> Type {
        let Some(schema) = &flat.content_schema else {
            return Type::String;
        };
        let found = self.use_of(schema);
        let ty = match found.ty {
            ty if found.nullable && ty != Type::Json => Type::Nullable(Box::new(ty)),
            ty => ty,
        };
        Type::JsonText(Box::new(ty))
    }

    fn object(&mut self, place: &SpecPointer, flat: &Rc<Flat<'d>>) -> Type {
        if !flat.properties.is_empty() {
            return self.named(place, flat, Content::Struct);
        }
        if matches!(flat.additional, Additional::None) && flat.patterns.is_empty() {
            return self.named(place, flat, Content::Struct);
        }
        let value = self.further(place, flat).unwrap_or(Type::Json);
        Type::Map(Box::new(value))
    }

    /// The type of the members beyond the properties, where the schema allows any explicitly.
    pub(super) fn further(&mut self, place: &SpecPointer, flat: &Flat<'d>) -> Option<Type> {
        let mut found: Option<Type> = match &flat.additional {
            Additional::Schemas(parts) => {
                let parts = parts.clone();
                Some(self.element(&place.child("additionalProperties"), &parts))
            }
            Additional::Any => Some(Type::Json),
            Additional::Unspecified | Additional::None => None,
        };
        for pattern in &flat.patterns {
            let more = self.element(&pattern.origin, std::slice::from_ref(pattern));
            found = match found {
                None => Some(more),
                Some(same) if same == more => Some(same),
                Some(_) => Some(Type::Json),
            };
        }
        found
    }

    fn list(&mut self, place: &SpecPointer, flat: &Rc<Flat<'d>>) -> Type {
        let mut items: Vec<Type> = Vec::new();
        for item in &flat.prefix_items {
            items.push(self.element(&item.origin, std::slice::from_ref(item)));
        }
        let rest = flat.rest().map(<[_]>::to_vec);
        let rest = rest.map(|rest| self.element(&place.child("items"), &rest));
        let kinds: Vec<&Type> = items.iter().chain(&rest).collect();
        match kinds.split_first() {
            None => Type::List(Box::new(Type::Json)),
            Some((first, others)) if others.iter().all(|other| other == first) => {
                Type::List(Box::new((*first).clone()))
            }
            _ if rest.is_none() && items.len() <= LONGEST_TUPLE => {
                let required = flat.required_items();
                for item in items.iter_mut().skip(required) {
                    if !matches!(item, Type::Nullable(_) | Type::Json) {
                        let ty = std::mem::replace(item, Type::Json);
                        *item = Type::Nullable(Box::new(ty));
                    }
                }
                Type::Tuple { items, required }
            }
            _ => {
                self.omit(
                    format!("the types of the elements at {place}"),
                    "a list of no fixed length, of several types, is a list of JSON values"
                        .to_owned(),
                    place,
                );
                Type::List(Box::new(Type::Json))
            }
        }
    }

    /// The type of what stands inside a list, a map or a union, where null needs a type of its
    /// own and a constant is a set that may grow.
    pub(super) fn element(&mut self, place: &SpecPointer, parts: &[Node<'d>]) -> Type {
        let found = self.use_of_parts(place, parts);
        let ty = match found.ty {
            Type::Constant(constant) => {
                let Some(first) = parts.first() else {
                    return Type::Json;
                };
                let flat = self.flat(first);
                self.open_constant(&flat, &constant)
            }
            other => other,
        };
        if found.nullable && ty != Type::Json {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        }
    }
}
