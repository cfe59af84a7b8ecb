//! All of an operation but what it takes, asks for and answers.

use super::{
    super::{
        change::{Rust, Wire},
        collect::{Collector, Effect, Place},
        kind::{Aspect, Subject},
        text::{quoted, safety},
    },
    Pair,
};

/// Compares the id, the words, the address and the safety of an operation.
pub(super) fn compare(out: &mut Collector<'_>, place: &Place, pair: &Pair<'_>) {
    let (old, new) = (pair.before.operation, pair.after.operation);
    let name = quoted(&place.item);
    if old.id != new.id {
        let message = format!(
            "The operation id of {name} is {} now, not {}.",
            quoted(&new.id),
            quoted(&old.id)
        );
        let effect = Effect::in_rust(Rust::None);
        out.note(Subject::Operation, Aspect::Id, place, effect, message);
    }
    words(out, place, pair);
    deprecation(out, place, pair);
    server(out, place, pair);
    if old.safety != new.safety {
        let message = format!(
            "{name} is {} now, not {}.",
            safety(new.safety),
            safety(old.safety)
        );
        let effect = Effect::in_rust(Rust::None);
        out.note(Subject::Operation, Aspect::Safety, place, effect, message);
    }
}

fn words(out: &mut Collector<'_>, place: &Place, pair: &Pair<'_>) {
    let (old, new) = (pair.before.operation, pair.after.operation);
    if (&old.summary, &old.docs) == (&new.summary, &new.docs) {
        return;
    }
    let seen = pair.shows(out, |bare, side| {
        bare.summary.clone_from(&side.summary);
        bare.docs.clone_from(&side.docs);
    });
    let message = format!("{} is described in other words.", quoted(&place.item));
    let effect = Effect::DOCS.seen(seen);
    out.note(Subject::Operation, Aspect::Docs, place, effect, message);
}

fn deprecation(out: &mut Collector<'_>, place: &Place, pair: &Pair<'_>) {
    let (old, new) = (pair.before.operation, pair.after.operation);
    let name = quoted(&place.item);
    let (rust, message) = match (&old.deprecation, &new.deprecation) {
        (None, Some(_)) => (Rust::Additive, format!("{name} is deprecated.")),
        (Some(_), None) => (Rust::Docs, format!("{name} is no longer deprecated.")),
        (old, new) if old != new => (
            Rust::Docs,
            format!("{name} is deprecated with other advice."),
        ),
        _ => return,
    };
    let seen = pair.shows(out, |bare, side| {
        bare.deprecation.clone_from(&side.deprecation);
    });
    let effect = Effect::in_rust(rust).seen(seen);
    out.note(
        Subject::Operation,
        Aspect::Deprecation,
        place,
        effect,
        message,
    );
}

fn server(out: &mut Collector<'_>, place: &Place, pair: &Pair<'_>) {
    let (old, new) = (pair.before.operation, pair.after.operation);
    if old.server == new.server {
        return;
    }
    let to = |server: &Option<String>| {
        server
            .as_deref()
            .map_or_else(|| "the API's address".to_owned(), quoted)
    };
    let message = format!(
        "{} goes to {} now, not to {}.",
        quoted(&place.item),
        to(&new.server),
        to(&old.server)
    );
    let effect = Effect::new(Wire::Breaking, Rust::None);
    out.note(Subject::Operation, Aspect::Server, place, effect, message);
}
