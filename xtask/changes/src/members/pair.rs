//! A part of an item that is there before and after.

use std::collections::BTreeMap;

use sdk_generator::emit::public_api::ApiItem;
use sdk_model::{Presence, Usage};

use super::{
    super::{
        change::{Rust, Sides, Wire},
        collect::{Collector, Details, Effect, ItemPath, signature_text},
        constraints,
        effects::of_items,
        facets::{self, Facet, of_default},
        kind::Aspect,
        text::{json, presence},
        type_text, wire,
    },
    Member,
};

/// Compares a part with what became of it.
pub(super) fn compare(
    out: &mut Collector<'_>,
    item: &ItemPath,
    before: &Member<'_>,
    after: &Member<'_>,
) {
    let path = Member::path(item, Some(before), Some(after));
    let pair = Pair {
        before,
        after,
        path: &path,
        view: View::of(before.item.as_ref(), after.item.as_ref()),
    };
    let start = out.changes.len();
    pair.type_of(out);
    facets::compare(out, after.subject, &path, pair.facets());
    pair.usage(out);
    let retyped = before.ty != after.ty;
    // A type that is not compatible says what its lost limits would.
    let is_incompatible = retyped
        && out
            .changes
            .iter()
            .skip(start)
            .any(|change| change.kind.aspect == Aspect::Type && change.wire == Wire::Breaking);
    let known;
    let constraints = if is_incompatible {
        known = before.constraints.shared_with(after.constraints);
        &known
    } else {
        before.constraints
    };
    constraints::compare(
        out,
        after.subject,
        &path,
        &after.label,
        [constraints, after.constraints],
        after.usage,
        if retyped { &["format", "const"] } else { &[] },
    );
    pair.remainder(out, start);
}

/// A part, before and after.
struct Pair<'p, 'm> {
    before: &'p Member<'m>,
    after: &'p Member<'m>,
    path: &'p ItemPath,
    view: View,
}

impl Pair<'_, '_> {
    /// The effect of what code shows.
    fn code(&self, wire: Wire) -> Effect {
        Effect::new(wire, self.view.rust).visible_if(self.view.code)
    }

    /// All that differs in value, noun and effect only.
    fn facets(&self) -> Vec<Facet> {
        let (old, new) = (self.before, self.after);
        let label = new.label.as_str();
        let view = self.view;
        let note = |member: &Member<'_>| member.deprecation.map(|it| it.note.clone());
        let notes = [note(old), note(new)];
        let style = |member: &Member<'_>| {
            // Another location has another style.
            (old.location == new.location).then(|| member.style.clone())
        };
        // Only a name in a path is not sent.
        let same_ident = old.ident == new.ident;
        let wire_name = |member: &Member<'_>| same_ident.then(|| member.wire.to_owned());
        let on_wire = presence_on_wire(old.presence, new.presence, new.usage);
        let deprecated = if view.code {
            Rust::Additive
        } else {
            Rust::Docs
        };
        let located = |member: &Member<'_>| Some(member.location.as_str().to_owned());
        vec![
            Facet::new(
                Aspect::Moved,
                format!("{label}: location"),
                [located(old), located(new)],
                self.code(Wire::Breaking),
            ),
            Facet::new(
                Aspect::Renamed,
                format!("{label}: Rust name"),
                [old.ident, new.ident].map(|ident| Some(ident.to_owned())),
                self.code(Wire::None),
            ),
            Facet::new(
                Aspect::Id,
                format!("{label}: name in the document"),
                [wire_name(old), wire_name(new)],
                self.code(Wire::None),
            ),
            Facet::new(
                Aspect::Presence,
                label,
                [old, new].map(|it| Some(presence(it.presence).to_owned())),
                self.code(on_wire),
            ),
            Facet::new(
                Aspect::Style,
                format!("{label}: serialization"),
                [style(old), style(new)],
                self.code(Wire::Breaking),
            ),
            Facet::deprecation(
                label,
                notes.each_ref().map(Option::as_deref),
                deprecated,
                view.code || view.docs,
            ),
            Facet::new(
                Aspect::Default,
                format!("{label}: default"),
                [json(old.default), json(new.default)],
                of_default(new.usage.request, view.docs),
            ),
            Facet::example(label, [old.example, new.example], view.docs),
            Facet::documentation(label, [old.docs, new.docs], view.docs),
        ]
    }

    fn type_of(&self, out: &mut Collector<'_>) {
        let (Some(old), Some(new)) = (self.before.ty, self.after.ty) else {
            return;
        };
        if old == new {
            return;
        }
        let [was, is] = type_text::distinct(out.contexts(), old, new);
        let effect = self.code(wire::of_types(out, old, new, self.after.usage));
        let message = format!("{}: type changed from `{was}` to `{is}`", self.after.label);
        let details = Details {
            signature: self.signature(),
            value: Sides::both(was, is),
            cause: out.renamed_in(old, new).map(|id| id.0.clone()),
        };
        let subject = self.after.subject;
        out.note_with(subject, Aspect::Type, self.path, effect, message, details);
    }

    /// The signatures that differ.
    fn signature(&self) -> Sides {
        let offers =
            |item: Option<&ApiItem>| item.map_or_else(BTreeMap::new, |it| it.signature.clone());
        let old = offers(self.before.item.as_ref());
        let new = offers(self.after.item.as_ref());
        let differing = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
            let items = one.iter().filter(|(name, ty)| other.get(*name) != Some(ty));
            let items: BTreeMap<String, String> =
                items.map(|(name, ty)| (name.clone(), ty.clone())).collect();
            (!items.is_empty()).then(|| signature_text(&items))
        };
        Sides {
            before: differing(&old, &new),
            after: differing(&new, &old),
        }
    }

    /// Whether it is part of requests and responses.
    fn usage(&self, out: &mut Collector<'_>) {
        let (before, after) = (self.before.usage, self.after.usage);
        if before == after {
            return;
        }
        let lost = before.request && !after.request || before.response && !after.response;
        let wire = if lost { Wire::Breaking } else { Wire::Additive };
        let words = match (after.request, after.response) {
            (true, true) => "part of requests and responses",
            (true, false) => "part of requests only",
            (false, true) => "part of responses only",
            (false, false) => "not part of requests or responses",
        };
        let View { rust, code, docs } = self.view;
        let rust = if docs { rust.max(Rust::Docs) } else { rust };
        let effect = Effect::new(wire, rust).visible_if(code || docs);
        let message = format!("{}: now {words}", self.after.label);
        out.note(
            self.after.subject,
            Aspect::Usage,
            self.path,
            effect,
            message,
        );
    }

    /// Differences in code that no change so far explains.
    fn remainder(&self, out: &mut Collector<'_>, start: usize) {
        let View { rust, code, docs } = self.view;
        let rust = if code { rust } else { Rust::Docs };
        let explained = out.most_since(start).is_some_and(|most| most >= rust);
        if explained || !code && !docs {
            return;
        }
        let message = format!(
            "{}: generated code changed because its type changed",
            self.after.label
        );
        let details = Details {
            signature: self.signature(),
            ..Details::default()
        };
        let effect = Effect::in_rust(rust);
        let subject = self.after.subject;
        out.note_with(subject, Aspect::Code, self.path, effect, message, details);
    }
}

/// What generated code shows of a part, before and after.
#[derive(Clone, Copy)]
struct View {
    /// The effect in Rust, documentation aside.
    rust: Rust,
    /// Whether code differs.
    code: bool,
    /// Whether documentation differs.
    docs: bool,
}

impl View {
    fn of(before: Option<&ApiItem>, after: Option<&ApiItem>) -> Self {
        let none = ApiItem::default();
        let (old, new) = (before.unwrap_or(&none), after.unwrap_or(&none));
        let without_docs = |item: &ApiItem| ApiItem {
            docs: String::new(),
            ..item.clone()
        };
        Self {
            rust: of_items(&without_docs(old), &without_docs(new)),
            code: old.signature != new.signature || old.code != new.code,
            docs: old.docs != new.docs,
        }
    }
}

/// The effect of another presence on the wire.
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
