//! Values of enums.

use std::collections::BTreeMap;

use sdk_generator::emit::public_api::docs_text;
use sdk_model::{EnumValue, Usage};

use super::super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, ItemPath},
    effects::same_order,
    facets::{self, Facet},
    kind::{Aspect, Subject},
    text::quoted,
};

/// Compares the values of an enum.
pub(super) fn compare(
    out: &mut Collector<'_>,
    path: &ItemPath,
    usage: Usage,
    before: &[EnumValue],
    after: &[EnumValue],
) {
    let by_wire = |values: &'_ [EnumValue]| -> BTreeMap<String, EnumValue> {
        values
            .iter()
            .map(|value| (value.name.wire.clone(), value.clone()))
            .collect()
    };
    let (old, new) = (by_wire(before), by_wire(after));
    for value in before {
        match new.get(&value.name.wire) {
            Some(other) => pair(out, path, value, other),
            None => {
                let path = part(path, value, Sides::before(&value.name.ident));
                let wire = if usage.request {
                    Wire::Breaking
                } else {
                    Wire::Additive
                };
                let message = format!("removed value {}", quoted(&value.name.wire));
                let effect = Effect::new(wire, Rust::Breaking);
                out.note(Subject::EnumValue, Aspect::Removed, &path, effect, message);
            }
        }
    }
    for value in after.iter().filter(|it| !old.contains_key(&it.name.wire)) {
        let path = part(path, value, Sides::after(&value.name.ident));
        let message = format!("new value {}", quoted(&value.name.wire));
        out.note(
            Subject::EnumValue,
            Aspect::Added,
            &path,
            Effect::ADDS,
            message,
        );
    }
    let wire = |value: &EnumValue| value.name.wire.clone();
    let ident = |value: &EnumValue| value.name.ident.clone();
    let wires = same_order(before.iter().map(wire), after.iter().map(wire));
    let idents = same_order(before.iter().map(ident), after.iter().map(ident));
    if !wires && !idents {
        let effect = Effect::in_rust(Rust::None);
        out.note(
            Subject::Type,
            Aspect::Order,
            path,
            effect,
            "order of values changed",
        );
    }
}

fn part(path: &ItemPath, value: &EnumValue, sides: Sides) -> ItemPath {
    let name = format!("value {}", value.name.wire);
    path.part(&name, sides, path.pointer.clone())
}

fn pair(out: &mut Collector<'_>, path: &ItemPath, before: &EnumValue, after: &EnumValue) {
    let EnumValue { name, docs } = before;
    let path = part(path, before, Sides::both(&name.ident, &after.name.ident));
    let label = format!("value {}", quoted(&name.wire));
    let visible = docs_text(docs) != docs_text(&after.docs);
    let idents = [name, &after.name].map(|name| Some(name.ident.to_string()));
    let facets = [
        Facet::new(
            Aspect::Renamed,
            format!("{label}: Rust name"),
            idents,
            Effect::in_rust(Rust::Breaking),
        ),
        Facet::documentation(label, [docs, &after.docs], visible),
    ];
    facets::compare(out, Subject::EnumValue, &path, facets);
}
