//! Adjustments of the model that no single schema can know.

mod boxing;
mod tags;
mod usage;

use sdk_model::{Api, TypeId};

/// Runs all passes: in which directions each type travels, out with what nothing reaches, the
/// tags of unions' payloads, boxes where a type would hold itself.
pub fn run(api: &mut Api) {
    usage::mark(api);
    api.types
        .retain(|_, def| def.usage.request || def.usage.response);
    let known: std::collections::BTreeSet<TypeId> = api.types.keys().cloned().collect();
    for def in api.types.values_mut() {
        if def
            .parent
            .as_ref()
            .is_some_and(|parent| !known.contains(parent))
        {
            def.parent = None;
        }
    }
    tags::fix(&mut api.types);
    boxing::boxed(&mut api.types);
}
