//! A part of an item that is there before and after.

use super::{
    change::{Rust, Wire},
    collect::{Collector, Effect, Item, Place},
    effects::of_items,
    kind::Aspect,
    members::Member,
    spelling,
    text::{presence, quoted, value},
    wire,
};
use sdk_generator::emit::{Context, public_api::ApiItem};
use sdk_model::{Presence, Usage};

/// Compares a part with what became of it.
pub(super) fn compare(
    out: &mut Collector<'_>,
    item: &Place,
    before: &Member<'_>,
    after: &Member<'_>,
) {
    let place = Member::place(item, Some(before), Some(after));
    let pair = Pair {
        before,
        after,
        what: format!("{} of {}", capital(&after.label), quoted(&item.item)),
        shown: Shown::of(before.item.as_ref(), after.item.as_ref()),
    };
    let contexts = [out.before, out.after];
    let mark = out.changes.len();
    let mut item = out.item(after.subject, &place);
    pair.name(&mut item);
    pair.form(&mut item, contexts);
    pair.direction(&mut item);
    pair.deprecation(&mut item);
    pair.words(&mut item);

    let Shown { rust, code, docs } = pair.shown;
    let rust = if code { rust } else { Rust::Docs };
    let told = out.most_since(mark).is_some_and(|most| most >= rust);
    if !told && (code || docs) {
        let message = format!("{} is handled in another way, as its type is.", pair.what);
        let effect = Effect::in_rust(rust);
        out.note(after.subject, Aspect::Form, &place, effect, message);
    }
}

/// A part, before and after.
struct Pair<'p, 'm> {
    before: &'p Member<'m>,
    after: &'p Member<'m>,
    /// What it is called in a sentence.
    what: String,
    shown: Shown,
}

impl Pair<'_, '_> {
    /// The effect of what code shows.
    fn code(&self, wire: Wire) -> Effect {
        Effect::new(wire, self.shown.rust).seen(self.shown.code)
    }

    /// What it is called, and where it travels.
    fn name(&self, item: &mut Item<'_, '_>) {
        let Self {
            before,
            after,
            what,
            ..
        } = self;
        if before.location != after.location {
            let message = format!(
                "{what} travels in the {} now, not in the {}.",
                after.location.as_str(),
                before.location.as_str()
            );
            item.note(Aspect::Moved, self.code(Wire::Breaking), message);
        }
        if before.ident != after.ident {
            let message = format!(
                "{what} is called {} now, not {}.",
                quoted(after.ident),
                quoted(before.ident)
            );
            item.note(Aspect::Renamed, self.code(Wire::None), message);
        } else if before.wire != after.wire {
            // Only a name in a path stands for nothing on the wire.
            let message = format!(
                "{what} is {} in the document now, not {}.",
                quoted(after.wire),
                quoted(before.wire)
            );
            item.note(Aspect::Id, self.code(Wire::None), message);
        }
    }

    /// What it may be, and how that is written.
    fn form(&self, item: &mut Item<'_, '_>, contexts: [&Context<'_>; 2]) {
        let Self {
            before,
            after,
            what,
            ..
        } = self;
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
            item.note(Aspect::Type, self.code(on_wire), message);
        }
        if before.presence != after.presence {
            let message = format!(
                "{what} {} now; before, it {}.",
                presence(after.presence),
                presence(before.presence)
            );
            let on_wire = presence_on_wire(before.presence, after.presence, after.usage);
            item.note(Aspect::Presence, self.code(on_wire), message);
        }
        if before.style != after.style {
            let message = format!(
                "{what} is written as {} now, not {}.",
                after.style, before.style
            );
            item.note(Aspect::Style, self.code(Wire::Breaking), message);
        }
    }

    /// What an object holds may travel in one direction only.
    fn direction(&self, item: &mut Item<'_, '_>) {
        let (before, after) = (self.before.usage, self.after.usage);
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
        let Shown { rust, code, docs } = self.shown;
        let rust = if docs { rust.max(Rust::Docs) } else { rust };
        let effect = Effect::new(wire, rust).seen(code || docs);
        item.note(Aspect::Usage, effect, format!("{} {words} now.", self.what));
    }

    fn deprecation(&self, item: &mut Item<'_, '_>) {
        let Shown { code, docs, .. } = self.shown;
        let (rust, words) = match (self.before.deprecation, self.after.deprecation) {
            (None, Some(_)) if code => (Rust::Additive, "is deprecated"),
            (None, Some(_)) => (Rust::Docs, "is deprecated"),
            (Some(_), None) => (Rust::Docs, "is no longer deprecated"),
            (Some(old), Some(new)) if old != new => (Rust::Docs, "is deprecated with other advice"),
            _ => return,
        };
        let effect = Effect::in_rust(rust).seen(code || docs);
        let message = format!("{} {words}.", self.what);
        item.note(Aspect::Deprecation, effect, message);
    }

    /// The default, the example and the description: only documentation tells them.
    fn words(&self, item: &mut Item<'_, '_>) {
        let Self {
            before,
            after,
            what,
            shown,
        } = self;
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
}

/// What shows of a part, before and after.
#[derive(Clone, Copy)]
struct Shown {
    /// What it means in Rust, words aside.
    rust: Rust,
    /// Whether code differs.
    code: bool,
    /// Whether documentation differs.
    docs: bool,
}

impl Shown {
    fn of(before: Option<&ApiItem>, after: Option<&ApiItem>) -> Self {
        let none = ApiItem::default();
        let (old, new) = (before.unwrap_or(&none), after.unwrap_or(&none));
        let wordless = |item: &ApiItem| ApiItem {
            docs: String::new(),
            ..item.clone()
        };
        Self {
            rust: of_items(&wordless(old), &wordless(new)),
            code: old.signature != new.signature || old.code != new.code,
            docs: old.docs != new.docs,
        }
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
