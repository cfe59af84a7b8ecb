use std::rc::Rc;

use super::{PendingShape, ResolvedType, Schemas, scalars, unions};
use sdk_model::{SpecPointer, Type};
use sdk_openapi::diagnostics::Diagnostic;
use sdk_openapi::{AdditionalProperties, Node, Schema, SchemaType};

/// The standard library implements its traits for tuples up to this length.
const LONGEST_TUPLE: usize = 12;

impl<'d> Schemas<'d, '_> {
    /// The type of a merged schema at `pointer`.
    pub(super) fn resolve_merged(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
    ) -> ResolvedType {
        if merged.sensitive && merged.is_object() {
            let problem = Diagnostic::warning(pointer, "x-sensitive has no effect on an object");
            self.report(problem.help("mark the properties that are secrets"));
        }
        let found = if merged.sensitive && !merged.is_object() {
            ResolvedType::of(Type::Secret)
        } else if let Some(values) = merged.enumeration.clone() {
            ResolvedType::of(self.enumerated(pointer, merged, &values))
        } else if !merged.alternatives.is_empty() {
            self.alternatives(pointer, merged)
        } else if let Some(subtypes) = self.namer.reader.subtypes_of(merged) {
            ResolvedType::of(self.queue_type(pointer, merged, PendingShape::Union(subtypes)))
        } else {
            ResolvedType::of(self.typed(pointer, merged))
        };
        found.or_null(merged.nullable)
    }

    fn typed(&mut self, pointer: &SpecPointer, merged: &Rc<Schema<'d>>) -> Type {
        match merged.types.as_slice() {
            [] => self.untyped(pointer, merged),
            [only] => self.of_type(pointer, merged, *only),
            [SchemaType::Integer, SchemaType::Number]
            | [SchemaType::Number, SchemaType::Integer] => Type::F64,
            several => {
                let members = several
                    .iter()
                    .map(|ty| unions::Alternative::Type(*ty))
                    .collect();
                self.queue_type(pointer, merged, PendingShape::Union(members))
            }
        }
    }

    /// The type of a schema without `type`, from its other keywords.
    fn untyped(&mut self, pointer: &SpecPointer, merged: &Rc<Schema<'d>>) -> Type {
        let object = !merged.properties.is_empty()
            || !merged.patterns.is_empty()
            || matches!(merged.additional, AdditionalProperties::Schemas(_));
        if object {
            self.of_type(pointer, merged, SchemaType::Object)
        } else if !merged.items.is_empty() || !merged.prefix_items.is_empty() {
            self.of_type(pointer, merged, SchemaType::Array)
        } else if merged.format.is_some() {
            match scalars::scalar(self.config, SchemaType::String, merged) {
                Some(Type::String) | None => Type::Json,
                Some(ty) => ty,
            }
        } else {
            Type::Json
        }
    }

    /// The type of a schema of one `type`.
    pub(super) fn of_type(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
        ty: SchemaType,
    ) -> Type {
        match ty {
            SchemaType::Object => self.object(pointer, merged),
            SchemaType::Array => self.list(pointer, merged),
            SchemaType::String if merged.content_schema.is_some() => self.contained(merged),
            _ => scalars::scalar(self.config, ty, merged).unwrap_or(Type::Json),
        }
    }

    /// The type of a string that contains JSON.
    fn contained(&mut self, merged: &Schema<'d>) -> Type {
        let Some(schema) = &merged.content_schema else {
            return Type::String;
        };
        let found = self.resolve(schema);
        let ty = match found.ty {
            ty if found.nullable && ty != Type::Json => Type::Nullable(Box::new(ty)),
            ty => ty,
        };
        Type::JsonText(Box::new(ty))
    }

    fn object(&mut self, pointer: &SpecPointer, merged: &Rc<Schema<'d>>) -> Type {
        if !merged.properties.is_empty() {
            return self.queue_type(pointer, merged, PendingShape::Struct);
        }
        if matches!(merged.additional, AdditionalProperties::None) && merged.patterns.is_empty() {
            return self.queue_type(pointer, merged, PendingShape::Struct);
        }
        let value = self
            .additional_properties_type(pointer, merged)
            .unwrap_or(Type::Json);
        Type::Map(Box::new(value))
    }

    /// The type of undeclared members, where the schema explicitly allows them.
    pub(super) fn additional_properties_type(
        &mut self,
        pointer: &SpecPointer,
        merged: &Schema<'d>,
    ) -> Option<Type> {
        let mut found: Option<Type> = match &merged.additional {
            AdditionalProperties::Schemas(parts) => {
                let parts = parts.clone();
                Some(self.element(&pointer.child("additionalProperties"), &parts))
            }
            AdditionalProperties::Any => Some(Type::Json),
            AdditionalProperties::Unspecified | AdditionalProperties::None => None,
        };
        for pattern in &merged.patterns {
            let more = self.element(&pattern.origin, std::slice::from_ref(pattern));
            found = match found {
                None => Some(more),
                Some(same) if same == more => Some(same),
                Some(_) => Some(Type::Json),
            };
        }
        found
    }

    fn list(&mut self, pointer: &SpecPointer, merged: &Rc<Schema<'d>>) -> Type {
        let mut items: Vec<Type> = Vec::new();
        for item in &merged.prefix_items {
            items.push(self.element(&item.origin, std::slice::from_ref(item)));
        }
        let rest = merged.rest().map(<[_]>::to_vec);
        let rest = rest.map(|rest| self.element(&pointer.child("items"), &rest));
        let kinds: Vec<&Type> = items.iter().chain(&rest).collect();
        match kinds.split_first() {
            None => Type::List(Box::new(Type::Json)),
            Some((first, others)) if others.iter().all(|other| other == first) => {
                Type::List(Box::new((*first).clone()))
            }
            _ if rest.is_none() && items.len() <= LONGEST_TUPLE => {
                let required = merged.required_items();
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
                    format!("the types of the elements at {pointer}"),
                    "a list of no fixed length, of several types, is a list of JSON values"
                        .to_owned(),
                    pointer,
                );
                Type::List(Box::new(Type::Json))
            }
        }
    }

    /// The type of an element of an array, a map or a union: null is part of the type, and a
    /// constant becomes an enum that may grow.
    pub(super) fn element(&mut self, pointer: &SpecPointer, parts: &[Node<'d>]) -> Type {
        let found = self.resolve_parts(pointer, parts);
        let ty = match found.ty {
            Type::Constant(constant) => {
                let Some(first) = parts.first() else {
                    return Type::Json;
                };
                let merged = self.merge_all_of(first);
                self.open_constant(&merged, &constant)
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
