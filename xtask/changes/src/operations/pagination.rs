//! How the pages of an operation follow one another.

use super::{
    super::{
        change::Rust,
        collect::{Collector, Effect, Place},
        kind::{Aspect, Subject},
        text::quoted,
    },
    Pair,
};
use sdk_generator::emit::{Context, public_api};
use sdk_model::Pagination;

/// Compares the pagination.
pub(super) fn compare(
    out: &mut Collector<'_>,
    place: &Place,
    pair: &Pair<'_>,
    old: Option<&Pagination>,
    new: Option<&Pagination>,
) {
    if old == new {
        return;
    }
    let name = quoted(&place.item);
    let (rust, message) = match (old, new) {
        (None, _) => (Rust::Additive, format!("{name} comes in pages.")),
        (_, None) => (Rust::Breaking, format!("{name} no longer comes in pages.")),
        (Some(old), Some(new)) => {
            let same = item(out.before, old) == item(out.after, new);
            let rust = if same { Rust::None } else { Rust::Breaking };
            let message = format!(
                "The pages of {name} follow one another by {} now, not by {}.",
                words(new),
                words(old)
            );
            (rust, message)
        }
    };
    let seen = pair.shows(out, |bare, side| {
        bare.pagination.clone_from(&side.pagination);
    });
    let effect = Effect::in_rust(rust).seen(seen);
    out.note(
        Subject::Operation,
        Aspect::Pagination,
        place,
        effect,
        message,
    );
}

/// What callers get one by one.
fn item(context: &Context<'_>, pagination: &Pagination) -> String {
    match pagination {
        Pagination::Offset { item, .. } | Pagination::Cursor { item, .. } => {
            public_api::type_text(context, item)
        }
    }
}

fn words(pagination: &Pagination) -> String {
    let at = |pointer: &str| match pointer {
        "" => "the answer itself".to_owned(),
        pointer => quoted(pointer),
    };
    match pagination {
        Pagination::Offset {
            offset,
            limit,
            default_limit,
            max_limit,
            items,
            total,
            item: _,
            items_required,
            in_body,
        } => format!(
            "{} and {} in the {}, {} at a time, {} at most, the {}items at {}, the total at {}",
            quoted(offset),
            quoted(limit),
            place(*in_body),
            number(*default_limit),
            number(*max_limit),
            optional(*items_required),
            at(items),
            total.as_deref().map_or_else(|| "no place".to_owned(), at)
        ),
        Pagination::Cursor {
            cursor,
            next,
            items,
            item: _,
            items_required,
            in_body,
        } => format!(
            "{} in the {}, found at {}, the {}items at {}",
            quoted(cursor),
            place(*in_body),
            at(next),
            optional(*items_required),
            at(items)
        ),
    }
}

fn place(in_body: bool) -> &'static str {
    if in_body { "body" } else { "query" }
}

fn optional(required: bool) -> &'static str {
    if required { "" } else { "optional " }
}

fn number(limit: Option<u64>) -> String {
    limit.map_or_else(|| "any number".to_owned(), |limit| limit.to_string())
}
