//! The stream that an operation answers where it is asked to.

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
use sdk_model::Streaming;

/// Compares the streams.
pub(super) fn compare(
    out: &mut Collector<'_>,
    place: &Place,
    pair: &Pair<'_>,
    streams: [Option<&Streaming>; 2],
) {
    let name = quoted(&place.item);
    let contexts = [out.before, out.after];
    let (effect, message) = match streams {
        [None, None] => return,
        [None, Some(_)] => (
            Effect::new(Wire::Additive, Rust::Additive),
            format!("{name} answers a stream too."),
        ),
        [Some(_), None] => (
            Effect::BREAKS,
            format!("{name} no longer answers a stream beside its answer."),
        ),
        [Some(old), Some(new)] if old == new => return,
        [Some(old), Some(new)] => {
            let Streaming {
                ty,
                format,
                media_type,
                asked_by,
            } = old;
            let [was, is] = spelling::apart(contexts, ty, &new.ty);
            let rust = if was == is {
                Rust::None
            } else {
                Rust::Breaking
            };
            let told_apart = (format, media_type) == (&new.format, &new.media_type);
            let wire = match wire::of_types(contexts, ty, &new.ty, ANSWERED) {
                wire if told_apart && *asked_by == new.asked_by => wire,
                _ => Wire::Breaking,
            };
            let message = format!(
                "{name} streams {} as {} now, asked for {}; before, {} as {}, asked for {}.",
                quoted(&is),
                quoted(&new.media_type),
                asked(new),
                quoted(&was),
                quoted(media_type),
                asked(old)
            );
            (Effect::new(wire, rust), message)
        }
    };
    let seen = pair.shows(out, |bare, side| {
        bare.streaming.clone_from(&side.streaming);
    });
    let effect = effect.seen(seen);
    out.note(
        Subject::Operation,
        Aspect::Streaming,
        place,
        effect,
        message,
    );
}

fn asked(streaming: &Streaming) -> String {
    streaming.asked_by.as_ref().map_or_else(
        || "by its media type alone".to_owned(),
        |member| format!("by {} too", quoted(member)),
    )
}
