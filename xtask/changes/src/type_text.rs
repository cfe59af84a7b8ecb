//! Types in sentences.

use sdk_generator::{
    emit::{Context, public_api},
    render::type_name,
};
use sdk_model::Type;

/// Two types that differ, as texts that differ.
pub(super) fn distinct(contexts: [&Context<'_>; 2], old: &Type, new: &Type) -> [String; 2] {
    let [before, after] = contexts;
    let short = [type_name(before.api, old), type_name(after.api, new)];
    if short[0] == short[1] {
        // With modules and boxes.
        return [
            public_api::type_text(before, old),
            public_api::type_text(after, new),
        ];
    }
    short
}
