//! The parts of an operation that differ in value, noun and effect only.

use sdk_model::Operation;

use super::{
    super::{
        change::{Rust, Wire},
        collect::{Collector, Effect, ItemPath},
        facets::{self, Facet},
        kind::{Aspect, Subject},
        text::safety,
    },
    Pair,
};

/// Compares id, documentation, deprecation, server and safety.
pub(super) fn compare(out: &mut Collector<'_>, path: &ItemPath, pair: &Pair<'_>) {
    let [old, new] = pair.operations();
    let documented = pair.shows(out, |bare, side| {
        bare.summary.clone_from(&side.summary);
        bare.docs.clone_from(&side.docs);
    });
    let deprecated = pair.shows(out, |bare, side| {
        bare.deprecation.clone_from(&side.deprecation);
    });
    let text = |operation: &Operation| {
        let parts = [operation.summary.as_str(), operation.docs.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("\n\n")
    };
    let texts = [old, new].map(text);
    let note = |operation: &Operation| operation.deprecation.as_ref().map(|it| it.note.clone());
    let notes = [old, new].map(note);
    let facets = [
        Facet::new(
            Aspect::Id,
            "operation id",
            [old, new].map(|it| Some(it.id.clone())),
            Effect::in_rust(Rust::None),
        ),
        Facet::documentation("", texts.each_ref().map(String::as_str), documented),
        Facet::deprecation(
            "",
            notes.each_ref().map(Option::as_deref),
            Rust::Additive,
            deprecated,
        ),
        Facet::new(
            Aspect::Server,
            "server",
            [old, new].map(|it| it.server.clone()),
            Effect::new(Wire::Breaking, Rust::None),
        ),
        Facet::new(
            Aspect::Safety,
            "safety",
            [old, new].map(|it| Some(safety(it.safety).to_owned())),
            Effect::in_rust(Rust::None),
        ),
    ];
    facets::compare(out, Subject::Operation, path, facets);
}
