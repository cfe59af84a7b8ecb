//! Parts of items: fields of structs, parameters and body fields of operations.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    change::{Aspect, Rust, Sides, Subject, Wire},
    collect::{Collector, Effect, Place, of_faces, of_gone, of_new, same_order},
    text::{presence, quoted, value},
};
use crate::{
    emit::faces::Face,
    model::{Deprecation, Origin, Presence, Type, Usage},
};

/// A part of an item.
pub(super) struct Member<'m> {
    /// What tells it from the other parts, before and after: `query status`.
    pub(super) key: String,
    /// What it is called in a sentence.
    pub(super) label: String,
    pub(super) subject: Subject,
    /// Its identifier.
    pub(super) ident: &'m str,
    pub(super) ty: Option<&'m Type>,
    /// Its type as Rust.
    pub(super) type_text: String,
    pub(super) presence: Presence,
    pub(super) default: Option<&'m Value>,
    pub(super) deprecation: Option<&'m Deprecation>,
    /// How it is written on the wire.
    pub(super) style: String,
    pub(super) origin: Option<&'m Origin>,
    /// In which directions it travels.
    pub(super) usage: Usage,
    /// What shows of it; none where nothing does.
    pub(super) face: Option<Face>,
}

impl Member<'_> {
    fn place(&self, item: &Place, before: Option<&Self>, after: Option<&Self>) -> Place {
        let ident = |member: Option<&Self>| member.map(|member| member.ident.to_owned());
        let origin = |member: Option<&Self>| Some(member?.origin?.to_string());
        item.part(
            ", ",
            &self.key,
            Sides {
                before: ident(before),
                after: ident(after),
            },
            Sides {
                before: origin(before),
                after: origin(after),
            },
        )
    }
}

/// Compares the parts of an item.
pub(super) fn compare(
    out: &mut Collector<'_>,
    item: &Place,
    before: &[Member<'_>],
    after: &[Member<'_>],
) {
    let old: BTreeMap<&str, &Member<'_>> = by_key(before);
    let new: BTreeMap<&str, &Member<'_>> = by_key(after);
    for member in before {
        match new.get(member.key.as_str()) {
            Some(other) => pair(out, item, member, other),
            None => gone(out, item, member),
        }
    }
    for member in after
        .iter()
        .filter(|member| !old.contains_key(member.key.as_str()))
    {
        added(out, item, member);
    }
}

fn by_key<'a, 'm>(members: &'a [Member<'m>]) -> BTreeMap<&'a str, &'a Member<'m>> {
    members
        .iter()
        .map(|member| (member.key.as_str(), member))
        .collect()
}

/// Whether the parts that both have stand in one order; those that `among` picks alone count.
pub(super) fn in_order(
    before: &[Member<'_>],
    after: &[Member<'_>],
    among: impl Fn(&Member<'_>) -> bool,
) -> bool {
    let keys = |members: &[Member<'_>]| -> Vec<String> {
        members
            .iter()
            .filter(|member| among(member))
            .map(|member| member.key.clone())
            .collect()
    };
    same_order(&keys(before), &keys(after))
}

fn added(out: &mut Collector<'_>, item: &Place, member: &Member<'_>) {
    let required = member.presence.is_required();
    let wire = if member.usage.request && required {
        Wire::Breaking
    } else {
        Wire::Additive
    };
    let rust = member.face.as_ref().map_or(Rust::None, of_new);
    let kind = if required { "" } else { "optional " };
    let message = format!(
        "{} has a new {kind}{} of type {}.",
        quoted(&item.item),
        member.label,
        quoted(&member.type_text)
    );
    out.note(
        member.subject,
        Aspect::Added,
        &member.place(item, None, Some(member)),
        Effect::new(wire, rust).seen(member.face.is_some()),
        message,
    );
}

fn gone(out: &mut Collector<'_>, item: &Place, member: &Member<'_>) {
    let rust = member.face.as_ref().map_or(Rust::None, of_gone);
    let message = format!("{} lost its {}.", quoted(&item.item), member.label);
    out.note(
        member.subject,
        Aspect::Removed,
        &member.place(item, Some(member), None),
        Effect::new(Wire::Breaking, rust).seen(member.face.is_some()),
        message,
    );
}

fn pair(out: &mut Collector<'_>, item: &Place, before: &Member<'_>, after: &Member<'_>) {
    let place = after.place(item, Some(before), Some(after));
    let none = Face::default();
    let faces = [before, after].map(|member| member.face.as_ref().unwrap_or(&none));
    let [old, new] = faces;
    let signature = |face: &Face| Face {
        docs: String::new(),
        ..face.clone()
    };
    let rust = of_faces(&signature(old), &signature(new));
    let code_differs = old.offers != new.offers || old.code != new.code;
    let subject = after.subject;
    let what = format!("{} of {}", capital(&after.label), quoted(&item.item));
    let mut told = false;
    let mut note = |out: &mut Collector<'_>, aspect, effect: Effect, message: String| {
        told |= effect.seen;
        out.note(subject, aspect, &place, effect, message);
    };

    if before.ident != after.ident {
        let message = format!(
            "{what} is called {} now, not {}.",
            quoted(after.ident),
            quoted(before.ident)
        );
        note(
            out,
            Aspect::Renamed,
            Effect::new(Wire::None, rust).seen(code_differs),
            message,
        );
    }
    if before.ty != after.ty {
        let message = format!(
            "{what} is of type {} now, not {}.",
            quoted(&after.type_text),
            quoted(&before.type_text)
        );
        note(
            out,
            Aspect::Type,
            Effect::new(Wire::Breaking, rust).seen(code_differs),
            message,
        );
    }
    if before.presence != after.presence {
        let wire = presence_on_wire(before.presence, after.presence, after.usage);
        let message = format!(
            "{what} {} now; before, it {}.",
            presence(after.presence),
            presence(before.presence)
        );
        note(
            out,
            Aspect::Presence,
            Effect::new(wire, rust).seen(code_differs),
            message,
        );
    }
    if before.style != after.style {
        let message = format!(
            "{what} is written as {} now, not {}.",
            after.style, before.style
        );
        note(
            out,
            Aspect::Style,
            Effect::new(Wire::Breaking, rust).seen(code_differs),
            message,
        );
    }
    if before.deprecation != after.deprecation {
        let rust = match (before.deprecation, after.deprecation) {
            (None, Some(_)) if code_differs => Rust::Additive,
            _ => Rust::Docs,
        };
        let message = match (before.deprecation, after.deprecation) {
            (_, None) => format!("{what} is no longer deprecated."),
            (None, _) => format!("{what} is deprecated."),
            _ => format!("{what} is deprecated with other advice."),
        };
        let seen = code_differs || old.docs != new.docs;
        note(
            out,
            Aspect::Deprecation,
            Effect::new(Wire::None, rust).seen(seen),
            message,
        );
    }
    if before.default != after.default {
        let seen = old.docs != new.docs;
        let message = format!(
            "The server assumes {} for {}, not {}.",
            value(after.default),
            lower(&what),
            value(before.default)
        );
        note(
            out,
            Aspect::Default,
            Effect::new(Wire::None, Rust::Docs).seen(seen),
            message,
        );
    } else if old.docs != new.docs
        && before.deprecation == after.deprecation
        && before.ident == after.ident
    {
        note(
            out,
            Aspect::Docs,
            Effect::new(Wire::None, Rust::Docs),
            format!("{what} is described in other words."),
        );
    }
    if code_differs && !told {
        let message = format!("{what} is handled in another way, as its type is.");
        out.note(
            subject,
            Aspect::Form,
            &place,
            Effect::new(Wire::None, rust),
            message,
        );
    }
}

/// What another presence means on the wire.
fn presence_on_wire(before: Presence, after: Presence, usage: Usage) -> Wire {
    let stricter = after.is_required() && !before.is_required()
        || !after.is_nullable() && before.is_nullable();
    let laxer = !after.is_required() && before.is_required()
        || after.is_nullable() && !before.is_nullable();
    if usage.request && stricter || usage.response && laxer {
        Wire::Breaking
    } else {
        Wire::Additive
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
