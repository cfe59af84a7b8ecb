use std::rc::Rc;

use foldhash::HashSet;

use super::reader::SchemaReader;
use sdk_model::SpecPointer;
use sdk_openapi::diagnostics::{Diagnostic, ErrorKind, sanitize};
use sdk_openapi::{AdditionalProperties, Node, Schema, SchemaType};

/// Formats that exclude each other.
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

impl<'d> SchemaReader<'d, '_> {
    /// Merges schemas that all apply.
    pub(super) fn merge_parts(
        &mut self,
        pointer: &SpecPointer,
        parts: &[Rc<Schema<'d>>],
    ) -> Rc<Schema<'d>> {
        let Some((first, rest)) = parts.split_first() else {
            return Rc::new(Schema::any(&self.document.root()));
        };
        let mut merged = (**first).clone();
        merged.origin = pointer.clone();
        for part in rest {
            if !self.merge(&mut merged, part) {
                break;
            }
        }
        merged.nullable = parts.iter().all(|part| part.nullable);
        Rc::new(merged)
    }

    /// Adds the constraints of `more` to `merged`. A contradiction is reported with both pointers.
    /// False where no value satisfies both: `merged` then allows any value.
    pub(super) fn merge(&mut self, merged: &mut Schema<'d>, more: &Schema<'d>) -> bool {
        if !self.merge_types(merged, more) {
            return false;
        }
        if !self.check_property_limit(&merged.origin, more.properties.len()) {
            return false;
        }
        self.merge_enumeration(merged, more);
        self.merge_format(merged, more);
        if merged.content_schema.is_none() {
            merged.content_schema.clone_from(&more.content_schema);
        }
        self.merge_bounds(merged, more);
        for (name, parts) in &more.properties {
            let known = merged.properties.entry(name).or_default();
            for part in parts {
                if !known.iter().any(|other| same(other, part)) {
                    known.push(part.clone());
                }
            }
        }
        if !more.required.is_empty() {
            let mut known: HashSet<&str> = merged.required.iter().copied().collect();
            let fresh = more.required.iter().filter(|name| known.insert(name));
            merged.required.extend(fresh);
        }
        merge_additional(&mut merged.additional, &more.additional);
        merged.patterns.extend(more.patterns.iter().cloned());
        for item in &more.items {
            if !merged.items.iter().any(|other| same(other, item)) {
                merged.items.push(item.clone());
            }
        }
        if merged.prefix_items.is_empty() {
            merged.prefix_items.clone_from(&more.prefix_items);
        }
        merged
            .alternatives
            .extend(more.alternatives.iter().cloned());
        merged.sensitive |= more.sensitive;
        merged.read_only |= more.read_only;
        merged.write_only |= more.write_only;
        merged.default = merged.default.or(more.default);
        // The documentation of a component is not that of a schema that includes it.
        let inline = more.origin.as_str().starts_with(merged.origin.as_str());
        if inline {
            merged.example = merged.example.or(more.example);
            merged.title = merged.title.or(more.title);
            merged.description = merged.description.or(more.description);
            merged.deprecated |= more.deprecated;
        }
        true
    }

    fn merge_types(&mut self, merged: &mut Schema<'d>, more: &Schema<'d>) -> bool {
        if more.types.is_empty() {
            return true;
        }
        if merged.types.is_empty() {
            merged.types.clone_from(&more.types);
            merged.types_pointer = more.types_pointer.clone();
            return true;
        }
        let both: Vec<SchemaType> = merged
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
                type_words(&merged.types),
                merged.types_pointer,
                type_words(&more.types),
                more.types_pointer,
            );
            self.contradiction(merged, why, "using any value", "a type");
            let node = merged.node.clone();
            let origin = merged.origin.clone();
            *merged = Schema::any(&node);
            merged.origin = origin;
            return false;
        }
        merged.types = both;
        true
    }

    /// Keeps the values that both allow and that have one of the remaining types.
    fn merge_enumeration(&mut self, merged: &mut Schema<'d>, more: &Schema<'d>) {
        let mut both = match (&merged.enumeration, &more.enumeration) {
            (None, None) => return,
            (Some(only), None) | (None, Some(only)) => only.clone(),
            (Some(ours), Some(theirs)) => {
                let shared = ours.iter().copied().filter(|value| theirs.contains(value));
                let shared: Vec<_> = shared.collect();
                if shared.is_empty() {
                    let why = format!(
                        "its enum and the one at {} have no value in common",
                        more.origin
                    );
                    self.contradiction(merged, why, "ignoring the enum", "the values of a type");
                    merged.enumeration = None;
                    return;
                }
                shared
            }
        };
        if !merged.types.is_empty() {
            both.retain(|value| merged.types.iter().any(|ty| ty.holds(value)));
        }
        if both.is_empty() {
            let why = format!(
                "{} at {}, and no value of the enum has that type",
                type_words(&merged.types),
                merged.types_pointer
            );
            self.contradiction(merged, why, "ignoring the enum", "the values of a type");
        }
        merged.enumeration = Some(both).filter(|both| !both.is_empty());
    }

    fn merge_format(&mut self, merged: &mut Schema<'d>, more: &Schema<'d>) {
        let (Some(ours), Some(theirs)) = (merged.format, more.format) else {
            merged.format = merged.format.or(more.format);
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
            self.contradiction(
                merged,
                why,
                "using a string without a format",
                "the format of a string",
            );
            merged.format = None;
        }
    }

    fn merge_bounds(&mut self, merged: &mut Schema<'d>, more: &Schema<'d>) {
        let (both, conflict) = merged.bounds.and(more.bounds);
        merged.bounds = both;
        if let Some(conflict) = conflict {
            let why = format!("{conflict}, merged with {}", more.origin);
            let message = format!("no value satisfies this schema: {why}");
            let problem = Diagnostic::error(&merged.origin, message).repair("ignoring both");
            self.recoverable(ErrorKind::Contradiction, problem);
        }
        merged.maximum = match (merged.maximum, more.maximum) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
    }

    fn contradiction(&mut self, merged: &Schema<'d>, why: String, repair: &str, omits: &str) {
        let origin = merged.origin.clone();
        let message = format!("no value satisfies this schema: {why}");
        self.inexpressible(&origin, message, repair, omits);
    }
}

/// Whether no type satisfies both schemas.
pub(super) fn contradict(one: &Schema<'_>, other: &Schema<'_>) -> bool {
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

/// The narrower of two types, where one includes the other.
fn narrower(left: SchemaType, right: SchemaType) -> Option<SchemaType> {
    match (left, right) {
        _ if left == right => Some(left),
        (SchemaType::Integer, SchemaType::Number) | (SchemaType::Number, SchemaType::Integer) => {
            Some(SchemaType::Integer)
        }
        _ => None,
    }
}

pub(super) fn merge_additional<'d>(
    ours: &mut AdditionalProperties<'d>,
    theirs: &AdditionalProperties<'d>,
) {
    match (&mut *ours, theirs) {
        (AdditionalProperties::Schemas(ours), AdditionalProperties::Schemas(theirs)) => {
            for node in theirs {
                if !ours.iter().any(|other| same(other, node)) {
                    ours.push(node.clone());
                }
            }
        }
        // A member with `additionalProperties: false` would forbid the other members' properties.
        (AdditionalProperties::Unspecified | AdditionalProperties::None, _)
        | (AdditionalProperties::Any, AdditionalProperties::Schemas(_)) => {
            if !matches!(theirs, AdditionalProperties::Unspecified) {
                *ours = theirs.clone();
            }
        }
        (AdditionalProperties::Any | AdditionalProperties::Schemas(_), _) => {}
    }
}

/// Whether two schemas are equal.
pub(super) fn same(left: &Node<'_>, right: &Node<'_>) -> bool {
    left.origin == right.origin || left.value == right.value
}

fn type_words(types: &[SchemaType]) -> String {
    let names: Vec<_> = types
        .iter()
        .map(|ty| super::scalars::type_word(*ty))
        .collect();
    names.join(" or ")
}
