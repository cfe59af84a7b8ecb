//! The stream that an operation returns where it is requested.

use sdk_model::Streaming;

use super::{
    super::{
        change::{Rust, Wire},
        collect::{Collector, Effect, ItemPath},
        facets::{self, Facet},
        kind::{Aspect, Subject},
        type_text, wire,
    },
    Pair,
    response::RESPONSE,
};

/// Compares the streams.
pub(super) fn compare(
    out: &mut Collector<'_>,
    path: &ItemPath,
    pair: &Pair<'_>,
    streams: [Option<&Streaming>; 2],
) {
    let (effect, texts) = match streams {
        [None, None] => return,
        [old, new] if old == new => return,
        [Some(old), Some(new)] => {
            let Streaming {
                ty,
                format,
                media_type,
                requested_by,
            } = old;
            let [was, is] = type_text::distinct(out.contexts(), ty, &new.ty);
            let rust = if was == is {
                Rust::None
            } else {
                Rust::Breaking
            };
            let same = (format, media_type, requested_by)
                == (&new.format, &new.media_type, &new.requested_by);
            let wire = if same {
                wire::of_types(out, ty, &new.ty, RESPONSE)
            } else {
                Wire::Breaking
            };
            let texts = [Some(text(old, &was)), Some(text(new, &is))];
            (Effect::new(wire, rust), texts)
        }
        [old, new] => {
            let effect = if old.is_none() {
                Effect::ADDS
            } else {
                Effect::BREAKS
            };
            let named = |streaming: Option<&Streaming>| streaming.map(|it| it.media_type.clone());
            (effect, [named(old), named(new)])
        }
    };
    let visible = pair.shows(out, |bare, side| {
        bare.streaming.clone_from(&side.streaming);
    });
    let effect = effect.visible_if(visible);
    let facet = Facet::new(Aspect::Streaming, "stream", texts, effect);
    facets::compare(out, Subject::Operation, path, [facet]);
}

fn text(streaming: &Streaming, ty: &str) -> String {
    let requested = streaming
        .requested_by
        .as_ref()
        .map_or_else(String::new, |member| format!(", requested by {member}"));
    format!("{ty} as {}{requested}", streaming.media_type)
}
