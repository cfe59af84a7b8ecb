//! The credentials that an operation asks for.

use super::{
    super::{
        change::{Rust, Wire},
        collect::{Collector, Effect, Place},
        kind::{Aspect, Subject},
        text::quoted,
    },
    Pair,
};
use sdk_model::SchemeUse;

/// Compares the alternatives, each a set of schemes.
pub(super) fn compare(
    out: &mut Collector<'_>,
    place: &Place,
    pair: &Pair<'_>,
    old: &[Vec<SchemeUse>],
    new: &[Vec<SchemeUse>],
) {
    if old == new {
        return;
    }
    // No code shows the scopes.
    let seen = pair.shows(out, |bare, side| bare.security.clone_from(&side.security));
    let message = format!(
        "{} asks for {} now, not {}.",
        quoted(&place.item),
        asked(new),
        asked(old)
    );
    let effect = Effect::new(on_wire(old, new), Rust::None).seen(seen);
    out.note(Subject::Operation, Aspect::Security, place, effect, message);
}

fn asked(security: &[Vec<SchemeUse>]) -> String {
    let sets: Vec<String> = security.iter().map(|set| one_set(set)).collect();
    if sets.is_empty() {
        "no credential".to_owned()
    } else {
        sets.join(" or ")
    }
}

fn one_set(set: &[SchemeUse]) -> String {
    let uses = set.iter().map(|used| {
        let SchemeUse { scheme, scopes } = used;
        let separator = if scopes.is_empty() { "" } else { ": " };
        quoted(&format!("{scheme}{separator}{}", scopes.join(" ")))
    });
    let uses: Vec<String> = uses.collect();
    if uses.is_empty() {
        "no credential".to_owned()
    } else {
        uses.join(" with ")
    }
}

/// Whether a credential that was good enough no longer is.
fn on_wire(old: &[Vec<SchemeUse>], new: &[Vec<SchemeUse>]) -> Wire {
    let nothing: &[Vec<SchemeUse>] = &[Vec::new()];
    let [old, new] = [old, new].map(|sets| if sets.is_empty() { nothing } else { sets });
    let enough = |given: &Vec<SchemeUse>| {
        new.iter().any(|set| {
            set.iter()
                .all(|asked| given.iter().any(|it| grants(it, asked)))
        })
    };
    if old.iter().all(enough) {
        Wire::Additive
    } else {
        Wire::Breaking
    }
}

/// Whether a credential with these scopes is all that is asked for.
fn grants(given: &SchemeUse, asked: &SchemeUse) -> bool {
    given.scheme == asked.scheme
        && asked
            .scopes
            .iter()
            .all(|scope| given.scopes.contains(scope))
}
