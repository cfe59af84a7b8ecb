//! The security requirements of an operation.

use sdk_model::SchemeUse;

use super::{
    super::{
        change::{Rust, Wire},
        collect::{Collector, Effect, ItemPath},
        facets::{self, Facet},
        kind::{Aspect, Subject},
    },
    Pair,
};

/// Compares the alternatives, each a set of schemes.
pub(super) fn compare(
    out: &mut Collector<'_>,
    path: &ItemPath,
    pair: &Pair<'_>,
    old: &[Vec<SchemeUse>],
    new: &[Vec<SchemeUse>],
) {
    if old == new {
        return;
    }
    // No code shows the scopes.
    let visible = pair.shows(out, |bare, side| bare.security.clone_from(&side.security));
    let effect = Effect::new(on_wire(old, new), Rust::None).visible_if(visible);
    let texts = [old, new].map(|security| Some(text(security)));
    let facet = Facet::new(Aspect::Security, "security", texts, effect);
    facets::compare(out, Subject::Operation, path, [facet]);
}

fn text(security: &[Vec<SchemeUse>]) -> String {
    let sets: Vec<String> = security.iter().map(|set| text_of_set(set)).collect();
    if sets.is_empty() {
        "none".to_owned()
    } else {
        sets.join(" or ")
    }
}

fn text_of_set(set: &[SchemeUse]) -> String {
    let uses = set.iter().map(|used| {
        let SchemeUse { scheme, scopes } = used;
        let separator = if scopes.is_empty() { "" } else { ": " };
        format!("{scheme}{separator}{}", scopes.join(" "))
    });
    let uses: Vec<String> = uses.collect();
    if uses.is_empty() {
        "none".to_owned()
    } else {
        uses.join(" and ")
    }
}

/// Whether credentials that were sufficient still are.
fn on_wire(old: &[Vec<SchemeUse>], new: &[Vec<SchemeUse>]) -> Wire {
    let nothing: &[Vec<SchemeUse>] = &[Vec::new()];
    let [old, new] = [old, new].map(|sets| if sets.is_empty() { nothing } else { sets });
    let suffices = |given: &Vec<SchemeUse>| {
        new.iter().any(|set| {
            set.iter()
                .all(|required| given.iter().any(|it| grants(it, required)))
        })
    };
    if old.iter().all(suffices) {
        Wire::Additive
    } else {
        Wire::Breaking
    }
}

/// Whether a credential has the scopes that are required.
fn grants(given: &SchemeUse, required: &SchemeUse) -> bool {
    given.scheme == required.scheme
        && required
            .scopes
            .iter()
            .all(|scope| given.scopes.contains(scope))
}
