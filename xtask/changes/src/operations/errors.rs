//! The errors that an operation declares.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        change::{Rust, Wire},
        collect::{Collector, Effect, Place},
        kind::{Aspect, Subject},
        spelling,
        text::quoted,
        wire,
    },
    Pair,
    answers::ANSWERED,
};
use sdk_model::{ErrorResponse, Operation, Type};

/// Compares the errors, one status at a time.
pub(super) fn compare(
    out: &mut Collector<'_>,
    place: &Place,
    pair: &Pair<'_>,
    old: &[ErrorResponse],
    new: &[ErrorResponse],
) {
    let by_status = |errors: &[ErrorResponse]| -> BTreeMap<String, ErrorResponse> {
        errors
            .iter()
            .map(|error| (error.status.clone(), error.clone()))
            .collect()
    };
    let (old, new) = (by_status(old), by_status(new));
    let statuses: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for status in statuses {
        let (was, is) = (old.get(status), new.get(status));
        if was == is {
            continue;
        }
        let seen = pair.shows(out, |bare, side| only(bare, side, status));
        let place = Place {
            item: format!("{}, error {status}", place.item),
            ..place.clone()
        };
        let what = format!("The error {} of {}", quoted(status), quoted(&place.item));
        let effect = |wire| Effect::new(wire, Rust::Docs).seen(seen);
        let mut item = out.item(Subject::Error, &place);
        match (was, is) {
            (None, Some(_)) => {
                item.note(
                    Aspect::Added,
                    effect(Wire::Additive),
                    format!("{what} is new."),
                );
            }
            (Some(_), None) => {
                item.note(
                    Aspect::Removed,
                    effect(Wire::None),
                    format!("{what} is no longer declared."),
                );
            }
            (Some(old), Some(new)) => one(out, &place, &what, old, new, seen),
            (None, None) => {}
        }
    }
}

/// The operation with the error of this status alone.
fn only(bare: &mut Operation, side: &Operation, status: &str) {
    let errors = side.errors.iter().filter(|error| error.status == status);
    bare.errors = errors.cloned().collect();
}

fn one(
    out: &mut Collector<'_>,
    place: &Place,
    what: &str,
    old: &ErrorResponse,
    new: &ErrorResponse,
    seen: bool,
) {
    let ErrorResponse {
        status: _,
        body,
        docs,
    } = old;
    let contexts = [out.before, out.after];
    let any = Type::Json;
    let [was, is] = [body, &new.body].map(|body| body.as_ref().unwrap_or(&any));
    let wire = wire::of_types(contexts, was, is, ANSWERED);
    let [was, is] = spelling::apart(contexts, was, is);
    let mut item = out.item(Subject::Error, place);
    if *body != new.body {
        let message = format!(
            "{what} has the body {} now, not {}.",
            quoted(&is),
            quoted(&was)
        );
        let effect = Effect::new(wire, Rust::Docs).seen(seen);
        item.note(Aspect::Type, effect, message);
    } else if *docs != new.docs {
        let message = format!("{what} is described in other words.");
        item.note(Aspect::Docs, Effect::DOCS.seen(seen), message);
    }
}
