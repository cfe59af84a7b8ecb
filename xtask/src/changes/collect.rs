use std::collections::{BTreeMap, BTreeSet};

use super::change::{Aspect, Change, Kind, Rust, Sides, Subject, Wire};
use crate::{
    emit::{Context, faces::Face},
    model::Origin,
};

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
    /// An effect that the crate shows.
    pub(super) fn new(wire: Wire, rust: Rust) -> Self {
        Self {
            wire,
            rust,
            seen: true,
        }
    }

    /// The same, shown only where `seen`.
    pub(super) fn seen(self, seen: bool) -> Self {
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
            message: message.into(),
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

    /// The most that the changes noted since `mark` mean in Rust; none where there are none.
    pub(super) fn most_since(&self, mark: usize) -> Option<Rust> {
        let noted = self.changes.get(mark..).unwrap_or_default();
        noted.iter().map(|change| change.rust).max()
    }
}

/// What a difference between two faces means in Rust.
pub(super) fn of_faces(before: &Face, after: &Face) -> Rust {
    let mut most = if before.docs == after.docs {
        Rust::None
    } else {
        Rust::Docs
    };
    let names: BTreeSet<&String> = before.offers.keys().chain(after.offers.keys()).collect();
    for name in names {
        let found = match (before.offers.get(name), after.offers.get(name)) {
            (Some(old), Some(new)) if old == new => continue,
            (None, Some(_)) if name != "argument" => Rust::Additive,
            _ => Rust::Breaking,
        };
        most = most.max(found);
    }
    most
}

/// What a new part means in Rust.
pub(super) fn of_new(face: &Face) -> Rust {
    of_faces(&Face::default(), face).max(Rust::None)
}

/// What a part that is gone means in Rust.
pub(super) fn of_gone(face: &Face) -> Rust {
    of_faces(face, &Face::default())
}

/// Whether two lists have what they share in one order.
pub(super) fn same_order<T: Ord>(before: &[T], after: &[T]) -> bool {
    let at: BTreeMap<&T, usize> = after
        .iter()
        .enumerate()
        .map(|(at, key)| (key, at))
        .collect();
    let places: Vec<usize> = before
        .iter()
        .filter_map(|key| at.get(key).copied())
        .collect();
    places.is_sorted()
}

/// The place of something in a document.
pub(super) fn pointers(before: &Origin, after: &Origin) -> Sides {
    Sides::both(before, after)
}
