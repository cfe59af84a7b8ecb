use foldhash::HashSet;

use super::{Schemas, docs};
use crate::extensions::deprecation_note;
use sdk_model::names::{Kind, Scope};
use sdk_model::{Constraints, Deprecation, Field, Name, Presence, Shape, SpecPointer, Type};
use sdk_openapi::{Node, Schema};

/// The fields of an object.
pub(crate) type Members = Vec<Field>;

impl<'d> Schemas<'d, '_> {
    /// The shape of a struct.
    pub(super) fn fill_struct(&mut self, pointer: &SpecPointer, merged: &Schema<'d>) -> Shape {
        let mut fields = self.members(pointer, merged);
        for field in &mut fields {
            field.ty = as_text(std::mem::replace(&mut field.ty, Type::Json));
        }
        Shape::Struct {
            fields,
            additional: self
                .additional_properties_type(pointer, merged)
                .map(as_text),
        }
    }

    /// The fields of an object, with identifiers that are unique among them.
    pub(crate) fn members(&mut self, pointer: &SpecPointer, merged: &Schema<'d>) -> Members {
        let mut names: Vec<&'d str> = merged.properties.keys().copied().collect();
        if !merged.properties.is_empty() {
            // A property can be required without being declared.
            let undeclared = merged.required.iter().copied();
            names.extend(undeclared.filter(|name| !merged.properties.contains_key(name)));
        }
        if !self.namer.reader.check_property_limit(pointer, names.len()) {
            return Members::new();
        }
        let idents = Scope::new(Kind::Field).claim_wires(&names);
        let required: HashSet<&str> = merged.required.iter().copied().collect();
        names
            .into_iter()
            .zip(idents)
            .map(|(wire, ident)| {
                let name = Name {
                    wire: wire.to_owned(),
                    ident,
                };
                match merged.properties.get(wire) {
                    Some(parts) => self.field(pointer, name, parts, required.contains(wire)),
                    None => undeclared(pointer, name),
                }
            })
            .collect()
    }

    fn field(
        &mut self,
        pointer: &SpecPointer,
        name: Name,
        parts: &[Node<'d>],
        required: bool,
    ) -> Field {
        let pointer = pointer.child("properties").child(&name.wire);
        let found = self.resolve_parts(&pointer, parts);
        let has_own_type = matches!(found.ty, Type::Named(_));
        let mut field = Field {
            name,
            presence: Presence::of(required, found.nullable),
            ty: found.ty,
            docs: String::new(),
            deprecation: None,
            read_only: false,
            write_only: false,
            default: None,
            example: None,
            constraints: Constraints::default(),
            origin: parts.first().map_or(pointer, |part| part.origin.clone()),
        };
        for part in parts.iter().rev() {
            let Ok(schema) = self.schema(part) else {
                continue;
            };
            let mut described = docs(schema.title, schema.description);
            if described.is_empty() && !matches!(field.ty, Type::Named(_)) {
                let merged = self.merge_all_of(part);
                described = docs(merged.title, merged.description);
            }
            if field.docs.is_empty() {
                field.docs = described;
            }
            if schema.deprecated {
                field.deprecation = Some(Deprecation {
                    note: deprecation_note(part),
                });
            }
            field.read_only |= schema.read_only;
            field.write_only |= schema.write_only;
            field.default = field.default.or_else(|| schema.default.cloned());
            // An inline type has the example in its own documentation.
            if !has_own_type || schema.reference.is_some() {
                field.example = field.example.or_else(|| schema.example.cloned());
            }
        }
        field
    }
}

/// A property that is required but not declared.
fn undeclared(pointer: &SpecPointer, name: Name) -> Field {
    Field {
        name,
        ty: Type::Json,
        presence: Presence::Optional,
        docs: String::new(),
        deprecation: None,
        read_only: false,
        write_only: false,
        default: None,
        example: None,
        constraints: Constraints::default(),
        origin: pointer.child("required"),
    }
}

/// JSON cannot contain bytes; their text is passed on as it is.
pub(crate) fn as_text(ty: Type) -> Type {
    match ty {
        Type::Binary => Type::String,
        Type::List(inner) => Type::List(Box::new(as_text(*inner))),
        Type::Map(inner) => Type::Map(Box::new(as_text(*inner))),
        Type::Tuple { items, required } => Type::Tuple {
            items: items.into_iter().map(as_text).collect(),
            required,
        },
        Type::Nullable(inner) => Type::Nullable(Box::new(as_text(*inner))),
        other => other,
    }
}
