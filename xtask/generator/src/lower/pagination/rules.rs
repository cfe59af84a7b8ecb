//! The rules of codegen.yaml.

use super::super::schema::Schemas;
use super::{at, is_required, limits, list_at, pointer, response, takes};
use crate::config::{AfterRule, CursorRule, LinkRule, OffsetRule, PageRule, PagingRules};
use sdk_model::{Operation, Pagination, Type};
use sdk_openapi::Node;

/// Applies the first rule whose parameters and response the operation has.
pub(super) fn apply<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
    rules: &PagingRules,
) -> Option<Pagination> {
    let PagingRules {
        cursor,
        after,
        link,
        offset,
        page,
    } = rules;
    let cursor = cursor.as_ref();
    cursor
        .and_then(|rule| self::cursor(schemas, operation, body, rule))
        .or_else(|| self::after(schemas, operation, body, after.as_ref()?))
        .or_else(|| self::link(schemas, operation, body, link.as_ref()?))
        .or_else(|| self::offset(schemas, operation, body, offset.as_ref()?))
        .or_else(|| self::page(schemas, operation, body, page.as_ref()?))
}

/// The list of items: its pointer, the type of an item, and whether it is required. `key` is the member of an object that
/// holds it.
fn items<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
    key: Option<&str>,
) -> Option<(String, Type, bool)> {
    let (ty, envelope) = response(operation)?;
    if let Type::List(item) = ty {
        return Some((String::new(), (**item).clone(), true));
    }
    let pointer = pointer(key.or(envelope.map(|it| it.key.as_str()))?);
    let item = list_at(schemas, body, &pointer)?;
    let items_required = key.is_none() || is_required(schemas, body, &pointer);
    Some((pointer, item, items_required))
}

fn offset<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
    rule: &OffsetRule,
) -> Option<Pagination> {
    let in_body = takes(operation, &rule.offset)?;
    takes(operation, &rule.limit)?;
    let (ty, envelope) = response(operation)?;
    let total = rule.total.as_deref().map(pointer);
    let (items, item, items_required, total) = match ty {
        // The document has no schema of an optional envelope, so that the rule alone counts.
        Type::List(item) => {
            let wrapped = envelope.is_some_and(|envelope| envelope.optional);
            (
                String::new(),
                (**item).clone(),
                true,
                total.filter(|_| wrapped),
            )
        }
        _ => {
            let pointer = pointer(rule.items.as_ref()?);
            let item = list_at(schemas, body, &pointer)?;
            let total = total.filter(|total| at(schemas, body, total).is_some());
            let items_required = is_required(schemas, body, &pointer);
            (pointer, item, items_required, total)
        }
    };
    let [default_limit, max_limit] = limits(schemas, operation, &rule.limit);
    Some(Pagination::Offset {
        offset: rule.offset.clone(),
        limit: rule.limit.clone(),
        default_limit,
        max_limit,
        items,
        total,
        item,
        items_required,
        in_body,
    })
}

fn cursor<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
    rule: &CursorRule,
) -> Option<Pagination> {
    let in_body = takes(operation, &rule.cursor)?;
    let (_, envelope) = response(operation)?;
    let items = pointer(
        rule.items
            .as_deref()
            .or(envelope.map(|it| it.key.as_str()))?,
    );
    at(schemas, body, &rule.next)?;
    let item = list_at(schemas, body, &items)?;
    // A response without its envelope is an error.
    let items_required = rule.items.is_none() || is_required(schemas, body, &items);
    Some(Pagination::Cursor {
        cursor: rule.cursor.clone(),
        next: pointer(&rule.next),
        more: rule.more.as_deref().map(pointer),
        items,
        item,
        items_required,
        in_body,
    })
}

fn after<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
    rule: &AfterRule,
) -> Option<Pagination> {
    let in_body = takes(operation, &rule.cursor)?;
    let (items, item, items_required) = items(schemas, operation, body, rule.items.as_deref())?;
    Some(Pagination::After {
        cursor: rule.cursor.clone(),
        id: pointer(&rule.id),
        more: rule.more.as_deref().map(pointer),
        items,
        item,
        items_required,
        in_body,
    })
}

fn page<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
    rule: &PageRule,
) -> Option<Pagination> {
    let in_body = takes(operation, &rule.page)?;
    let (items, item, items_required) = items(schemas, operation, body, rule.items.as_deref())?;
    let limit = rule
        .limit
        .clone()
        .filter(|limit| takes(operation, limit).is_some());
    let max_limit = limit
        .as_deref()
        .and_then(|limit| limits(schemas, operation, limit)[1]);
    Some(Pagination::Page {
        page: rule.page.clone(),
        first: rule.first,
        limit,
        max_limit,
        items,
        item,
        items_required,
        in_body,
    })
}

fn link<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
    rule: &LinkRule,
) -> Option<Pagination> {
    let (items, item, items_required) = items(schemas, operation, body, rule.items.as_deref())?;
    let next = match &rule.next {
        Some(next) => {
            at(schemas, body, &pointer(next))?;
            Some(pointer(next))
        }
        None => {
            let headers = &operation.success.headers;
            headers
                .iter()
                .find(|header| header.name.eq_ignore_ascii_case("link"))?;
            None
        }
    };
    Some(Pagination::Link {
        next,
        items,
        item,
        items_required,
    })
}
