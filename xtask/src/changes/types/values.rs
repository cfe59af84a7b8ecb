//! Values of enums.

use std::collections::BTreeMap;

use super::{
    change::{Aspect, Rust, Sides, Subject, Wire},
    collect::{Collector, Effect, Place},
    text::quoted,
    types::reordered,
};
use crate::{
    emit::faces::docs_text,
    model::{EnumValue, Usage},
};

/// Compares the values of an enum.
pub(super) fn compare(
    out: &mut Collector<'_>,
    place: &Place,
    usage: Usage,
    before: &[EnumValue],
    after: &[EnumValue],
) {
    let by_wire = |values: &[EnumValue]| -> BTreeMap<String, EnumValue> {
        let pairs = values
            .iter()
            .map(|value| (value.name.wire.clone(), value.clone()));
        pairs.collect()
    };
    let (old, new) = (by_wire(before), by_wire(after));
    let name = quoted(&place.item);
    for value in before {
        let wire = quoted(&value.name.wire);
        let ident = value.name.ident.as_str();
        let Some(other) = new.get(&value.name.wire) else {
            let place = part(place, value, Sides::before(ident));
            let effect = if usage.request {
                Wire::Breaking
            } else {
                Wire::Additive
            };
            let message = format!("{name} lost its value {wire}.");
            out.note(
                Subject::EnumValue,
                Aspect::Removed,
                &place,
                Effect::new(effect, Rust::Breaking),
                message,
            );
            continue;
        };
        let place = part(place, value, Sides::both(ident, &other.name.ident));
        if value.name.ident != other.name.ident {
            let message = format!(
                "The value {wire} of {name} is called {} now, not {}.",
                quoted(other.name.ident.as_str()),
                quoted(ident)
            );
            out.note(
                Subject::EnumValue,
                Aspect::Renamed,
                &place,
                Effect::new(Wire::None, Rust::Breaking),
                message,
            );
        }
        if docs_text(&value.docs) != docs_text(&other.docs) {
            let message = format!("The value {wire} of {name} is described in other words.");
            out.note(
                Subject::EnumValue,
                Aspect::Docs,
                &place,
                Effect::new(Wire::None, Rust::Docs),
                message,
            );
        }
    }
    for value in after
        .iter()
        .filter(|value| !old.contains_key(&value.name.wire))
    {
        let place = part(place, value, Sides::after(&value.name.ident));
        let message = format!("{name} has a new value, {}.", quoted(&value.name.wire));
        out.note(
            Subject::EnumValue,
            Aspect::Added,
            &place,
            Effect::new(Wire::Additive, Rust::Additive),
            message,
        );
    }
    if reordered(
        before.iter().map(|value| value.name.wire.as_str()),
        after.iter().map(|value| value.name.wire.as_str()),
    ) {
        let message = format!("The values of {name} stand in another order.");
        out.note(
            Subject::Type,
            Aspect::Order,
            place,
            Effect::new(Wire::None, Rust::None),
            message,
        );
    }
}

fn part(place: &Place, value: &EnumValue, path: Sides) -> Place {
    place.part(", value ", &value.name.wire, path, place.pointer.clone())
}
