use std::{collections::BTreeMap, sync::Arc};

use sdk_generator::emit::{Context, FileIndex};
use sdk_model::{Type, TypeId};
use sdk_openapi::diagnostics::escape_control;

use super::{
    change::{Change, Rust, Sides, Wire},
    interface::compact,
    kind::{Aspect, Kind, Subject},
    reach::Reach,
    renames::{self, Renames},
};

/// An item that may change: what all of its changes share.
#[derive(Debug, Clone, Default)]
pub(super) struct ItemPath {
    /// The item, unique among those of its subject: `GET /sessions, query status`.
    pub(super) item: String,
    /// The operation, type or other thing that a sentence begins with: `GET /sessions`.
    pub(super) target: String,
    /// Its path in the crate.
    pub(super) path: Sides,
    /// Its location in the documents.
    pub(super) pointer: Sides,
    /// The generated files that hold it.
    pub(super) files: Vec<String>,
    /// The operations that callers see it through.
    pub(super) operations: Arc<[String]>,
}

impl ItemPath {
    /// A part of the item, whose path in the crate is below the item's.
    pub(super) fn part(&self, name: &str, path: Sides, pointer: Sides) -> Self {
        let below = |own: &Option<String>, part: Option<String>| match (own, part) {
            (Some(own), Some(part)) => Some(format!("{own}::{part}")),
            _ => None,
        };
        Self {
            item: format!("{}, {name}", self.item),
            path: Sides {
                before: below(&self.path.before, path.before),
                after: below(&self.path.after, path.after),
            },
            pointer,
            ..self.clone()
        }
    }

    /// The same item, as one of several that differ in `name`.
    pub(super) fn named(&self, name: &str) -> Self {
        Self {
            item: format!("{}, {name}", self.item),
            ..self.clone()
        }
    }
}

/// What a change means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effect {
    pub(super) wire: Wire,
    pub(super) rust: Rust,
    /// Whether the generated code differs.
    pub(super) visible: bool,
}

impl Effect {
    /// Documentation only.
    pub(super) const DOCS: Self = Self::new(Wire::None, Rust::Docs);
    /// An addition to both.
    pub(super) const ADDS: Self = Self::new(Wire::Additive, Rust::Additive);
    /// A removal from both.
    pub(super) const BREAKS: Self = Self::new(Wire::Breaking, Rust::Breaking);

    /// An effect that the generated code shows.
    pub(super) const fn new(wire: Wire, rust: Rust) -> Self {
        Self {
            wire,
            rust,
            visible: true,
        }
    }

    /// An effect on Rust code only.
    pub(super) const fn in_rust(rust: Rust) -> Self {
        Self::new(Wire::None, rust)
    }

    /// An effect on the wire that no code shows.
    pub(super) const fn on_wire(wire: Wire) -> Self {
        Self {
            wire,
            rust: Rust::None,
            visible: false,
        }
    }

    /// The same, visible only where `visible`.
    pub(super) const fn visible_if(self, visible: bool) -> Self {
        Self { visible, ..self }
    }
}

/// What few changes have.
#[derive(Debug, Default)]
pub(super) struct Details {
    /// The old and the new value.
    pub(super) value: Sides,
    /// The old and the new Rust signature.
    pub(super) signature: Sides,
    /// The item whose change this one follows from.
    pub(super) cause: Option<String>,
}

impl Details {
    /// Old and new values.
    pub(super) fn values(value: Sides) -> Self {
        Self {
            value,
            ..Self::default()
        }
    }
}

/// The changes of an API, as they are found.
pub(super) struct Collector<'a> {
    pub(super) api: String,
    pub(super) before: &'a Context<'a>,
    pub(super) after: &'a Context<'a>,
    pub(super) changes: Vec<Change>,
    /// Types that have another name in the new model.
    pub(super) renames: Renames<'a>,
    reach: [Reach<'a>; 2],
    /// The generated files of both models.
    pub(super) files: [FileIndex; 2],
}

impl<'a> Collector<'a> {
    pub(super) fn new(before: &'a Context<'a>, after: &'a Context<'a>) -> Self {
        Self {
            api: after.api.name.plain().to_owned(),
            before,
            after,
            changes: Vec::new(),
            renames: renames::find(before.api, after.api),
            reach: [before, after].map(|context| Reach::of(context.api)),
            files: [before, after].map(FileIndex::of),
        }
    }

    /// Both models.
    pub(super) fn contexts(&self) -> [&'a Context<'a>; 2] {
        [self.before, self.after]
    }

    /// A file of the new model's API: `client`, `mod`.
    pub(super) fn api_file(&self, name: &str) -> String {
        self.files[1].api(name)
    }

    /// Adds a change.
    pub(super) fn note(
        &mut self,
        subject: Subject,
        aspect: Aspect,
        path: &ItemPath,
        effect: Effect,
        message: impl Into<String>,
    ) {
        self.note_with(subject, aspect, path, effect, message, Details::default());
    }

    /// Adds a change with what few changes have.
    pub(super) fn note_with(
        &mut self,
        subject: Subject,
        aspect: Aspect,
        path: &ItemPath,
        effect: Effect,
        message: impl Into<String>,
        details: Details,
    ) {
        let Effect {
            wire,
            rust,
            visible,
        } = effect;
        let clean = |text: &str| -> String { text.chars().map(escape_control).collect() };
        self.changes.push(Change {
            id: String::new(),
            kind: Kind::new(subject, aspect),
            api: self.api.clone(),
            item: clean(&path.item),
            target: clean(&path.target),
            message: clean(&message.into()),
            wire,
            rust: if visible { rust } else { Rust::None },
            visible,
            pointer: path.pointer.clone(),
            path: path.path.clone(),
            value: clean_lines(details.value),
            signature: clean_lines(details.signature),
            files: path.files.clone(),
            operations: clean_names(&path.operations),
            cause: details.cause,
        });
    }

    /// The most that the visible changes since `start` mean in Rust; none where there are none.
    pub(super) fn most_since(&self, start: usize) -> Option<Rust> {
        let reported = self.changes.get(start..).unwrap_or_default();
        let visible = reported.iter().filter(|change| change.visible);
        visible.map(|change| change.rust).max()
    }

    /// The operations that use a type, before or after.
    pub(super) fn operations_of(
        &self,
        before: Option<&TypeId>,
        after: Option<&TypeId>,
    ) -> Arc<[String]> {
        let [old, new] = &self.reach;
        let mut found = before.map_or_else(Vec::new, |id| old.operations(id));
        found.extend(after.into_iter().flat_map(|id| new.operations(id)));
        found.sort();
        found.dedup();
        found.into()
    }

    /// The renamed type that makes the only difference between two types, by its new name.
    pub(super) fn renamed_in(&self, old: &Type, new: &Type) -> Option<&'a TypeId> {
        self.renames.only_difference(old, new)
    }
}

/// Names of operations without control characters.
fn clean_names(names: &Arc<[String]>) -> Arc<[String]> {
    let is_clean = |name: &String| name.chars().all(|c| escape_control(c) == c);
    if names.iter().all(is_clean) {
        return Arc::clone(names);
    }
    let clean = |name: &String| name.chars().map(escape_control).collect();
    names.iter().map(clean).collect()
}

/// Texts of several lines without control characters.
fn clean_lines(sides: Sides) -> Sides {
    let clean = |text: Option<String>| {
        text.map(|text| {
            text.chars()
                .map(|c| if c == '\n' { c } else { escape_control(c) })
                .collect()
        })
    };
    Sides {
        before: clean(sides.before),
        after: clean(sides.after),
    }
}

/// Signatures by name, as one text.
pub(super) fn signature_text(items: &BTreeMap<String, String>) -> String {
    let lines = items.iter().map(|(name, ty)| match ty.as_str() {
        "" => name.clone(),
        ty => format!("{name}: {}", compact(ty)),
    });
    lines.collect::<Vec<_>>().join("\n")
}
