//! Variants of unions.

use super::super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, Place},
    effects::same_order,
    kind::{Aspect, Subject},
    spelling,
    text::{list, quoted},
    wire,
};
use sdk_generator::emit::{
    Context,
    public_api::{self, ApiItem},
};
use sdk_model::{Shape, TypeDef, Usage, Variant};

/// A variant, and what shows of it.
type Shown<'m> = (&'m Variant, ApiItem);

/// Compares the variants of a union.
pub(super) fn compare(out: &mut Collector<'_>, place: &Place, sides: [&TypeDef; 2]) {
    let [old, new] = sides;
    let usage = new.usage;
    let (before, after) = (variants(out.before, old), variants(out.after, new));
    let name = quoted(&place.item);
    for variant in &before {
        let ident = &variant.0.name.ident;
        match after.iter().find(|(other, _)| other.name.ident == *ident) {
            Some(other) => pair(out, place, usage, variant, other),
            None => {
                let wire = if usage.request {
                    Wire::Breaking
                } else {
                    Wire::Additive
                };
                let place = part(place, variant.0, Sides::before(ident));
                let message = format!("{name} lost its variant {}.", quoted(ident.as_str()));
                let effect = Effect::new(wire, Rust::Breaking);
                out.note(Subject::Variant, Aspect::Removed, &place, effect, message);
            }
        }
    }
    for (variant, _) in &after {
        let ident = &variant.name.ident;
        if !before.iter().any(|(other, _)| other.name.ident == *ident) {
            let place = part(place, variant, Sides::after(ident));
            let message = format!("{name} has a new variant, {}.", quoted(ident.as_str()));
            out.note(
                Subject::Variant,
                Aspect::Added,
                &place,
                Effect::ADDS,
                message,
            );
        }
    }
    let idents = |variants: &[Shown<'_>]| -> Vec<String> {
        let idents = variants.iter().map(|(it, _)| it.name.ident.to_string());
        idents.collect()
    };
    if !same_order(idents(&before), idents(&after)) {
        let message = format!("The variants of {name} stand in another order.");
        let effect = Effect::in_rust(Rust::None);
        out.note(Subject::Type, Aspect::Order, place, effect, message);
    }
}

fn part(place: &Place, variant: &Variant, path: Sides) -> Place {
    let name = variant.name.ident.as_str();
    place.part(", variant ", name, path, place.pointer.clone())
}

/// The variants of a union.
fn variants<'m>(context: &Context<'_>, definition: &'m TypeDef) -> Vec<Shown<'m>> {
    match &definition.shape {
        Shape::Union { variants, .. } => variants
            .iter()
            .zip(public_api::variants(context, definition))
            .collect(),
        _ => Vec::new(),
    }
}

fn pair(
    out: &mut Collector<'_>,
    place: &Place,
    usage: Usage,
    (before, old): &Shown<'_>,
    (after, new): &Shown<'_>,
) {
    let Variant {
        name,
        ty,
        tags,
        // By these the variant is told from the others: the rule.
        is_default: _,
        required: _,
        constants: _,
        defaults: _,
        docs,
    } = before;
    let ident = &after.name.ident;
    let what = format!(
        "The variant {} of {}",
        quoted(ident.as_str()),
        quoted(&place.item)
    );
    let place = part(place, after, Sides::both(&name.ident, ident));
    let contexts = [out.before, out.after];
    let mut item = out.item(Subject::Variant, &place);
    if *ty != after.ty {
        let same = old.signature == new.signature;
        let rust = if same { Rust::None } else { Rust::Breaking };
        let [was, is] = spelling::apart(contexts, ty, &after.ty);
        let message = format!("{what} holds {} now, not {}.", quoted(&is), quoted(&was));
        let on_wire = wire::of_types(contexts, ty, &after.ty, usage);
        let seen = !same || old.code != new.code;
        item.note(Aspect::Type, Effect::new(on_wire, rust).seen(seen), message);
    }
    let shows = old.code != new.code || old.docs != new.docs;
    if *tags != after.tags {
        let gone = tags.iter().any(|tag| !after.tags.contains(tag));
        let wire = if gone { Wire::Breaking } else { Wire::Additive };
        let message = format!(
            "{what} is told by {} now, not {}.",
            list(after.tags.iter().map(String::as_str)),
            list(tags.iter().map(String::as_str))
        );
        let effect = Effect::new(wire, Rust::None).seen(shows);
        item.note(Aspect::Values, effect, message);
    } else if old.code != new.code && *ty == after.ty {
        let message = format!("{what} is told from the others by other members.");
        item.note(Aspect::Rule, Effect::in_rust(Rust::None), message);
    }
    if *docs != after.docs {
        let seen = old.docs != new.docs;
        let message = format!("{what} is described in other words.");
        item.note(Aspect::Docs, Effect::DOCS.seen(seen), message);
    } else if name.wire != after.name.wire {
        let seen = old.docs != new.docs;
        let message = format!(
            "{what} is {} in the document now, not {}.",
            quoted(&after.name.wire),
            quoted(&name.wire)
        );
        item.note(Aspect::Id, Effect::DOCS.seen(seen), message);
    }
}
