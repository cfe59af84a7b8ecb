//! Whether names that denote one type still do.

use sdk_generator::emit::Context;
use sdk_model::{TypeDef, TypeId};

use super::super::{
    change::Rust,
    collect::{Collector, Details, Effect, ItemPath},
    kind::{Aspect, Subject},
    text::quoted,
};

/// Compares which type the name denotes: code may use two such types as one.
pub(super) fn compare(out: &mut Collector<'_>, path: &ItemPath, before: &TypeDef, after: &TypeDef) {
    let (old, new) = (before.id(), after.id());
    let (was, is) = (out.before.duplicate_of(&old), out.after.duplicate_of(&new));
    let [was, is] = [was, is].map(|side| side.map(TypeDef::id));
    if was == is {
        return;
    }
    let renamed = was.as_ref().and_then(|was| out.renames.new_of(was));
    let cause = renamed
        .filter(|renamed| Some(*renamed) == is.as_ref())
        .map(|renamed| renamed.0.clone());
    let rust = if was
        .as_ref()
        .is_some_and(|was| are_distinct(out.after, &new, was))
    {
        Rust::Breaking
    } else if is
        .as_ref()
        .is_some_and(|is| are_distinct(out.before, &old, is))
    {
        Rust::Additive
    } else {
        Rust::None
    };
    let message = match (was, is) {
        (Some(was), None) => format!(
            "was another name for {}, is a type of its own",
            quoted(&was.0)
        ),
        (_, Some(is)) => format!("is another name for {}", quoted(&is.0)),
        (None, None) => return,
    };
    let effect = Effect::in_rust(rust);
    let details = Details {
        cause,
        ..Details::default()
    };
    let (subject, aspect) = (Subject::Type, Aspect::Identity);
    out.note_with(subject, aspect, path, effect, message, details);
}

/// Whether both exist and are two types.
fn are_distinct(context: &Context<'_>, one: &TypeId, other: &TypeId) -> bool {
    let written = |id| {
        context
            .duplicate_of(id)
            .map_or_else(|| TypeId::clone(id), TypeDef::id)
    };
    context.api.types.contains_key(other) && written(one) != written(other)
}
