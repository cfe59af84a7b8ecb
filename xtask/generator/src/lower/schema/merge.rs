use std::rc::Rc;

use foldhash::HashSet;

use super::Schemas;
use super::flat::{Additional, Flat};
use sdk_model::SpecPointer;
use sdk_openapi::diagnostics::{Diagnostic, ErrorKind, sanitize};
use sdk_openapi::{Node, SchemaType};

/// Formats of texts of which no text has two.
const DISJOINT: [&str; 8] = [
    "date",
    "date-time",
    "duration",
    "email",
    "ipv4",
    "ipv6",
    "time",
    "uuid",
];

impl<'d> Schemas<'d, '_> {
    /// Several schemas that must all hold, as one.
    pub(super) fn merged(&mut self, place: &SpecPointer, parts: &[Rc<Flat<'d>>]) -> Rc<Flat<'d>> {
        let Some((first, rest)) = parts.split_first() else {
            return Rc::new(Flat::any(&self.document.root()));
        };
        let mut flat = (**first).clone();
        flat.origin = place.clone();
        for part in rest {
            if !self.merge(&mut flat, part) {
                break;
            }
        }
        flat.nullable = parts.iter().all(|part| part.nullable);
        Rc::new(flat)
    }

    /// Tells of every component, used or not, whether it contradicts itself.
    pub(in crate::lower) fn examine_components(&mut self) {
        for (_, node) in self.document.component_schemas() {
            let flat = self.flat(&node);
            for (name, parts) in flat.properties.iter().filter(|(_, parts)| parts.len() > 1) {
                let place = node.origin.child("properties").child(name);
                let parts = self.effective(&place, parts);
                let flats: Vec<_> = parts.iter().map(|part| self.flat(part)).collect();
                self.merged(&place, &flats);
            }
        }
    }

    /// Adds what `more` demands to `flat`. A contradiction is told with both places. False where
    /// that leaves nothing of the two: `flat` is any value then.
    pub(super) fn merge(&mut self, flat: &mut Flat<'d>, more: &Flat<'d>) -> bool {
        if !self.merge_types(flat, more) {
            return false;
        }
        if !self.has_room(&flat.origin, more.properties.len()) {
            return false;
        }
        self.merge_enumeration(flat, more);
        self.merge_format(flat, more);
        if flat.content_schema.is_none() {
            flat.content_schema.clone_from(&more.content_schema);
        }
        self.merge_bounds(flat, more);
        for (name, parts) in &more.properties {
            let known = flat.properties.entry(name).or_default();
            for part in parts {
                if !known.iter().any(|other| same(other, part)) {
                    known.push(part.clone());
                }
            }
        }
        if !more.required.is_empty() {
            let mut known: HashSet<&str> = flat.required.iter().copied().collect();
            let fresh = more.required.iter().filter(|name| known.insert(name));
            flat.required.extend(fresh);
        }
        merge_additional(&mut flat.additional, &more.additional);
        flat.patterns.extend(more.patterns.iter().cloned());
        for item in &more.items {
            if !flat.items.iter().any(|other| same(other, item)) {
                flat.items.push(item.clone());
            }
        }
        if flat.prefix_items.is_empty() {
            flat.prefix_items.clone_from(&more.prefix_items);
        }
        flat.alternatives.extend(more.alternatives.iter().cloned());
        flat.sensitive |= more.sensitive;
        flat.read_only |= more.read_only;
        flat.write_only |= more.write_only;
        flat.default = flat.default.or(more.default);
        // What a component says of itself is not about what is made of it.
        let inline = more.origin.as_str().starts_with(flat.origin.as_str());
        if inline {
            flat.example = flat.example.or(more.example);
            flat.title = flat.title.or(more.title);
            flat.description = flat.description.or(more.description);
            flat.deprecated |= more.deprecated;
        }
        true
    }

    fn merge_types(&mut self, flat: &mut Flat<'d>, more: &Flat<'d>) -> bool {
        if more.types.is_empty() {
            return true;
        }
        if flat.types.is_empty() {
            flat.types.clone_from(&more.types);
            flat.types_said = more.types_said.clone();
            return true;
        }
        let both: Vec<SchemaType> = flat
            .types
            .iter()
            .flat_map(|left| {
                more.types
                    .iter()
                    .filter_map(|right| narrower(*left, *right))
            })
            .collect();
        if both.is_empty() {
            let why = format!(
                "{} at {}, {} at {}",
                told(&flat.types),
                flat.types_said,
                told(&more.types),
                more.types_said,
            );
            self.contradiction(flat, why, "any value is taken here", "a type");
            let node = flat.node.clone();
            let origin = flat.origin.clone();
            *flat = Flat::any(&node);
            flat.origin = origin;
            return false;
        }
        flat.types = both;
        true
    }

    /// The values that both allow, and that are of the type that both leave.
    fn merge_enumeration(&mut self, flat: &mut Flat<'d>, more: &Flat<'d>) {
        let mut both = match (&flat.enumeration, &more.enumeration) {
            (None, None) => return,
            (Some(only), None) | (None, Some(only)) => only.clone(),
            (Some(ours), Some(theirs)) => {
                let shared = ours.iter().copied().filter(|value| theirs.contains(value));
                let shared: Vec<_> = shared.collect();
                if shared.is_empty() {
                    let why = format!("no value of its enum is in the one at {}", more.origin);
                    self.contradiction(flat, why, "the enum is ignored", "the values of a type");
                    flat.enumeration = None;
                    return;
                }
                shared
            }
        };
        if !flat.types.is_empty() {
            both.retain(|value| flat.types.iter().any(|ty| ty.holds(value)));
        }
        if both.is_empty() {
            let why = format!(
                "{} at {}, and no value of the enum is one",
                told(&flat.types),
                flat.types_said
            );
            self.contradiction(flat, why, "the enum is ignored", "the values of a type");
        }
        flat.enumeration = Some(both).filter(|both| !both.is_empty());
    }

    fn merge_format(&mut self, flat: &mut Flat<'d>, more: &Flat<'d>) {
        let (Some(ours), Some(theirs)) = (flat.format, more.format) else {
            flat.format = flat.format.or(more.format);
            return;
        };
        let disjoint = |format: &str| DISJOINT.contains(&format);
        if ours != theirs && disjoint(ours) && disjoint(theirs) {
            let why = format!(
                "the format is `{}`, and `{}` at {}",
                sanitize(ours),
                sanitize(theirs),
                more.origin
            );
            self.contradiction(flat, why, "any text is taken here", "the format of a text");
            flat.format = None;
        }
    }

    fn merge_bounds(&mut self, flat: &mut Flat<'d>, more: &Flat<'d>) {
        let (both, told) = flat.bounds.and(more.bounds);
        flat.bounds = both;
        if let Some(told) = told {
            let why = format!("{told}, with what is at {}", more.origin);
            let message = format!("this contradicts itself: {why}");
            let problem = Diagnostic::error(&flat.origin, message).repair("ignoring both");
            self.recoverable(ErrorKind::Contradiction, problem);
        }
        flat.maximum = match (flat.maximum, more.maximum) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
    }

    fn contradiction(&mut self, flat: &Flat<'d>, why: String, repair: &str, omits: &str) {
        let origin = flat.origin.clone();
        let message = format!("this contradicts itself: {why}");
        self.inexpressible(&origin, message, repair, omits);
    }
}

/// Whether no type satisfies both schemas.
pub(super) fn contradict(one: &Flat<'_>, other: &Flat<'_>) -> bool {
    let types = || {
        one.types.iter().flat_map(|left| {
            other
                .types
                .iter()
                .filter_map(|right| narrower(*left, *right))
        })
    };
    !one.types.is_empty() && !other.types.is_empty() && types().next().is_none()
}

/// The narrower of two types, where one holds the other.
fn narrower(left: SchemaType, right: SchemaType) -> Option<SchemaType> {
    match (left, right) {
        _ if left == right => Some(left),
        (SchemaType::Integer, SchemaType::Number) | (SchemaType::Number, SchemaType::Integer) => {
            Some(SchemaType::Integer)
        }
        _ => None,
    }
}

pub(super) fn merge_additional<'d>(ours: &mut Additional<'d>, theirs: &Additional<'d>) {
    match (&mut *ours, theirs) {
        (Additional::Schemas(ours), Additional::Schemas(theirs)) => {
            for node in theirs {
                if !ours.iter().any(|other| same(other, node)) {
                    ours.push(node.clone());
                }
            }
        }
        // A closed member cannot close the others' properties out: that would leave nothing.
        (Additional::Unspecified | Additional::None, _)
        | (Additional::Any, Additional::Schemas(_)) => {
            if !matches!(theirs, Additional::Unspecified) {
                *ours = theirs.clone();
            }
        }
        (Additional::Any | Additional::Schemas(_), _) => {}
    }
}

/// Whether two places say the same.
pub(super) fn same(left: &Node<'_>, right: &Node<'_>) -> bool {
    left.origin == right.origin || left.value == right.value
}

fn told(types: &[SchemaType]) -> String {
    let names: Vec<_> = types.iter().map(|ty| super::scalars::told(*ty)).collect();
    names.join(" or ")
}
