//! Other representations of a success, each with a method of its own.

use std::collections::{BTreeMap, BTreeSet};

use sdk_generator::emit::public_api;
use sdk_model::Representation;

use super::{
    super::{
        change::{Rust, Sides, Wire},
        collect::{Collector, Details, Effect, ItemPath, signature_text},
        kind::{Aspect, Subject},
        text::quoted,
    },
    response,
};

/// Compares the representations, each by its method.
pub(super) fn compare(out: &mut Collector<'_>, path: &ItemPath, sides: [&[Representation]; 2]) {
    let by_name = |representations: &[Representation]| -> BTreeMap<String, Representation> {
        representations
            .iter()
            .map(|one| (one.name.ident.to_string(), one.clone()))
            .collect()
    };
    let [old, new] = sides.map(by_name);
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        one(out, path, name, [old.get(name), new.get(name)]);
    }
}

fn one(out: &mut Collector<'_>, path: &ItemPath, name: &str, sides: [Option<&Representation>; 2]) {
    let part = |side: Option<&Representation>| side.map(|_| name.to_owned());
    let idents = Sides {
        before: part(sides[0]),
        after: part(sides[1]),
    };
    let path = path.part(&format!("method {name}"), idents, path.pointer.clone());
    let label = |representation: &Representation| {
        format!("response as {}", quoted(&representation.media_type))
    };
    let views = [
        sides[0].map(|it| public_api::representation(out.before, it)),
        sides[1].map(|it| public_api::representation(out.after, it)),
    ];
    let (aspect, effect, message) = match sides {
        [None, Some(new)] => (Aspect::Added, Effect::ADDS, format!("new {}", label(new))),
        [Some(old), None] => (
            Aspect::Removed,
            Effect::BREAKS,
            format!("removed {}", label(old)),
        ),
        [Some(old), Some(new)] if old.media_type != new.media_type => {
            let same = views[0] == views[1];
            let rust = if same { Rust::None } else { Rust::Breaking };
            let message = format!("{} is now {}", label(old), quoted(&new.media_type));
            (
                Aspect::MediaType,
                Effect::new(Wire::Breaking, rust),
                message,
            )
        }
        [Some(old), Some(new)] if old.content != new.content => {
            return response::of_representation(out, &path, &label(new), [old, new]);
        }
        _ => return,
    };
    let [before, after] = views.map(|view| view.map(|view| signature_text(&view.signature)));
    let details = Details {
        signature: Sides { before, after },
        ..Details::default()
    };
    out.note_with(Subject::Method, aspect, &path, effect, message, details);
}
