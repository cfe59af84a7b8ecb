//! The errors that an operation declares.

use std::collections::{BTreeMap, BTreeSet};

use sdk_model::{ErrorResponse, Operation, Type};

use super::{
    super::{
        change::{Rust, Sides, Wire},
        collect::{Collector, Details, Effect, ItemPath},
        facets::{self, Facet},
        kind::{Aspect, Subject},
        type_text, wire,
    },
    Pair,
    response::RESPONSE,
};

/// Compares the errors, one status at a time.
pub(super) fn compare(
    out: &mut Collector<'_>,
    path: &ItemPath,
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
        let visible = pair.shows(out, |bare, side| only(bare, side, status));
        let path = path.named(&format!("error {status}"));
        let effect = |wire| Effect::new(wire, Rust::Docs).visible_if(visible);
        match (was, is) {
            (None, Some(_)) => out.note(
                Subject::Error,
                Aspect::Added,
                &path,
                effect(Wire::Additive),
                format!("new error `{status}`"),
            ),
            (Some(_), None) => out.note(
                Subject::Error,
                Aspect::Removed,
                &path,
                effect(Wire::None),
                format!("error `{status}` no longer declared"),
            ),
            (Some(old), Some(new)) => one(out, &path, old, new, visible),
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
    path: &ItemPath,
    old: &ErrorResponse,
    new: &ErrorResponse,
    visible: bool,
) {
    let ErrorResponse { status, body, docs } = old;
    let label = format!("error `{status}`");
    if *body == new.body {
        let facet = Facet::documentation(label, [docs, &new.docs], visible);
        facets::compare(out, Subject::Error, path, [facet]);
        return;
    }
    let any = Type::Json;
    let [was, is] = [body, &new.body].map(|body| body.as_ref().unwrap_or(&any));
    let wire = wire::of_types(out, was, is, RESPONSE);
    let cause = out.renamed_in(was, is).map(|id| id.0.clone());
    let mut texts = type_text::distinct(out.contexts(), was, is);
    for (text, body) in texts.iter_mut().zip([body, &new.body]) {
        if body.is_none() {
            "no JSON".clone_into(text);
        }
    }
    let [was, is] = texts;
    let message = format!("{label}: body changed from `{was}` to `{is}`");
    let effect = Effect::new(wire, Rust::Docs).visible_if(visible);
    let details = Details {
        value: Sides::both(was, is),
        cause,
        ..Details::default()
    };
    let (subject, aspect) = (Subject::Error, Aspect::Type);
    out.note_with(subject, aspect, path, effect, message, details);
}
