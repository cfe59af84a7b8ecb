//! Variants of unions.

use super::{
    change::{Aspect, Rust, Sides, Subject, Wire},
    collect::{Collector, Effect, Place},
    text::{list, quoted},
    types::reordered,
};
use crate::{
    emit::faces,
    model::{Usage, Variant},
};

/// Compares the variants of a union.
pub(super) fn compare(
    out: &mut Collector<'_>,
    place: &Place,
    usage: Usage,
    before: &[Variant],
    after: &[Variant],
) {
    let name = quoted(&place.item);
    for variant in before {
        let ident = &variant.name.ident;
        match after.iter().find(|other| other.name.ident == *ident) {
            Some(other) => pair(out, place, variant, other),
            None => {
                let wire = if usage.request {
                    Wire::Breaking
                } else {
                    Wire::Additive
                };
                let place = part(place, variant, Sides::before(ident));
                let message = format!("{name} lost its variant {}.", quoted(ident.as_str()));
                out.note(
                    Subject::Variant,
                    Aspect::Removed,
                    &place,
                    Effect::new(wire, Rust::Breaking),
                    message,
                );
            }
        }
    }
    for variant in after {
        let ident = &variant.name.ident;
        if !before.iter().any(|other| other.name.ident == *ident) {
            let place = part(place, variant, Sides::after(ident));
            let message = format!("{name} has a new variant, {}.", quoted(ident.as_str()));
            out.note(
                Subject::Variant,
                Aspect::Added,
                &place,
                Effect::new(Wire::Additive, Rust::Additive),
                message,
            );
        }
    }
    if reordered(
        before.iter().map(|variant| variant.name.ident.as_str()),
        after.iter().map(|variant| variant.name.ident.as_str()),
    ) {
        let message = format!("The variants of {name} stand in another order.");
        out.note(
            Subject::Type,
            Aspect::Order,
            place,
            Effect::new(Wire::None, Rust::None),
            message,
        );
    }
}

fn part(place: &Place, variant: &Variant, path: Sides) -> Place {
    let name = variant.name.ident.as_str();
    place.part(", variant ", name, path, place.pointer.clone())
}

fn pair(out: &mut Collector<'_>, place: &Place, before: &Variant, after: &Variant) {
    let ident = &after.name.ident;
    let what = format!(
        "The variant {} of {}",
        quoted(ident.as_str()),
        quoted(&place.item)
    );
    let place = part(place, after, Sides::both(&before.name.ident, ident));
    let (old, new) = (
        faces::variant(out.before, before),
        faces::variant(out.after, after),
    );
    if before.ty != after.ty {
        let rust = if old.offers == new.offers {
            Rust::None
        } else {
            Rust::Breaking
        };
        let message = format!(
            "{what} holds {} now, not {}.",
            quoted(&faces::type_text(out.after, &after.ty)),
            quoted(&faces::type_text(out.before, &before.ty))
        );
        let seen = old.code != new.code || old.offers != new.offers;
        out.note(
            Subject::Variant,
            Aspect::Type,
            &place,
            Effect::new(Wire::Breaking, rust).seen(seen),
            message,
        );
    }
    if before.tags != after.tags {
        let gone = before.tags.iter().any(|tag| !after.tags.contains(tag));
        let wire = if gone { Wire::Breaking } else { Wire::Additive };
        let message = format!(
            "{what} is told by {} now, not {}.",
            list(after.tags.iter().map(String::as_str)),
            list(before.tags.iter().map(String::as_str))
        );
        out.note(
            Subject::Variant,
            Aspect::Values,
            &place,
            Effect::new(wire, Rust::None),
            message,
        );
    }
    if old.docs != new.docs {
        let message = format!("{what} is described in other words.");
        out.note(
            Subject::Variant,
            Aspect::Docs,
            &place,
            Effect::new(Wire::None, Rust::Docs),
            message,
        );
    }
}
