//! Finds types of one shape under two names.

use std::collections::{BTreeMap, BTreeSet};

use sdk_model::{Api, EnumValue, Field, Shape, SpecPointer, Type, TypeDef, TypeId, Variant};

use super::Renames;

/// Pairs the types that only the old model has with those that only the new one has.
pub(in super::super) fn find<'a>(before: &'a Api, after: &'a Api) -> Renames<'a> {
    let mut search = Search {
        before,
        after,
        renames: Renames::default(),
    };
    search.by_origin();
    search.by_shape(|definition| definition.parent.is_none());
    search.children();
    search.by_shape(|_| true);
    search.children();
    search.between_inline_and_components();
    search.children();
    search.renames.finish()
}

/// Types by their fingerprint.
type ByFingerprint<'a> = BTreeMap<String, Vec<(&'a TypeId, &'a TypeDef)>>;

/// Whether a type has names of its own that another type hardly shares by chance.
fn has_members(definition: &TypeDef) -> bool {
    match &definition.shape {
        Shape::Struct { fields, .. } => !fields.is_empty(),
        Shape::StringEnum { values } | Shape::IntegerEnum { values } => !values.is_empty(),
        Shape::Union { .. } | Shape::Alias(_) => false,
    }
}

fn is_component(definition: &TypeDef) -> bool {
    let below = definition
        .origin
        .pointer()
        .strip_prefix("/components/schemas/");
    below.is_some_and(|name| !name.contains('/'))
}

struct Search<'a> {
    before: &'a Api,
    after: &'a Api,
    renames: Renames<'a>,
}

impl<'a> Search<'a> {
    fn removed(&self) -> impl Iterator<Item = (&'a TypeId, &'a TypeDef)> {
        let (types, other) = (&self.before.types, &self.after.types);
        types
            .iter()
            .filter(|(id, _)| !other.contains_key(*id) && self.renames.new_of(id).is_none())
    }

    fn added(&self) -> impl Iterator<Item = (&'a TypeId, &'a TypeDef)> {
        let (types, other) = (&self.after.types, &self.before.types);
        types
            .iter()
            .filter(|(id, _)| !other.contains_key(*id) && self.renames.old_of(id).is_none())
    }

    /// The same location in the document, unless that is a position in a list, which other
    /// alternatives may take.
    fn by_origin(&mut self) {
        let added: BTreeMap<&str, (&TypeId, &TypeDef)> = self
            .added()
            .filter(|(_, definition)| !is_by_position(&definition.origin))
            .map(|(id, definition)| (definition.origin.as_str(), (id, definition)))
            .collect();
        let pairs: Vec<_> = self
            .removed()
            .filter_map(|(id, definition)| {
                let (other, found) = added.get(definition.origin.as_str())?;
                self.has_shape(definition, found).then_some((id, *other))
            })
            .collect();
        for (old, new) in pairs {
            self.renames.add(old, new);
        }
    }

    /// The same shape, where one type alone of each side has it.
    fn by_shape(&mut self, among: impl Fn(&TypeDef) -> bool) {
        let mut old = ByFingerprint::new();
        for (id, definition) in self.removed().filter(|(_, it)| among(it)) {
            let key = self.fingerprint(definition, self.renames.new_of_parent(definition));
            old.entry(key).or_default().push((id, definition));
        }
        let mut new = ByFingerprint::new();
        for (id, definition) in self.added().filter(|(_, it)| among(it)) {
            let key = self.fingerprint(definition, definition.parent.as_ref());
            new.entry(key).or_default().push((id, definition));
        }
        self.pair(&old, &new);
    }

    /// Inline types that became components, or components that became inline types: the same shape,
    /// where one type alone of each side has it.
    fn between_inline_and_components(&mut self) {
        let mut old = ByFingerprint::new();
        for (id, definition) in self.removed().filter(|(_, it)| has_members(it)) {
            let shape = self.fingerprint(definition, None);
            let key = format!("{} {shape}", is_component(definition));
            old.entry(key).or_default().push((id, definition));
        }
        let mut new = ByFingerprint::new();
        for (id, definition) in self.added().filter(|(_, it)| has_members(it)) {
            let shape = self.fingerprint(definition, None);
            let key = format!("{} {shape}", !is_component(definition));
            new.entry(key).or_default().push((id, definition));
        }
        self.pair(&old, &new);
    }

    /// Pairs types that are alone with their fingerprint on both sides.
    fn pair(&mut self, old: &ByFingerprint<'a>, new: &ByFingerprint<'a>) {
        let pairs: Vec<_> = old
            .iter()
            .filter_map(
                |(key, old)| match (old.as_slice(), new.get(key)?.as_slice()) {
                    ([(old, before)], [(new, after)]) => {
                        self.has_shape(before, after).then_some((*old, *new))
                    }
                    _ => None,
                },
            )
            .collect();
        for (old, new) in pairs {
            self.renames.add(old, new);
        }
    }

    /// Inline types of renamed types, at the same location below them.
    fn children(&mut self) {
        // Each round finds the children of the one before it.
        loop {
            let added: BTreeMap<(&TypeId, &str), &TypeId> = self
                .added()
                .filter_map(|(id, definition)| {
                    let parent = definition.parent.as_ref()?;
                    Some(((parent, below(self.after, definition)?), id))
                })
                .collect();
            let pairs: Vec<_> = self
                .removed()
                .filter_map(|(id, definition)| {
                    let parent = self.renames.new_of(definition.parent.as_ref()?)?;
                    let new = *added.get(&(parent, below(self.before, definition)?))?;
                    Some((id, new))
                })
                .collect();
            if pairs.is_empty() {
                return;
            }
            for (old, new) in pairs {
                self.renames.add(old, new);
            }
        }
    }

    /// Shape, parent and the names of members: equal for types of equal shape.
    fn fingerprint(&self, definition: &TypeDef, parent: Option<&TypeId>) -> String {
        let (kind, mut names): (_, Vec<&str>) = match &definition.shape {
            Shape::Struct { fields, additional } => {
                let kind = if additional.is_some() {
                    "map"
                } else {
                    "object"
                };
                let names = fields.iter().map(|field| field.name.wire.as_str());
                (kind, names.collect())
            }
            Shape::StringEnum { values } => ("strings", wires(values)),
            Shape::IntegerEnum { values } => ("integers", wires(values)),
            Shape::Union { variants, .. } => {
                let tags = variants.iter().flat_map(|it| &it.tags);
                ("union", tags.map(String::as_str).collect())
            }
            Shape::Alias(_) => ("alias", Vec::new()),
        };
        names.sort_unstable();
        let parent = parent.map_or("", |id| id.0.as_str());
        format!("{kind} {parent} {}", names.join("\n"))
    }

    fn has_shape(&self, old: &'a TypeDef, new: &'a TypeDef) -> bool {
        self.same_shape(old, new, &mut BTreeSet::new())
    }

    fn same_shape(
        &self,
        old: &'a TypeDef,
        new: &'a TypeDef,
        compared: &mut BTreeSet<(&'a TypeId, &'a TypeId)>,
    ) -> bool {
        match (&old.shape, &new.shape) {
            (
                Shape::Struct { fields, additional },
                Shape::Struct {
                    fields: others,
                    additional: rest,
                },
            ) => {
                fields.len() == others.len()
                    && fields.iter().all(|field| {
                        let other = others.iter().find(|it| it.name.wire == field.name.wire);
                        other.is_some_and(|other| self.same_field(field, other, compared))
                    })
                    && match (additional, rest) {
                        (Some(old), Some(new)) => self.same_type(old, new, compared),
                        (old, new) => old.is_none() && new.is_none(),
                    }
            }
            (Shape::StringEnum { values: old }, Shape::StringEnum { values: new })
            | (Shape::IntegerEnum { values: old }, Shape::IntegerEnum { values: new }) => {
                let [old, new] = [old, new].map(|values| BTreeSet::from_iter(wires(values)));
                old == new
            }
            (
                Shape::Union {
                    variants: old,
                    discriminator: old_by,
                },
                Shape::Union {
                    variants: new,
                    discriminator: new_by,
                },
            ) => {
                let same = |(old, new): (&'a Variant, &'a Variant)| {
                    old.tags == new.tags && self.same_type(&old.ty, &new.ty, compared)
                };
                old_by == new_by && old.len() == new.len() && old.iter().zip(new).all(same)
            }
            (Shape::Alias(old), Shape::Alias(new)) => self.same_type(old, new, compared),
            _ => false,
        }
    }

    fn same_field(
        &self,
        old: &'a Field,
        new: &'a Field,
        compared: &mut BTreeSet<(&'a TypeId, &'a TypeId)>,
    ) -> bool {
        old.presence == new.presence
            && (old.read_only, old.write_only) == (new.read_only, new.write_only)
            && self.same_type(&old.ty, &new.ty, compared)
    }

    fn same_type(
        &self,
        old: &'a Type,
        new: &'a Type,
        compared: &mut BTreeSet<(&'a TypeId, &'a TypeId)>,
    ) -> bool {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => {
                let is_known =
                    self.after.types.contains_key(old) || self.before.types.contains_key(new);
                if old == new || is_known || !compared.insert((old, new)) {
                    return old == new || !is_known;
                }
                match (self.before.types.get(old), self.after.types.get(new)) {
                    (Some(old), Some(new)) => self.same_shape(old, new, compared),
                    _ => false,
                }
            }
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new))
            | (Type::Boxed(old), Type::Boxed(new)) => self.same_type(old, new, compared),
            (Type::Tuple { items: old, .. }, Type::Tuple { items: new, .. }) => {
                old.len() == new.len()
                    && old
                        .iter()
                        .zip(new)
                        .all(|(old, new)| self.same_type(old, new, compared))
            }
            (old, new) => old == new,
        }
    }
}

fn wires(values: &[EnumValue]) -> Vec<&str> {
    values
        .iter()
        .map(|value| value.name.wire.as_str())
        .collect()
}

/// The pointer of an inline type below its parent's.
fn below<'m>(api: &'m Api, definition: &'m TypeDef) -> Option<&'m str> {
    let parent = api.types.get(definition.parent.as_ref()?)?;
    definition
        .origin
        .as_str()
        .strip_prefix(parent.origin.as_str())
}

/// Whether a location is a position in a list of alternatives.
fn is_by_position(origin: &SpecPointer) -> bool {
    ["/oneOf/", "/anyOf/", "/allOf/"]
        .iter()
        .any(|list| origin.pointer().contains(list))
}
