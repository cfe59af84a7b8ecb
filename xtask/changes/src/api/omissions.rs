//! What the documents have and the SDK lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    change::{Rust, Sides},
    collect::{Collector, Effect, Place},
    kind::{Aspect, Subject},
    text::quoted,
};
use sdk_model::Omission;

/// Compares what is left out: one thing at one place is one omission.
pub(super) fn compare(out: &mut Collector<'_>, before: &[Omission], after: &[Omission]) {
    let by_place = |omissions: &[Omission]| -> BTreeMap<(String, String), String> {
        omissions
            .iter()
            .map(|omission| {
                let Omission {
                    what,
                    reason,
                    origin,
                } = omission;
                ((what.clone(), origin.to_string()), reason.clone())
            })
            .collect()
    };
    let (old, new) = (by_place(before), by_place(after));
    let keys: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let (what, origin) = key;
        let (was, is) = (old.get(key), new.get(key));
        let place = Place {
            item: format!("omission {what}"),
            pointer: Sides {
                before: was.map(|_| origin.clone()),
                after: is.map(|_| origin.clone()),
            },
            files: vec!["README.md".to_owned()],
            ..Place::default()
        };
        let what = quoted(what);
        let (aspect, message) = match (was, is) {
            (None, Some(reason)) => (Aspect::Added, format!("{what} is left out: {reason}.")),
            (Some(_), None) => (Aspect::Removed, format!("{what} is no longer left out.")),
            (Some(old), Some(new)) if old != new => (
                Aspect::Docs,
                format!("{what} is left out for another reason: {new}."),
            ),
            _ => continue,
        };
        let effect = Effect::in_rust(Rust::None);
        out.note(Subject::Omission, aspect, &place, effect, message);
    }
}
