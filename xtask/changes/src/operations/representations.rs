//! Other representations of a success.

use sdk_model::Representation;

use super::{
    super::{
        collect::{Collector, Effect, ItemPath},
        facets::{self, Facet},
        kind::{Aspect, Subject},
    },
    Pair,
};

/// Compares the representations that have methods of their own.
pub(super) fn compare(
    out: &mut Collector<'_>,
    path: &ItemPath,
    pair: &Pair<'_>,
    sides: [&[Representation]; 2],
) {
    let [old, new] = sides;
    if old == new {
        return;
    }
    let texts = sides.map(|representations| {
        let names = representations.iter().map(|one| one.media_type.as_str());
        let names: Vec<&str> = names.collect();
        (!names.is_empty()).then(|| names.join(", "))
    });
    let kept = old.iter().all(|one| new.contains(one));
    let visible = pair.shows(out, |bare, side| {
        bare.representations.clone_from(&side.representations);
    });
    let effect = if kept { Effect::ADDS } else { Effect::BREAKS };
    let facet = Facet::new(
        Aspect::Response,
        "other media types of the response",
        texts,
        effect.visible_if(visible),
    );
    facets::compare(out, Subject::Operation, path, [facet]);
}
