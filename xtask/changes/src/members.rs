//! Parts of items: fields of structs, parameters and body fields of operations.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, Place},
    effects::{of_gone, of_new, same_order},
    kind::{Aspect, Subject},
    member_pair,
    text::quoted,
};
use sdk_generator::emit::public_api::ApiItem;
use sdk_model::{Deprecation, Presence, SpecPointer, Type, Usage};

/// A part of an item.
pub(super) struct Member<'m> {
    /// Its name in the document.
    pub(super) wire: &'m str,
    pub(super) location: Location,
    /// What it is called in a sentence.
    pub(super) label: String,
    pub(super) subject: Subject,
    /// Its identifier.
    pub(super) ident: &'m str,
    pub(super) ty: Option<&'m Type>,
    /// Its type, in a sentence.
    pub(super) type_text: String,
    pub(super) presence: Presence,
    pub(super) docs: &'m str,
    pub(super) default: Option<&'m Value>,
    pub(super) example: Option<&'m Value>,
    pub(super) deprecation: Option<&'m Deprecation>,
    /// How it is written on the wire.
    pub(super) style: String,
    pub(super) origin: Option<&'m SpecPointer>,
    /// In which directions it travels.
    pub(super) usage: Usage,
    /// What shows of it; none where nothing does.
    pub(super) item: Option<ApiItem>,
}

/// Where a part travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Location {
    Path,
    Query,
    Header,
    Cookie,
    Body,
    /// In an object that has a name.
    Type,
    /// In such an object, under any name.
    Rest,
}

impl Location {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
            Self::Type => "field",
            Self::Rest => "further members",
        }
    }
}

impl<'m> Member<'m> {
    /// What tells it from the other parts.
    fn key(&self) -> (Location, &'m str) {
        (self.location, self.wire)
    }

    /// Whether whoever makes the item must give it, in a place of its own.
    pub(super) fn is_argument(&self) -> bool {
        let item = self.item.as_ref();
        // Named ones have no order.
        item.and_then(|item| item.signature.get("argument"))
            .is_some_and(|ty| !ty.starts_with('"'))
    }

    /// Its place; it is the item's part on one side or both.
    pub(super) fn place(item: &Place, before: Option<&Self>, after: Option<&Self>) -> Place {
        let ident = |member: Option<&Self>| member.map(|member| member.ident.to_owned());
        let origin = |member: Option<&Self>| Some(member?.origin?.to_string());
        let name = after.or(before).map_or_else(String::new, |member| {
            match (member.location, member.wire) {
                (Location::Type, wire) => wire.to_owned(),
                (location, "") => location.as_str().to_owned(),
                (location, wire) => format!("{} {wire}", location.as_str()),
            }
        });
        let sides = Sides {
            before: ident(before),
            after: ident(after),
        };
        let pointer = Sides {
            before: origin(before),
            after: origin(after),
        };
        item.part(", ", &name, sides, pointer)
    }
}

/// Compares the parts of an item.
pub(super) fn compare(
    out: &mut Collector<'_>,
    item: &Place,
    before: &[Member<'_>],
    after: &[Member<'_>],
) {
    let mut fresh: Vec<&Member<'_>> = after.iter().collect();
    let mut take = |same: &dyn Fn(&Member<'_>) -> bool| {
        let at = fresh.iter().position(|member| same(member))?;
        Some(fresh.remove(at))
    };
    let mut pairs: Vec<(&Member<'_>, Option<&Member<'_>>)> = before
        .iter()
        .map(|member| (member, take(&|other| other.key() == member.key())))
        .collect();
    // What is left may stand elsewhere, or have another name in the path.
    for (member, found) in pairs.iter_mut().filter(|(_, found)| found.is_none()) {
        *found = take(&|other| other.wire == member.wire && !member.wire.is_empty());
    }
    for (member, found) in pairs.iter_mut().filter(|(_, found)| found.is_none()) {
        *found = take(&|other| [member.location, other.location] == [Location::Path; 2]);
    }
    for (member, found) in pairs {
        match found {
            Some(other) => member_pair::compare(out, item, member, other),
            None => gone(out, item, member),
        }
    }
    for member in fresh {
        added(out, item, member);
    }
}

/// Whether the parts that both have stand in one order; those that `among` picks alone count.
pub(super) fn in_order(
    before: &[Member<'_>],
    after: &[Member<'_>],
    among: impl Fn(&Member<'_>) -> bool,
) -> bool {
    let shown = |members: &[Member<'_>]| -> BTreeSet<(Location, String)> {
        let counted = members.iter().filter(|member| among(member));
        counted
            .map(|member| (member.location, member.wire.to_owned()))
            .collect()
    };
    let (old, new) = (shown(before), shown(after));
    let keys = |members: &[Member<'_>]| -> Vec<(Location, String)> {
        members
            .iter()
            .map(|member| (member.location, member.wire.to_owned()))
            .filter(|key| old.contains(key) && new.contains(key))
            .collect()
    };
    same_order(keys(before), keys(after))
}

fn added(out: &mut Collector<'_>, item: &Place, member: &Member<'_>) {
    let required = member.presence.is_required();
    let wire = if member.usage.request && required {
        Wire::Breaking
    } else {
        Wire::Additive
    };
    let rust = member.item.as_ref().map_or(Rust::None, of_new);
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
        &Member::place(item, None, Some(member)),
        Effect::new(wire, rust).seen(member.item.is_some()),
        message,
    );
}

fn gone(out: &mut Collector<'_>, item: &Place, member: &Member<'_>) {
    let rust = member.item.as_ref().map_or(Rust::None, of_gone);
    let message = format!("{} lost its {}.", quoted(&item.item), member.label);
    out.note(
        member.subject,
        Aspect::Removed,
        &Member::place(item, Some(member), None),
        Effect::new(Wire::Breaking, rust).seen(member.item.is_some()),
        message,
    );
}
