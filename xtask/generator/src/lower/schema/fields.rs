use foldhash::HashSet;

use super::flat::{Flat, deprecation_note};
use super::{Schemas, docs};
use sdk_model::names::{Kind, Scope};
use sdk_model::{Constraints, Deprecation, Field, Name, Presence, Shape, SpecPointer, Type};
use sdk_openapi::Node;

/// An object's properties with their types, before they have names.
pub(crate) type Members = Vec<Field>;

impl<'d> Schemas<'d, '_> {
    /// The content of a struct.
    pub(super) fn fill_struct(&mut self, place: &SpecPointer, flat: &Flat<'d>) -> Shape {
        let mut fields = self.members(place, flat);
        for field in &mut fields {
            field.ty = as_text(std::mem::replace(&mut field.ty, Type::Json));
        }
        Shape::Struct {
            fields,
            additional: self.further(place, flat).map(as_text),
        }
    }

    /// The properties of an object, named among themselves.
    pub(crate) fn members(&mut self, place: &SpecPointer, flat: &Flat<'d>) -> Members {
        let mut names: Vec<&'d str> = flat.properties.keys().copied().collect();
        if !flat.properties.is_empty() {
            // What is required must be there, declared or not.
            let undeclared = flat.required.iter().copied();
            names.extend(undeclared.filter(|name| !flat.properties.contains_key(name)));
        }
        if !self.has_room(place, names.len()) {
            return Members::new();
        }
        let idents = Scope::new(Kind::Field).claim_wires(&names);
        let required: HashSet<&str> = flat.required.iter().copied().collect();
        names
            .into_iter()
            .zip(idents)
            .map(|(wire, ident)| {
                let name = Name {
                    wire: wire.to_owned(),
                    ident,
                };
                match flat.properties.get(wire) {
                    Some(parts) => self.field(place, name, parts, required.contains(wire)),
                    None => undeclared(place, name),
                }
            })
            .collect()
    }

    fn field(
        &mut self,
        place: &SpecPointer,
        name: Name,
        parts: &[Node<'d>],
        required: bool,
    ) -> Field {
        let place = place.child("properties").child(&name.wire);
        let found = self.use_of_parts(&place, parts);
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
            origin: parts.first().map_or(place, |part| part.origin.clone()),
        };
        for part in parts.iter().rev() {
            let Ok(schema) = self.schema(part) else {
                continue;
            };
            let mut said = docs(schema.title, schema.description);
            if said.is_empty() && !matches!(field.ty, Type::Named(_)) {
                let flat = self.flat(part);
                said = docs(flat.title, flat.description);
            }
            if field.docs.is_empty() {
                field.docs = said;
            }
            if schema.deprecated {
                field.deprecation = Some(Deprecation {
                    note: deprecation_note(part),
                });
            }
            field.read_only |= schema.read_only;
            field.write_only |= schema.write_only;
            field.default = field.default.or_else(|| schema.default.cloned());
            // An inline type shows the example itself.
            if !has_own_type || schema.reference.is_some() {
                field.example = field.example.or_else(|| schema.example.cloned());
            }
        }
        field
    }
}

/// A property that is required, but described nowhere.
fn undeclared(place: &SpecPointer, name: Name) -> Field {
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
        origin: place.child("required"),
    }
}

/// Bytes inside JSON: whatever text stands for them.
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
