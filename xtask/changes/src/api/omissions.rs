//! What the documents have and the SDK lacks.

use std::collections::{BTreeMap, BTreeSet};

use sdk_model::Omission;

use super::super::{
    change::{Rust, Sides},
    collect::{Collector, Effect, ItemPath},
    kind::{Aspect, Subject},
};

/// Compares what is omitted, each thing at its location.
pub(super) fn compare(out: &mut Collector<'_>, before: &[Omission], after: &[Omission]) {
    let by_location = |omissions: &[Omission]| -> BTreeMap<(String, String), String> {
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
    let (old, new) = (by_location(before), by_location(after));
    let keys: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let (what, origin) = key;
        let (was, is) = (old.get(key), new.get(key));
        let path = ItemPath {
            item: format!("omission {what}"),
            target: what.clone(),
            pointer: Sides {
                before: was.map(|_| origin.clone()),
                after: is.map(|_| origin.clone()),
            },
            files: vec!["README.md".to_owned()],
            ..ItemPath::default()
        };
        let (aspect, message) = match (was, is) {
            (None, Some(reason)) => (Aspect::Added, format!("omitted: {reason}")),
            (Some(_), None) => (Aspect::Removed, "no longer omitted".to_owned()),
            (Some(old), Some(new)) if old != new => (
                Aspect::Docs,
                format!("reason of the omission changed: {new}"),
            ),
            _ => continue,
        };
        let effect = Effect::in_rust(Rust::None);
        out.note(Subject::Omission, aspect, &path, effect, message);
    }
}
