//! Types that are one type under several names, and whether they still are.

use super::super::{
    change::Rust,
    collect::{Collector, Effect, Place},
    kind::{Aspect, Subject},
    text::quoted,
};
use sdk_generator::emit::Context;
use sdk_model::{TypeDef, TypeId};

/// Compares which type the name stands for: code may hold two such types for one.
pub(super) fn compare(out: &mut Collector<'_>, place: &Place, before: &TypeDef, after: &TypeDef) {
    let (old, new) = (before.id(), after.id());
    let (was, is) = (out.before.duplicate_of(&old), out.after.duplicate_of(&new));
    let [was, is] = [was, is].map(|twin| twin.map(TypeDef::id));
    if was == is {
        return;
    }
    let rust = if was.as_ref().is_some_and(|was| parted(out.after, &new, was)) {
        Rust::Breaking
    } else if is.as_ref().is_some_and(|is| parted(out.before, &old, is)) {
        Rust::Additive
    } else {
        Rust::None
    };
    let name = quoted(after.name.ident.as_str());
    let message = match (was, is) {
        (Some(was), None) => format!(
            "{name} is written out now; before, it was another name for {}.",
            quoted(&was.0)
        ),
        (_, Some(is)) => format!("{name} is another name for {} now.", quoted(&is.0)),
        (None, None) => return,
    };
    let effect = Effect::in_rust(rust);
    out.note(Subject::Type, Aspect::Identity, place, effect, message);
}

/// Whether both are there, and are two types.
fn parted(context: &Context<'_>, one: &TypeId, other: &TypeId) -> bool {
    let written = |id| {
        context
            .duplicate_of(id)
            .map_or_else(|| TypeId::clone(id), TypeDef::id)
    };
    context.api.types.contains_key(other) && written(one) != written(other)
}
