//! Parts of items: fields of structs, parameters and body fields of operations.

mod pair;

use std::collections::BTreeSet;

use sdk_generator::emit::public_api::ApiItem;
use sdk_model::{Constraints, Deprecation, Presence, SpecPointer, Type, Usage};
use serde_json::Value;

use super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Details, Effect, ItemPath, signature_text},
    effects::{of_addition, of_removal, same_order},
    kind::{Aspect, Subject},
    text::quoted,
};

/// A part of an item.
pub(super) struct Member<'m> {
    /// Its name in the document.
    pub(super) wire: &'m str,
    pub(super) location: Location,
    /// What it is called in a sentence.
    pub(super) label: String,
    pub(super) subject: Subject,
    pub(super) ident: &'m str,
    pub(super) ty: Option<&'m Type>,
    /// Its type in a sentence.
    pub(super) type_text: String,
    pub(super) presence: Presence,
    pub(super) docs: &'m str,
    pub(super) default: Option<&'m Value>,
    pub(super) example: Option<&'m Value>,
    pub(super) deprecation: Option<&'m Deprecation>,
    pub(super) constraints: &'m Constraints,
    /// Its serialization.
    pub(super) style: String,
    pub(super) origin: Option<&'m SpecPointer>,
    /// Whether it is part of requests, of responses, or of both.
    pub(super) usage: Usage,
    /// What generated code shows of it.
    pub(super) item: Option<ApiItem>,
}

/// Where a part goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Location {
    Path,
    Query,
    Header,
    Cookie,
    Body,
    /// In a multipart body, under any name.
    OtherParts,
    /// In an object that has a name.
    Type,
    /// In such an object, under any name.
    Additional,
}

impl Location {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
            Self::OtherParts => "other parts",
            Self::Type => "field",
            Self::Additional => "additional properties",
        }
    }
}

impl<'m> Member<'m> {
    /// What identifies it among the parts of its item.
    fn key(&self) -> (Location, &'m str) {
        (self.location, self.wire)
    }

    /// Whether it is a positional argument.
    pub(super) fn is_argument(&self) -> bool {
        let item = self.item.as_ref();
        // Those of a struct of required values are named.
        item.and_then(|item| item.signature.get("argument"))
            .is_some_and(|ty| !ty.starts_with('"'))
    }

    /// The path of a part that is there before, after or both.
    pub(super) fn path(item: &ItemPath, before: Option<&Self>, after: Option<&Self>) -> ItemPath {
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
        item.part(&name, sides, pointer)
    }

    fn signature(&self) -> Option<String> {
        let item = self.item.as_ref()?;
        (!item.signature.is_empty()).then(|| signature_text(&item.signature))
    }
}

/// Compares the parts of an item.
pub(super) fn compare(
    out: &mut Collector<'_>,
    item: &ItemPath,
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
    // The others may have moved, or have another name in the path.
    for (member, found) in pairs.iter_mut().filter(|(_, found)| found.is_none()) {
        *found = take(&|other| other.wire == member.wire && !member.wire.is_empty());
    }
    for (member, found) in pairs.iter_mut().filter(|(_, found)| found.is_none()) {
        *found = take(&|other| [member.location, other.location] == [Location::Path; 2]);
    }
    for (member, found) in pairs {
        match found {
            Some(other) => pair::compare(out, item, member, other),
            None => removed(out, item, member),
        }
    }
    for member in fresh {
        added(out, item, member);
    }
}

/// Whether the parts that both have are in one order; those that `among` picks alone count.
pub(super) fn in_order(
    before: &[Member<'_>],
    after: &[Member<'_>],
    among: impl Fn(&Member<'_>) -> bool,
) -> bool {
    let picked = |members: &[Member<'_>]| -> BTreeSet<(Location, String)> {
        let counted = members.iter().filter(|member| among(member));
        counted
            .map(|member| (member.location, member.wire.to_owned()))
            .collect()
    };
    let (old, new) = (picked(before), picked(after));
    let keys = |members: &[Member<'_>]| -> Vec<(Location, String)> {
        members
            .iter()
            .map(|member| (member.location, member.wire.to_owned()))
            .filter(|key| old.contains(key) && new.contains(key))
            .collect()
    };
    same_order(keys(before), keys(after))
}

fn added(out: &mut Collector<'_>, item: &ItemPath, member: &Member<'_>) {
    let required = member.presence.is_required();
    let wire = if member.usage.request && required {
        Wire::Breaking
    } else {
        Wire::Additive
    };
    let rust = member.item.as_ref().map_or(Rust::None, of_addition);
    let message = format!(
        "new {} {} of type {}",
        if required { "required" } else { "optional" },
        member.label,
        quoted(&member.type_text)
    );
    let details = Details {
        signature: Sides {
            before: None,
            after: member.signature(),
        },
        ..Details::default()
    };
    out.note_with(
        member.subject,
        Aspect::Added,
        &Member::path(item, None, Some(member)),
        Effect::new(wire, rust).visible_if(member.item.is_some()),
        message,
        details,
    );
}

fn removed(out: &mut Collector<'_>, item: &ItemPath, member: &Member<'_>) {
    let rust = member.item.as_ref().map_or(Rust::None, of_removal);
    let deprecated = match member.deprecation {
        Some(_) => ", which was deprecated",
        None => "",
    };
    let details = Details {
        signature: Sides {
            before: member.signature(),
            after: None,
        },
        ..Details::default()
    };
    out.note_with(
        member.subject,
        Aspect::Removed,
        &Member::path(item, Some(member), None),
        Effect::new(Wire::Breaking, rust).visible_if(member.item.is_some()),
        format!("removed {}{deprecated}", member.label),
        details,
    );
}
