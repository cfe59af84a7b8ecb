//! Types in sentences.

use sdk_generator::emit::{Context, faces};
use sdk_generator::render::spelled;
use sdk_model::Type;

/// Two types that differ, in words that differ.
pub(super) fn apart(contexts: [&Context<'_>; 2], old: &Type, new: &Type) -> [String; 2] {
    let [before, after] = contexts;
    let short = [spelled(before.api, old), spelled(after.api, new)];
    if short[0] == short[1] {
        // What neither says: where the types stand, what is boxed.
        return [faces::type_text(before, old), faces::type_text(after, new)];
    }
    short
}
