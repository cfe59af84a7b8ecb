//! A part of an item that is there before and after.

use super::{
    change::{Rust, Wire},
    collect::{Collector, Effect, Item, Place},
    effects::of_faces,
    kind::Aspect,
    members::Member,
    spelling,
    text::{presence, quoted, value},
    wire,
};
use crate::{
    emit::faces::Face,
    model::{Presence, Usage},
};

/// What shows of a part, before and after.
struct Shown {
    /// What it means in Rust, words aside.
    rust: Rust,
    /// Whether code differs.
    code: bool,
    /// Whether documentation differs.
    docs: bool,
}

/// Compares a part with what became of it.
pub(super) fn compare(
    out: &mut Collector<'_>,
    item: &Place,
    before: &Member<'_>,
    after: &Member<'_>,
) {
    let place = Member::place(item, Some(before), Some(after));
    let shown = Shown::of(before.face.as_ref(), after.face.as_ref());
    let what = format!("{} of {}", capital(&after.label), quoted(&item.item));
    let contexts = [out.before, out.after];
    let mark = out.changes.len();
    let mut item = out.item(after.subject, &place);
    let item = &mut item;
    let code = |wire| Effect::new(wire, shown.rust).seen(shown.code);

    if before.location != after.location {
        let message = format!(
            "{what} travels in the {} now, not in the {}.",
            after.location.as_str(),
            before.location.as_str()
        );
        item.note(Aspect::Moved, code(Wire::Breaking), message);
    }
    if before.ident != after.ident {
        let message = format!(
            "{what} is called {} now, not {}.",
            quoted(after.ident),
            quoted(before.ident)
        );
        item.note(Aspect::Renamed, code(Wire::None), message);
    } else if before.wire != after.wire {
        // Only a name in a path stands for nothing on the wire.
        let message = format!(
            "{what} is {} in the document now, not {}.",
            quoted(after.wire),
            quoted(before.wire)
        );
        item.note(Aspect::Id, code(Wire::None), message);
    }
    if let (Some(old), Some(new)) = (before.ty, after.ty)
        && old != new
    {
        let [was, is] = spelling::apart(contexts, old, new);
        let message = format!(
            "{what} is of type {} now, not {}.",
            quoted(&is),
            quoted(&was)
        );
        let on_wire = wire::of_types(contexts, old, new, after.usage);
        item.note(Aspect::Type, code(on_wire), message);
    }
    if before.presence != after.presence {
        let message = format!(
            "{what} {} now; before, it {}.",
            presence(after.presence),
            presence(before.presence)
        );
        let on_wire = presence_on_wire(before.presence, after.presence, after.usage);
        item.note(Aspect::Presence, code(on_wire), message);
    }
    if before.style != after.style {
        let message = format!(
            "{what} is written as {} now, not {}.",
            after.style, before.style
        );
        item.note(Aspect::Style, code(Wire::Breaking), message);
    }
    direction(item, &shown, &what, before.usage, after.usage);
    deprecation(item, &shown, &what, before, after);
    words(item, &shown, &what, before, after);

    let rust = if shown.code { shown.rust } else { Rust::Docs };
    let told = out.most_since(mark).is_some_and(|most| most >= rust);
    if !told && (shown.code || shown.docs) {
        let message = format!("{what} is handled in another way, as its type is.");
        out.note(
            after.subject,
            Aspect::Form,
            &place,
            Effect::in_rust(rust),
            message,
        );
    }
}

impl Shown {
    fn of(before: Option<&Face>, after: Option<&Face>) -> Self {
        let none = Face::default();
        let (old, new) = (before.unwrap_or(&none), after.unwrap_or(&none));
        let wordless = |face: &Face| Face {
            docs: String::new(),
            ..face.clone()
        };
        Self {
            rust: of_faces(&wordless(old), &wordless(new)),
            code: old.offers != new.offers || old.code != new.code,
            docs: old.docs != new.docs,
        }
    }
}

/// What an object holds may travel in one direction only.
fn direction(item: &mut Item<'_, '_>, shown: &Shown, what: &str, before: Usage, after: Usage) {
    if before == after {
        return;
    }
    let lost = before.request && !after.request || before.response && !after.response;
    let wire = if lost { Wire::Breaking } else { Wire::Additive };
    let words = match (after.request, after.response) {
        (true, true) => "is sent and answered",
        (true, false) => "is only sent",
        (false, true) => "is only answered",
        (false, false) => "never travels",
    };
    let rust = if shown.docs {
        shown.rust.max(Rust::Docs)
    } else {
        shown.rust
    };
    let effect = Effect::new(wire, rust).seen(shown.code || shown.docs);
    item.note(Aspect::Usage, effect, format!("{what} {words} now."));
}

fn deprecation(
    item: &mut Item<'_, '_>,
    shown: &Shown,
    what: &str,
    before: &Member<'_>,
    after: &Member<'_>,
) {
    let (rust, message) = match (before.deprecation, after.deprecation) {
        (None, None) => return,
        (None, Some(_)) if shown.code => (Rust::Additive, format!("{what} is deprecated.")),
        (None, Some(_)) => (Rust::Docs, format!("{what} is deprecated.")),
        (Some(_), None) => (Rust::Docs, format!("{what} is no longer deprecated.")),
        (Some(old), Some(new)) if old != new => (
            Rust::Docs,
            format!("{what} is deprecated with other advice."),
        ),
        (Some(_), Some(_)) => return,
    };
    let seen = shown.code || shown.docs;
    let effect = Effect::in_rust(rust).seen(seen);
    item.note(Aspect::Deprecation, effect, message);
}

/// The default, the example and the description: only documentation tells them.
fn words(
    item: &mut Item<'_, '_>,
    shown: &Shown,
    what: &str,
    before: &Member<'_>,
    after: &Member<'_>,
) {
    let effect = Effect::DOCS.seen(shown.docs);
    if before.default != after.default {
        let message = format!(
            "The server assumes {} for {}, not {}.",
            value(after.default),
            lower(what),
            value(before.default)
        );
        item.note(Aspect::Default, effect, message);
    }
    if before.example != after.example {
        let message = format!("{what} has another example.");
        item.note(Aspect::Example, effect, message);
    }
    if before.docs != after.docs {
        let message = format!("{what} is described in other words.");
        item.note(Aspect::Docs, effect, message);
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
