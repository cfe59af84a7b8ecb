use std::rc::Rc;

use foldhash::HashMap;
use serde_json::Value as Json;

use super::match_keys::MatchKeys;
use super::{PendingShape, Schemas, docs, scalars};
use crate::reserved;
use sdk_model::names::{Claim, Kind, Scope};
use sdk_model::{Name, Shape, SpecPointer, Type, Variant};
use sdk_openapi::diagnostics::{Diagnostic, ErrorKind, sanitize};
use sdk_openapi::{Node, Schema, SchemaType};

/// An alternative of a union.
#[derive(Debug, Clone)]
pub(super) enum Alternative<'d> {
    /// A member of `oneOf` or `anyOf`; `base` has the keywords next to the list, which apply to each.
    Schema {
        node: Node<'d>,
        base: Option<Rc<Schema<'d>>>,
        discriminator: Option<Rc<openapiv3::Discriminator>>,
        /// Whether it is chosen where the discriminator is missing or unknown.
        is_default: bool,
    },
    /// The base that the other alternatives extend.
    Base {
        discriminator: Rc<openapiv3::Discriminator>,
        is_default: bool,
    },
    /// The members of several alternatives that one value can match at once.
    Combined(Rc<Schema<'d>>),
    /// One of several `type`s.
    Type(SchemaType),
    /// The values of a mixed enum that share a JSON type.
    Values(Vec<&'d Json>),
}

/// A variant before it has an identifier.
struct UnnamedVariant {
    wire: String,
    ty: Type,
    tags: Vec<String>,
    is_default: bool,
    keys: MatchKeys,
    docs: String,
}

impl<'d> Schemas<'d, '_> {
    /// The shape of a union.
    pub(super) fn fill_union(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
        members: &[Alternative<'d>],
    ) -> Shape {
        if !self
            .namer
            .reader
            .check_alternative_limit(pointer, members.len())
        {
            return Shape::Alias(Type::Json);
        }
        self.namer.name_members(members);
        let mut variants: Vec<UnnamedVariant> = Vec::new();
        let mut known: HashMap<Type, usize> = HashMap::default();
        for member in members {
            let variant = self.build_variant(pointer, merged, member);
            match known.get(&variant.ty).and_then(|at| variants.get_mut(*at)) {
                Some(same) => same.join(variant),
                None => {
                    known.insert(variant.ty.clone(), variants.len());
                    variants.push(variant);
                }
            }
        }
        if let [only] = variants.as_slice()
            && only.tags.is_empty()
        {
            return Shape::Alias(only.ty.clone());
        }
        let discriminator = members.iter().find_map(|member| match member {
            Alternative::Schema { discriminator, .. } => discriminator.as_deref(),
            Alternative::Base { discriminator, .. } => Some(&**discriminator),
            Alternative::Combined(_) | Alternative::Type(_) | Alternative::Values(_) => None,
        });
        if let Some(discriminator) = discriminator {
            self.check_property(pointer, discriminator, members);
        }
        let tagged = variants.iter().any(|variant| !variant.tags.is_empty());
        Shape::Union {
            discriminator: discriminator
                .filter(|_| tagged)
                .map(|discriminator| discriminator.property_name.clone()),
            variants: name_variants(variants),
        }
    }

    /// Reports a discriminator whose property no alternative has.
    fn check_property(
        &mut self,
        pointer: &SpecPointer,
        discriminator: &openapiv3::Discriminator,
        members: &[Alternative<'d>],
    ) {
        let property = discriminator.property_name.as_str();
        let lacks = |merged: &Schema<'d>| {
            let known =
                !merged.properties.is_empty() || (!merged.types.is_empty() && !merged.is_object());
            known && merged.alternatives.is_empty() && !merged.properties.contains_key(property)
        };
        let all_lack = members.iter().all(|member| match member {
            Alternative::Schema { node, base, .. } => {
                let shared = base.as_ref();
                lacks(&self.merge_all_of(node))
                    && !shared.is_some_and(|base| base.properties.contains_key(property))
            }
            Alternative::Base { .. } => false,
            Alternative::Combined(_) | Alternative::Type(_) | Alternative::Values(_) => true,
        });
        if all_lack {
            let message = format!(
                "no alternative has the discriminator's property `{}`",
                sanitize(property)
            );
            let problem = Diagnostic::error(pointer.child("discriminator"), message)
                .help("declare it in each of them, and require it")
                .repair("assuming that values have it");
            self.recoverable(ErrorKind::Discriminator, problem);
        }
    }

    fn build_variant(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
        member: &Alternative<'d>,
    ) -> UnnamedVariant {
        match member {
            Alternative::Schema {
                node,
                base,
                discriminator,
                is_default,
            } => UnnamedVariant {
                is_default: *is_default,
                ..self.schema_variant(node, base.as_ref(), discriminator.as_deref())
            },
            Alternative::Base {
                discriminator,
                is_default,
            } => UnnamedVariant {
                is_default: *is_default,
                ..self.base_variant(pointer, merged, discriminator)
            },
            Alternative::Combined(combined) => {
                let pointer = combined.origin.clone();
                self.namer
                    .layout
                    .variants
                    .insert(pointer.clone(), "combined".to_owned());
                let ty = self.queue_type(&pointer, combined, PendingShape::Struct);
                UnnamedVariant {
                    keys: self.match_keys(combined),
                    docs: "Members of several alternatives at once.".to_owned(),
                    ..UnnamedVariant::new("combined", ty)
                }
            }
            Alternative::Type(ty) => {
                let part = Rc::new(Schema {
                    types: vec![*ty],
                    nullable: false,
                    ..(**merged).clone()
                });
                let wire = scalars::type_word(*ty);
                let ty = self.of_type(&pointer.child("type").child(wire), &part, *ty);
                UnnamedVariant::new(wire, ty)
            }
            Alternative::Values(values) => {
                let wire = match values.first() {
                    Some(Json::String(_)) => "string",
                    Some(Json::Bool(_)) => "boolean",
                    _ => "number",
                };
                let pointer = pointer.child("type").child(wire);
                let found = self.resolve_values(&pointer, merged, values);
                UnnamedVariant::new(wire, found.ty)
            }
        }
    }

    fn schema_variant(
        &mut self,
        node: &Node<'d>,
        base: Option<&Rc<Schema<'d>>>,
        discriminator: Option<&openapiv3::Discriminator>,
    ) -> UnnamedVariant {
        let own = self.merge_all_of(node);
        let (ty, merged) = match base {
            None => (self.element(&node.origin, std::slice::from_ref(node)), own),
            Some(base) => {
                let merged = self
                    .namer
                    .reader
                    .merge_parts(&node.origin, &[Rc::clone(base), own]);
                (self.resolve_merged(&node.origin, &merged).ty, merged)
            }
        };
        // The union as a whole is nullable.
        let ty = match ty {
            Type::Nullable(inner) => *inner,
            other => other,
        };
        let keys = self.match_keys(&merged);
        UnnamedVariant {
            wire: match self.namer.layout.variants.get(&node.origin) {
                Some(named) => named.clone(),
                None => self.namer.variant_wire(node, discriminator),
            },
            ty,
            tags: discriminator
                .map(|discriminator| self.namer.reader.tags(node, discriminator))
                .unwrap_or_default(),
            is_default: false,
            keys,
            docs: match node.reference() {
                Some(_) => String::new(),
                None => docs(merged.title, merged.description),
            },
        }
    }

    /// The variant of the base, an object with its own properties.
    fn base_variant(
        &mut self,
        pointer: &SpecPointer,
        merged: &Rc<Schema<'d>>,
        discriminator: &openapiv3::Discriminator,
    ) -> UnnamedVariant {
        let own = Rc::new(Schema {
            discriminator: None,
            ..(**merged).clone()
        });
        let at = pointer.child("oneOf").child("base");
        self.namer
            .layout
            .variants
            .insert(at.clone(), "base".to_owned());
        let ty = self.queue_type(&at, &own, PendingShape::Struct);
        let tags: Vec<String> = discriminator
            .mapping
            .iter()
            .filter(|(_, to)| {
                self.namer
                    .reader
                    .mapped(to)
                    .is_some_and(|to| to.origin == merged.origin)
            })
            .map(|(tag, _)| tag.clone())
            .collect();
        let wire = match tags.as_slice() {
            [only] => only,
            _ => "base",
        };
        UnnamedVariant {
            keys: self.match_keys(&own),
            tags: tags.clone(),
            ..UnnamedVariant::new(wire, ty)
        }
    }

    /// The union of an operation's successful responses.
    pub(crate) fn response_union(
        &mut self,
        operation: &SpecPointer,
        types: Vec<(String, Type)>,
    ) -> Type {
        let pointer = operation
            .child("responses")
            .child("any")
            .child("content")
            .child("")
            .child("schema");
        let mut variants = Vec::new();
        for (status, ty) in types {
            let node = self.types_node(&ty);
            let mut variant = UnnamedVariant::new(reason(&status), ty);
            if let Some(node) = node {
                let merged = self.merge_all_of(&node);
                variant.keys = self.match_keys(&merged);
            }
            variants.push(variant);
        }
        let shape = Shape::Union {
            variants: name_variants(variants),
            discriminator: None,
        };
        self.define_type(&pointer, shape)
    }

    /// The schema that a named type comes from.
    fn types_node(&self, ty: &Type) -> Option<Node<'d>> {
        let Type::Named(id) = ty else { return None };
        self.document.node(&self.types.get(id)?.origin)
    }
}

impl UnnamedVariant {
    fn new(wire: &str, ty: Type) -> Self {
        Self {
            wire: wire.to_owned(),
            ty,
            tags: Vec::new(),
            is_default: false,
            keys: MatchKeys::default(),
            docs: String::new(),
        }
    }

    /// Adds an alternative of the same type.
    fn join(&mut self, other: Self) {
        for tag in other.tags {
            if !self.tags.contains(&tag) {
                self.tags.push(tag);
            }
        }
        self.is_default |= other.is_default;
        self.keys.join(&other.keys);
    }
}

fn name_variants(variants: Vec<UnnamedVariant>) -> Vec<Variant> {
    let mut scope = Scope::new(Kind::Variant).reserving(&reserved::VARIANTS, "value");
    let disambiguators: Vec<String> = variants
        .iter()
        .map(|variant| variant.keys.required.join(" "))
        .collect();
    let disambiguators: Vec<[&str; 1]> = disambiguators
        .iter()
        .map(|words| [words.as_str()])
        .collect();
    let claims: Vec<_> = variants
        .iter()
        .zip(&disambiguators)
        .map(|(variant, words)| Claim {
            disambiguators: if words[0].is_empty() { &[] } else { words },
            ..Claim::of(&variant.wire)
        })
        .collect();
    let idents = scope.claim_all(&claims);
    variants
        .into_iter()
        .zip(idents)
        .map(|(variant, ident)| Variant {
            name: Name {
                wire: variant.wire,
                ident,
            },
            ty: variant.ty,
            tags: variant.tags,
            is_default: variant.is_default,
            required: variant.keys.required,
            constants: variant.keys.constants,
            defaults: variant.keys.defaults,
            docs: variant.docs,
        })
        .collect()
}

/// The reason phrase of a status, as words of a name.
fn reason(status: &str) -> &str {
    match status {
        "200" => "ok",
        "201" => "created",
        "202" => "accepted",
        "203" => "non authoritative",
        "206" => "partial content",
        "207" => "multi status",
        other => other,
    }
}
