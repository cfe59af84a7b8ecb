use super::{
    change::{Change, Rust, Sides, Wire},
    kind::{Aspect, Kind, Subject},
};
use sdk_generator::emit::Context;
use sdk_model::SpecPointer;
use sdk_openapi::diagnostics::escape_control;

/// Where a change is: what all changes of an item share.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// The item: `GET /sessions`.
    pub(super) item: String,
    /// Its path in the crate.
    pub(super) path: Sides,
    /// Its place in the documents.
    pub(super) pointer: Sides,
    /// The generated files that show it.
    pub(super) files: Vec<String>,
}

impl Place {
    /// A part of the item, with a path of its own below the item's.
    pub(super) fn part(&self, separator: &str, name: &str, path: Sides, pointer: Sides) -> Self {
        let below = |own: &Option<String>, part: Option<String>| match (own, part) {
            (Some(own), Some(part)) => Some(format!("{own}::{part}")),
            _ => None,
        };
        Self {
            item: format!("{}{separator}{name}", self.item),
            path: Sides {
                before: below(&self.path.before, path.before),
                after: below(&self.path.after, path.after),
            },
            pointer,
            files: self.files.clone(),
        }
    }
}

/// What a change means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effect {
    pub(super) wire: Wire,
    pub(super) rust: Rust,
    /// Whether the generated crate shows it.
    pub(super) seen: bool,
}

impl Effect {
    /// Other words, and nothing else.
    pub(super) const DOCS: Self = Self::new(Wire::None, Rust::Docs);
    /// More to send or read, and more to name.
    pub(super) const ADDS: Self = Self::new(Wire::Additive, Rust::Additive);
    /// Less of both.
    pub(super) const BREAKS: Self = Self::new(Wire::Breaking, Rust::Breaking);

    /// An effect that the crate shows.
    pub(super) const fn new(wire: Wire, rust: Rust) -> Self {
        Self {
            wire,
            rust,
            seen: true,
        }
    }

    /// Nothing on the wire.
    pub(super) const fn in_rust(rust: Rust) -> Self {
        Self::new(Wire::None, rust)
    }

    /// The same, shown only where `seen`.
    pub(super) const fn seen(self, seen: bool) -> Self {
        Self { seen, ..self }
    }
}

/// The changes of an API, as they are found.
pub(super) struct Collector<'a> {
    pub(super) api: String,
    pub(super) before: &'a Context<'a>,
    pub(super) after: &'a Context<'a>,
    pub(super) changes: Vec<Change>,
    /// What the documents say and the crate does not show.
    pub(super) unseen: Vec<Change>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(before: &'a Context<'a>, after: &'a Context<'a>) -> Self {
        Self {
            api: after.api.name.plain().to_owned(),
            before,
            after,
            changes: Vec::new(),
            unseen: Vec::new(),
        }
    }

    /// Notes a change.
    pub(super) fn note(
        &mut self,
        subject: Subject,
        aspect: Aspect,
        place: &Place,
        effect: Effect,
        message: impl Into<String>,
    ) {
        let change = Change {
            id: String::new(),
            kind: Kind::new(subject, aspect),
            api: self.api.clone(),
            item: place.item.clone(),
            pointer: place.pointer.clone(),
            wire: effect.wire,
            rust: effect.rust,
            path: place.path.clone(),
            files: place.files.clone(),
            message: message.into().chars().map(escape_control).collect(),
        };
        if effect.seen {
            self.changes.push(change);
        } else {
            self.unseen.push(Change {
                rust: Rust::None,
                ..change
            });
        }
    }

    /// The changes of one item.
    pub(super) fn item<'c>(&'c mut self, subject: Subject, place: &'c Place) -> Item<'c, 'a> {
        Item {
            out: self,
            subject,
            place,
        }
    }

    /// The most that the changes noted since `mark` mean in Rust; none where there are none.
    pub(super) fn most_since(&self, mark: usize) -> Option<Rust> {
        let noted = self.changes.get(mark..).unwrap_or_default();
        noted.iter().map(|change| change.rust).max()
    }
}

/// The changes of one item, as they are found.
pub(super) struct Item<'c, 'a> {
    pub(super) out: &'c mut Collector<'a>,
    subject: Subject,
    place: &'c Place,
}

impl Item<'_, '_> {
    /// Notes a change of the item.
    pub(super) fn note(&mut self, aspect: Aspect, effect: Effect, message: impl Into<String>) {
        self.out
            .note(self.subject, aspect, self.place, effect, message);
    }
}

/// The place of something in a document.
pub(super) fn pointers(before: &SpecPointer, after: &SpecPointer) -> Sides {
    Sides::both(before, after)
}
