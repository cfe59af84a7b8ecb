//! The pagination of an operation.

use sdk_generator::emit::{Context, public_api};
use sdk_model::Pagination;

use super::{
    super::{
        change::Rust,
        collect::{Collector, Effect, ItemPath},
        facets::{self, Facet},
        kind::{Aspect, Subject},
    },
    Pair,
};

/// Compares the pagination.
pub(super) fn compare(
    out: &mut Collector<'_>,
    path: &ItemPath,
    pair: &Pair<'_>,
    pages: [Option<&Pagination>; 2],
) {
    let [old, new] = pages;
    if old == new {
        return;
    }
    let rust = match (old, new) {
        (None, _) => Rust::Additive,
        (_, None) => Rust::Breaking,
        (Some(old), Some(new)) if item(out.before, old) == item(out.after, new) => Rust::None,
        _ => Rust::Breaking,
    };
    let visible = pair.shows(out, |bare, side| {
        bare.pagination.clone_from(&side.pagination);
    });
    let effect = Effect::in_rust(rust).visible_if(visible);
    let texts = pages.map(|pagination| pagination.map(text));
    let facet = Facet::new(Aspect::Pagination, "pagination", texts.clone(), effect);
    // Only the items' type differs.
    let facet = if texts[0] == texts[1] {
        let items = [(out.before, old), (out.after, new)];
        let items = items.map(|(context, it)| it.map(|it| item(context, it)));
        Facet::new(
            Aspect::Pagination,
            "type of the items of a page",
            items,
            effect,
        )
    } else {
        facet
    };
    facets::compare(out, Subject::Operation, path, [facet]);
}

/// The type of an item of a page.
fn item(context: &Context<'_>, pagination: &Pagination) -> String {
    match pagination {
        Pagination::Offset { item, .. }
        | Pagination::Cursor { item, .. }
        | Pagination::After { item, .. }
        | Pagination::Page { item, .. }
        | Pagination::Link { item, .. } => public_api::type_text(context, item),
    }
}

fn text(pagination: &Pagination) -> String {
    let at = |pointer: &str| match pointer {
        "" => "the response itself".to_owned(),
        pointer => pointer.to_owned(),
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
        } => {
            let limits = [("default", default_limit), ("maximum", max_limit)];
            let limits = limits.into_iter().filter_map(|(name, limit)| {
                let limit = limit.as_ref()?;
                Some(format!(", {name} {limit}"))
            });
            let total = total
                .as_deref()
                .map_or_else(String::new, |total| format!(", total at {}", at(total)));
            format!(
                "{offset} and {limit} in the {}{}, {}items at {}{total}",
                location(*in_body),
                limits.collect::<String>(),
                optional(*items_required),
                at(items)
            )
        }
        Pagination::Cursor {
            cursor,
            next,
            more,
            items,
            item: _,
            items_required,
            in_body,
        } => format!(
            "{cursor} in the {}, next cursor at {}{}, {}items at {}",
            location(*in_body),
            at(next),
            while_more(more.as_deref()),
            optional(*items_required),
            at(items)
        ),
        Pagination::After {
            cursor,
            id,
            more,
            items,
            item: _,
            items_required,
            in_body,
        } => format!(
            "{} in the {}, found at {} of the last item{}, the {}items at {}",
            cursor,
            location(*in_body),
            id,
            while_more(more.as_deref()),
            optional(*items_required),
            at(items)
        ),
        Pagination::Page {
            page,
            first,
            limit,
            max_limit,
            items,
            item: _,
            items_required,
            in_body,
        } => format!(
            "{} in the {}, {first} first, {} at most by {}, the {}items at {}",
            page,
            location(*in_body),
            max_limit.map_or_else(|| "any number".to_owned(), |limit| limit.to_string()),
            limit.as_deref().unwrap_or("no parameter"),
            optional(*items_required),
            at(items)
        ),
        Pagination::Link {
            next,
            items,
            item: _,
            items_required,
        } => format!(
            "the URL in {}, the {}items at {}",
            next.as_deref()
                .map_or_else(|| "the header `Link`".to_owned(), at),
            optional(*items_required),
            at(items)
        ),
    }
}

fn while_more(more: Option<&str>) -> String {
    more.map_or_else(String::new, |more| format!(" while {more} is true"))
}

fn location(in_body: bool) -> &'static str {
    if in_body { "body" } else { "query" }
}

fn optional(required: bool) -> &'static str {
    if required { "" } else { "optional " }
}
