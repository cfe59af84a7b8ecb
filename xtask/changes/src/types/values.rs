//! Values of enums.

use std::collections::BTreeMap;

use super::super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, Place},
    effects::same_order,
    kind::{Aspect, Subject},
    text::quoted,
};
use sdk_generator::emit::public_api::docs_text;
use sdk_model::{EnumValue, Usage};

/// Compares the values of an enum.
pub(super) fn compare(
    out: &mut Collector<'_>,
    place: &Place,
    usage: Usage,
    before: &[EnumValue],
    after: &[EnumValue],
) {
    let wire = |value: &&EnumValue| value.name.wire.clone();
    let old: BTreeMap<String, &EnumValue> = before.iter().map(|it| (wire(&it), it)).collect();
    let new: BTreeMap<String, &EnumValue> = after.iter().map(|it| (wire(&it), it)).collect();
    let name = quoted(&place.item);
    for value in before {
        match new.get(&value.name.wire) {
            Some(other) => pair(out, place, value, other),
            None => {
                let place = part(place, value, Sides::before(&value.name.ident));
                let wire = if usage.request {
                    Wire::Breaking
                } else {
                    Wire::Additive
                };
                let message = format!("{name} lost its value {}.", quoted(&value.name.wire));
                let effect = Effect::new(wire, Rust::Breaking);
                out.note(Subject::EnumValue, Aspect::Removed, &place, effect, message);
            }
        }
    }
    for value in after.iter().filter(|it| !old.contains_key(&it.name.wire)) {
        let place = part(place, value, Sides::after(&value.name.ident));
        let message = format!("{name} has a new value, {}.", quoted(&value.name.wire));
        out.note(
            Subject::EnumValue,
            Aspect::Added,
            &place,
            Effect::ADDS,
            message,
        );
    }
    let wires = same_order(
        before.iter().map(|it| wire(&it)),
        after.iter().map(|it| wire(&it)),
    );
    let ident = |value: &EnumValue| value.name.ident.clone();
    // Values that took each other's names stand where they stood.
    let idents = same_order(before.iter().map(ident), after.iter().map(ident));
    if !wires && !idents {
        let message = format!("The values of {name} stand in another order.");
        let effect = Effect::in_rust(Rust::None);
        out.note(Subject::Type, Aspect::Order, place, effect, message);
    }
}

fn part(place: &Place, value: &EnumValue, path: Sides) -> Place {
    place.part(", value ", &value.name.wire, path, place.pointer.clone())
}

fn pair(out: &mut Collector<'_>, place: &Place, before: &EnumValue, after: &EnumValue) {
    let EnumValue { name, docs } = before;
    let what = format!(
        "The value {} of {}",
        quoted(&name.wire),
        quoted(&place.item)
    );
    let place = part(place, before, Sides::both(&name.ident, &after.name.ident));
    let mut item = out.item(Subject::EnumValue, &place);
    if name.ident != after.name.ident {
        let message = format!(
            "{what} is called {} now, not {}.",
            quoted(after.name.ident.as_str()),
            quoted(name.ident.as_str())
        );
        item.note(Aspect::Renamed, Effect::in_rust(Rust::Breaking), message);
    }
    if *docs != after.docs {
        let seen = docs_text(docs) != docs_text(&after.docs);
        let message = format!("{what} is described in other words.");
        item.note(Aspect::Docs, Effect::DOCS.seen(seen), message);
    }
}
