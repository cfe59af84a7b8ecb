use std::collections::BTreeMap;
use std::rc::Rc;

use foldhash::{HashMap, HashSet};
use serde_json::Value as Json;

use super::flat::Flat;
use super::{Content, Schemas, docs, scalars};
use sdk_model::names::{Claim, Kind, Scope};
use sdk_model::{Constant, Name, Shape, SpecPointer, Type, Variant};
use sdk_openapi::diagnostics::{Diagnostic, ErrorKind, sanitize};
use sdk_openapi::{Node, SchemaType};

/// An alternative of a union to be.
#[derive(Debug, Clone)]
pub(super) enum Member<'d> {
    /// A member of `oneOf` or `anyOf`; `base` is what stands beside the list and holds for each.
    Schema {
        node: Node<'d>,
        base: Option<Rc<Flat<'d>>>,
        discriminator: Option<Rc<openapiv3::Discriminator>>,
        /// Whether it takes values whose discriminator is missing or unknown.
        is_default: bool,
    },
    /// The base itself of those that extend it.
    Base {
        discriminator: Rc<openapiv3::Discriminator>,
        is_default: bool,
    },
    /// The members of several alternatives that one value can be at once.
    Combined(Rc<Flat<'d>>),
    /// One of several `type`s.
    Kind(SchemaType),
    /// The values of one kind of a mixed enum.
    Values(Vec<&'d Json>),
}

/// A variant before it has its name.
struct Draft {
    wire: String,
    ty: Type,
    tags: Vec<String>,
    is_default: bool,
    keys: MatchKeys,
    docs: String,
}

/// What tells an object from the other alternatives.
#[derive(Default)]
struct MatchKeys {
    /// Properties that must be present.
    required: Vec<String>,
    /// Required properties of a single value.
    constants: BTreeMap<String, Constant>,
    /// Other properties of a single value.
    defaults: BTreeMap<String, Constant>,
}

impl<'d> Schemas<'d, '_> {
    /// The content of a union.
    pub(super) fn fill_union(
        &mut self,
        place: &SpecPointer,
        flat: &Rc<Flat<'d>>,
        members: &[Member<'d>],
    ) -> Shape {
        if !self.has_room_for_alternatives(place, members.len()) {
            return Shape::Alias(Type::Json);
        }
        self.name_members(members);
        let mut drafts: Vec<Draft> = Vec::new();
        let mut known: HashMap<Type, usize> = HashMap::default();
        for member in members {
            let draft = self.draft(place, flat, member);
            match known.get(&draft.ty).and_then(|at| drafts.get_mut(*at)) {
                Some(same) => same.join(draft),
                None => {
                    known.insert(draft.ty.clone(), drafts.len());
                    drafts.push(draft);
                }
            }
        }
        if let [only] = drafts.as_slice()
            && only.tags.is_empty()
        {
            return Shape::Alias(only.ty.clone());
        }
        let discriminator = members.iter().find_map(|member| match member {
            Member::Schema { discriminator, .. } => discriminator.as_deref(),
            Member::Base { discriminator, .. } => Some(&**discriminator),
            Member::Combined(_) | Member::Kind(_) | Member::Values(_) => None,
        });
        if let Some(discriminator) = discriminator {
            self.check_property(place, discriminator, members);
        }
        let tagged = drafts.iter().any(|draft| !draft.tags.is_empty());
        Shape::Union {
            discriminator: discriminator
                .filter(|_| tagged)
                .map(|discriminator| discriminator.property_name.clone()),
            variants: named(drafts),
        }
    }

    /// Tells a discriminator whose property no alternative has.
    fn check_property(
        &mut self,
        place: &SpecPointer,
        discriminator: &openapiv3::Discriminator,
        members: &[Member<'d>],
    ) {
        let property = discriminator.property_name.as_str();
        let lacks = |flat: &Flat<'d>| {
            let known =
                !flat.properties.is_empty() || (!flat.types.is_empty() && !flat.is_object());
            known && flat.alternatives.is_empty() && !flat.properties.contains_key(property)
        };
        let all_lack = members.iter().all(|member| match member {
            Member::Schema { node, base, .. } => {
                let shared = base.as_ref();
                lacks(&self.flat(node))
                    && !shared.is_some_and(|base| base.properties.contains_key(property))
            }
            Member::Base { .. } => false,
            Member::Combined(_) | Member::Kind(_) | Member::Values(_) => true,
        });
        if all_lack {
            let message = format!(
                "no alternative has the discriminator's property `{}`",
                sanitize(property)
            );
            let problem = Diagnostic::error(place.child("discriminator"), message)
                .help("declare it in each of them, and require it")
                .repair("assuming that values have it");
            self.recoverable(ErrorKind::Discriminator, problem);
        }
    }

    fn draft(&mut self, place: &SpecPointer, flat: &Rc<Flat<'d>>, member: &Member<'d>) -> Draft {
        match member {
            Member::Schema {
                node,
                base,
                discriminator,
                is_default,
            } => Draft {
                is_default: *is_default,
                ..self.schema_draft(node, base.as_ref(), discriminator.as_deref())
            },
            Member::Base {
                discriminator,
                is_default,
            } => Draft {
                is_default: *is_default,
                ..self.base_draft(place, flat, discriminator)
            },
            Member::Combined(combined) => {
                let place = combined.origin.clone();
                self.homes
                    .variants
                    .insert(place.clone(), "combined".to_owned());
                let ty = self.named(&place, combined, Content::Struct);
                Draft {
                    keys: self.match_keys(combined),
                    docs: "Members of several alternatives at once.".to_owned(),
                    ..Draft::new("combined", ty)
                }
            }
            Member::Kind(ty) => {
                let part = Rc::new(Flat {
                    types: vec![*ty],
                    nullable: false,
                    ..(**flat).clone()
                });
                let wire = scalars::told(*ty);
                let ty = self.of_type(&place.child("type").child(wire), &part, *ty);
                Draft::new(wire, ty)
            }
            Member::Values(values) => {
                let wire = match values.first() {
                    Some(Json::String(_)) => "string",
                    Some(Json::Bool(_)) => "boolean",
                    _ => "number",
                };
                let place = place.child("type").child(wire);
                let found = self.use_of_values(&place, flat, values);
                Draft::new(wire, found.ty)
            }
        }
    }

    fn schema_draft(
        &mut self,
        node: &Node<'d>,
        base: Option<&Rc<Flat<'d>>>,
        discriminator: Option<&openapiv3::Discriminator>,
    ) -> Draft {
        let own = self.flat(node);
        let (ty, flat) = match base {
            None => (self.element(&node.origin, std::slice::from_ref(node)), own),
            Some(base) => {
                let merged = self.merged(&node.origin, &[Rc::clone(base), own]);
                (self.use_flat(&node.origin, &merged).ty, merged)
            }
        };
        // Null is told by the union as a whole.
        let ty = match ty {
            Type::Nullable(inner) => *inner,
            other => other,
        };
        let keys = self.match_keys(&flat);
        Draft {
            wire: match self.homes.variants.get(&node.origin) {
                Some(named) => named.clone(),
                None => self.variant_wire(node, discriminator),
            },
            ty,
            tags: discriminator
                .map(|discriminator| self.tags(node, discriminator))
                .unwrap_or_default(),
            is_default: false,
            keys,
            docs: match node.reference() {
                Some(_) => String::new(),
                None => docs(flat.title, flat.description),
            },
        }
    }

    /// The variant for the base itself, an object of its own properties.
    fn base_draft(
        &mut self,
        place: &SpecPointer,
        flat: &Rc<Flat<'d>>,
        discriminator: &openapiv3::Discriminator,
    ) -> Draft {
        let own = Rc::new(Flat {
            discriminator: None,
            ..(**flat).clone()
        });
        let at = place.child("oneOf").child("base");
        self.homes.variants.insert(at.clone(), "base".to_owned());
        let ty = self.named(&at, &own, Content::Struct);
        let tags: Vec<String> = discriminator
            .mapping
            .iter()
            .filter(|(_, to)| self.mapped(to).is_some_and(|to| to.origin == flat.origin))
            .map(|(tag, _)| tag.clone())
            .collect();
        let wire = match tags.as_slice() {
            [only] => only,
            _ => "base",
        };
        Draft {
            keys: self.match_keys(&own),
            tags: tags.clone(),
            ..Draft::new(wire, ty)
        }
    }

    /// The union of an operation's several successful answers.
    pub(crate) fn answers(&mut self, operation: &SpecPointer, types: Vec<(String, Type)>) -> Type {
        let place = operation
            .child("responses")
            .child("any")
            .child("content")
            .child("")
            .child("schema");
        let mut drafts = Vec::new();
        for (status, ty) in types {
            let node = self.types_node(&ty);
            let mut draft = Draft::new(reason(&status), ty);
            if let Some(node) = node {
                let flat = self.flat(&node);
                draft.keys = self.match_keys(&flat);
            }
            drafts.push(draft);
        }
        let shape = Shape::Union {
            variants: named(drafts),
            discriminator: None,
        };
        self.shaped(&place, shape)
    }

    /// The schema of a named type.
    fn types_node(&self, ty: &Type) -> Option<Node<'d>> {
        let Type::Named(id) = ty else { return None };
        self.document.node(&self.types.get(id)?.origin)
    }

    /// What tells an object of this schema from others.
    fn match_keys(&mut self, flat: &Flat<'d>) -> MatchKeys {
        let mut keys = MatchKeys::default();
        if !flat.is_object() {
            return keys;
        }
        let required: HashSet<&str> = flat.required.iter().copied().collect();
        for name in flat.properties.keys() {
            let Some((value, nullable)) = self.single_value(flat, name) else {
                continue;
            };
            let constant = ((*name).to_owned(), Constant(value.clone()));
            if required.contains(name) && !nullable {
                keys.constants.extend([constant]);
            } else {
                keys.defaults.extend([constant]);
            }
        }
        keys.required = flat
            .required
            .iter()
            .map(|name| (*name).to_owned())
            .collect();
        keys
    }

    /// The only value that a property can have, and whether it may be null too.
    pub(super) fn single_value(
        &mut self,
        flat: &Flat<'d>,
        property: &str,
    ) -> Option<(&'d Json, bool)> {
        for part in flat.properties.get(property)? {
            let part = self.flat(part);
            if let Some([only]) = part.enumeration.as_deref()
                && !matches!(only, Json::Array(_) | Json::Object(_))
            {
                return Some((only, part.nullable));
            }
        }
        None
    }
}

impl Draft {
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

    /// Takes in a second alternative of the same type: either one will do.
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

impl MatchKeys {
    /// Keeps what both have.
    fn join(&mut self, other: &Self) {
        self.required.retain(|name| other.required.contains(name));
        self.constants
            .retain(|name, value| other.constants.get(name) == Some(value));
        self.defaults
            .retain(|name, value| other.defaults.get(name) == Some(value));
    }
}

fn named(drafts: Vec<Draft>) -> Vec<Variant> {
    let mut scope = Scope::new(Kind::Variant).reserving(&["Unrecognized"], "value");
    let apart: Vec<String> = drafts
        .iter()
        .map(|draft| draft.keys.required.join(" "))
        .collect();
    let apart: Vec<[&str; 1]> = apart.iter().map(|words| [words.as_str()]).collect();
    let claims: Vec<_> = drafts
        .iter()
        .zip(&apart)
        .map(|(draft, apart)| Claim {
            apart: if apart[0].is_empty() { &[] } else { apart },
            ..Claim::of(&draft.wire)
        })
        .collect();
    let idents = scope.claim_all(&claims);
    drafts
        .into_iter()
        .zip(idents)
        .map(|(draft, ident)| Variant {
            name: Name {
                wire: draft.wire,
                ident,
            },
            ty: draft.ty,
            tags: draft.tags,
            is_default: draft.is_default,
            required: draft.keys.required,
            constants: draft.keys.constants,
            defaults: draft.keys.defaults,
            docs: draft.docs,
        })
        .collect()
}

/// A status in words, where it has any.
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
