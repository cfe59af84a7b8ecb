//! Named types.

use std::collections::BTreeMap;

use super::{
    change::{Aspect, Rust, Sides, Subject, Wire},
    collect::{Collector, Effect, Place, pointers, same_order},
    files,
    interface::Interface,
    members::{self, Member},
    text::quoted,
    values, variants,
};
use crate::{
    emit::{Context, faces},
    model::{Field, Origin, Presence, Shape, Type, TypeDef, TypeId, Usage},
};

/// Compares the types of an API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (before, after) = (out.before, out.after);
    let (old, new) = (&before.api.types, &after.api.types);
    let mut moved: BTreeMap<&TypeId, &TypeId> = BTreeMap::new();
    let fresh: BTreeMap<&str, (&TypeId, &TypeDef)> = new
        .iter()
        .filter(|(id, definition)| !old.contains_key(*id) && !by_position(&definition.origin))
        .map(|(id, definition)| (definition.origin.as_str(), (id, definition)))
        .collect();
    for (id, definition) in old.iter().filter(|(id, _)| !new.contains_key(*id)) {
        match fresh.get(definition.origin.as_str()) {
            Some((other, found)) if found.shape == definition.shape => {
                moved.insert(other, id);
                renamed(out, definition, found);
            }
            _ => gone(out, definition),
        }
    }
    for (id, definition) in new {
        match old.get(moved.get(id).copied().unwrap_or(id)) {
            Some(other) => pair(out, other, definition),
            None => added(out, definition),
        }
    }
}

/// Whether a place is counted, not named: another alternative may stand there in another document.
fn by_position(origin: &Origin) -> bool {
    ["/oneOf/", "/anyOf/", "/allOf/"]
        .iter()
        .any(|list| origin.pointer().contains(list))
}

/// The path by which callers name a type.
pub(super) fn public_path(context: &Context<'_>, definition: &TypeDef) -> String {
    let mut module: Vec<&str> = definition
        .module
        .0
        .iter()
        .map(|segment| segment.as_str())
        .collect();
    if definition.parent.is_none() && module.len() == 2 && module.first() == Some(&"types") {
        module.pop();
    }
    let mut path = vec![context.api.name.as_str()];
    path.extend(module);
    path.push(definition.name.ident.as_str());
    path.join("::")
}

fn added(out: &mut Collector<'_>, definition: &TypeDef) {
    let context = out.after;
    let path = public_path(context, definition);
    let place = Place {
        item: definition.id().0,
        path: Sides::after(&path),
        pointer: Sides::after(&definition.origin),
        files: vec![
            files::of_type(context, definition),
            files::above_type(context, definition),
        ],
    };
    let message = format!("There is a new type, {}.", quoted(&path));
    out.note(
        Subject::Type,
        Aspect::Added,
        &place,
        Effect::new(Wire::None, Rust::Additive),
        message,
    );
}

fn gone(out: &mut Collector<'_>, definition: &TypeDef) {
    let context = out.before;
    let path = public_path(context, definition);
    let place = Place {
        item: definition.id().0,
        path: Sides::before(&path),
        pointer: Sides::before(&definition.origin),
        files: vec![
            files::of_type(context, definition),
            files::above_type(context, definition),
        ],
    };
    let message = format!("The type {} is gone.", quoted(&path));
    out.note(
        Subject::Type,
        Aspect::Removed,
        &place,
        Effect::new(Wire::None, Rust::Breaking),
        message,
    );
}

fn place_of(out: &Collector<'_>, before: &TypeDef, after: &TypeDef) -> Place {
    let mut files = vec![files::of_type(out.after, after)];
    let earlier = files::of_type(out.before, before);
    if !files.contains(&earlier) {
        files.push(earlier);
    }
    Place {
        item: after.id().0,
        path: Sides::both(
            public_path(out.before, before),
            public_path(out.after, after),
        ),
        pointer: pointers(&before.origin, &after.origin),
        files,
    }
}

fn renamed(out: &mut Collector<'_>, before: &TypeDef, after: &TypeDef) {
    let mut place = place_of(out, before, after);
    place.files.push(files::above_type(out.before, before));
    place.files.push(files::above_type(out.after, after));
    let message = format!(
        "The type {} is called {} now.",
        quoted(&public_path(out.before, before)),
        quoted(&public_path(out.after, after))
    );
    out.note(
        Subject::Type,
        Aspect::Renamed,
        &place,
        Effect::new(Wire::None, Rust::Breaking),
        message,
    );
}

fn pair(out: &mut Collector<'_>, before: &TypeDef, after: &TypeDef) {
    let place = place_of(out, before, after);
    let old_code = faces::type_code(out.before, before);
    let new_code = faces::type_code(out.after, after);
    let differs = old_code.to_string() != new_code.to_string();
    let whole = |rust| Effect::new(Wire::None, rust).seen(differs);
    let mark = out.changes.len();
    let name = quoted(after.name.ident.as_str());

    if public_path(out.before, before) != public_path(out.after, after) && before.id() == after.id()
    {
        let mut place = place.clone();
        place.files.push(files::above_type(out.after, after));
        let lost = after.parent.is_some();
        let rust = if lost { Rust::Breaking } else { Rust::Additive };
        let message = format!(
            "{name} is exported as {} now.",
            quoted(&public_path(out.after, after))
        );
        out.note(
            Subject::Type,
            Aspect::Renamed,
            &place,
            Effect::new(Wire::None, rust),
            message,
        );
    }
    // As it was, but for the directions it travels in.
    let turned = TypeDef {
        usage: after.usage,
        ..before.clone()
    };
    if before.usage != after.usage {
        let interface = Interface::of(old_code.clone());
        let (rust, _) = interface.against(&Interface::of(faces::type_code(out.before, &turned)));
        let message = format!(
            "{name} is {} now; before, it was {}.",
            used(after.usage),
            used(before.usage)
        );
        out.note(Subject::Type, Aspect::Usage, &place, whole(rust), message);
    }
    if before.deprecation != after.deprecation {
        let message = match after.deprecation {
            Some(_) => format!("{name} is deprecated."),
            None => format!("{name} is no longer deprecated."),
        };
        out.note(
            Subject::Type,
            Aspect::Deprecation,
            &place,
            whole(Rust::Docs),
            message,
        );
    }
    if faces::docs_text(&before.docs) != faces::docs_text(&after.docs) {
        let message = format!("{name} is described in other words.");
        out.note(
            Subject::Type,
            Aspect::Docs,
            &place,
            whole(Rust::Docs),
            message,
        );
    }
    shape(out, &place, &turned, after, differs);

    // Whatever else the code shows: traits that a type inside takes away, and their kin.
    if differs && before.id() == after.id() {
        let (rust, names) = Interface::of(old_code).against(&Interface::of(new_code));
        let noted = out.most_since(mark);
        if noted.is_none_or(|noted| rust > noted) {
            let aspect = match rust {
                Rust::None | Rust::Docs => Aspect::Form,
                _ => Aspect::Traits,
            };
            let message = if names.is_empty() {
                format!("{name} is handled in another way, as a type that it uses is.")
            } else {
                format!("{name} has other items: {}.", quoted(&names.join(", ")))
            };
            out.note(
                Subject::Type,
                aspect,
                &place,
                Effect::new(Wire::None, rust),
                message,
            );
        }
    }
}

fn used(usage: Usage) -> &'static str {
    match (usage.request, usage.response) {
        (true, true) => "part of requests and answers",
        (true, false) => "part of requests",
        _ => "part of answers",
    }
}

fn shape(out: &mut Collector<'_>, place: &Place, before: &TypeDef, after: &TypeDef, differs: bool) {
    match (&before.shape, &after.shape) {
        (
            Shape::Struct {
                fields: old,
                additional: old_rest,
            },
            Shape::Struct {
                fields: new,
                additional: new_rest,
            },
        ) => {
            let old = fields(out.before, before, old, old_rest.as_ref());
            let new = fields(out.after, after, new, new_rest.as_ref());
            members::compare(out, place, &old, &new);
            order(out, place, &old, &new, differs);
        }
        (Shape::StringEnum { values: old }, Shape::StringEnum { values: new })
        | (Shape::IntegerEnum { values: old }, Shape::IntegerEnum { values: new }) => {
            values::compare(out, place, after.usage, old, new);
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
            variants::compare(out, place, after.usage, old, new);
            if old_by != new_by {
                let by = |name: &Option<String>| {
                    name.as_deref().map_or_else(
                        || "by their content".to_owned(),
                        |name| format!("by {}", quoted(name)),
                    )
                };
                let message = format!(
                    "The variants of {} are told apart {} now, not {}.",
                    quoted(&place.item),
                    by(new_by),
                    by(old_by)
                );
                let effect = Effect::new(Wire::Breaking, Rust::None).seen(differs);
                out.note(Subject::Type, Aspect::Discriminator, place, effect, message);
            }
        }
        (Shape::Alias(old), Shape::Alias(new)) => {
            if old != new {
                let message = format!(
                    "{} stands for {} now, not {}.",
                    quoted(&place.item),
                    quoted(&faces::type_text(out.after, new)),
                    quoted(&faces::type_text(out.before, old))
                );
                let rust = if faces::type_text(out.after, new) == faces::type_text(out.before, old)
                {
                    Rust::None
                } else {
                    Rust::Breaking
                };
                out.note(
                    Subject::Type,
                    Aspect::Type,
                    place,
                    Effect::new(Wire::Breaking, rust).seen(differs),
                    message,
                );
            }
        }
        (old, new) => {
            let message = format!(
                "{} is {} now, not {}.",
                quoted(&place.item),
                kind(new),
                kind(old)
            );
            out.note(
                Subject::Type,
                Aspect::Shape,
                place,
                Effect::new(Wire::Breaking, Rust::Breaking),
                message,
            );
        }
    }
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct { .. } => "an object",
        Shape::StringEnum { .. } => "an enum of strings",
        Shape::IntegerEnum { .. } => "an enum of integers",
        Shape::Union { .. } => "a union",
        Shape::Alias(_) => "another name for a type",
    }
}

fn order(
    out: &mut Collector<'_>,
    place: &Place,
    old: &[Member<'_>],
    new: &[Member<'_>],
    differs: bool,
) {
    if members::in_order(old, new, |_| true) {
        return;
    }
    let asked = |member: &Member<'_>| {
        let face = member.face.as_ref();
        // Named ones have no order.
        face.and_then(|face| face.offers.get("argument"))
            .is_some_and(|ty| !ty.starts_with('"'))
    };
    let rust = if members::in_order(old, new, asked) {
        Rust::None
    } else {
        Rust::Breaking
    };
    let message = format!(
        "The fields of {} stand in another order.",
        quoted(&place.item)
    );
    out.note(
        Subject::Type,
        Aspect::Order,
        place,
        Effect::new(Wire::None, rust).seen(differs),
        message,
    );
}

fn fields<'m>(
    context: &Context<'_>,
    definition: &'m TypeDef,
    fields: &'m [Field],
    additional: Option<&'m Type>,
) -> Vec<Member<'m>> {
    let further = additional.map(|ty| Member {
        key: "further members".to_owned(),
        label: "further members".to_owned(),
        subject: Subject::Field,
        ident: "additional",
        ty: Some(ty),
        type_text: faces::type_text(context, ty),
        presence: Presence::Optional,
        default: None,
        deprecation: None,
        style: String::new(),
        origin: Some(&definition.origin),
        usage: definition.usage,
        face: Some(faces::additional(context, ty)),
    });
    let fields = fields.iter().map(|field| Member {
        key: field.name.wire.clone(),
        label: format!("field {}", quoted(&field.name.wire)),
        subject: Subject::Field,
        ident: field.name.ident.as_str(),
        ty: Some(&field.ty),
        type_text: faces::type_text(context, &field.ty),
        presence: field.presence,
        default: field.default.as_ref(),
        deprecation: field.deprecation.as_ref(),
        style: direction(field).to_owned(),
        origin: Some(&field.origin),
        usage: Usage {
            request: definition.usage.request && !field.read_only,
            response: definition.usage.response && !field.write_only,
        },
        face: faces::field(context, definition, field),
    });
    fields.chain(further).collect()
}

/// How a field travels, in a word.
fn direction(field: &Field) -> &'static str {
    match (field.read_only, field.write_only) {
        (true, _) => "read only",
        (_, true) => "write only",
        _ => "read and written",
    }
}

/// Whether the names stand in another order.
pub(super) fn reordered<'n>(
    before: impl Iterator<Item = &'n str>,
    after: impl Iterator<Item = &'n str>,
) -> bool {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.collect(), after.collect());
    !same_order(&before, &after)
}
