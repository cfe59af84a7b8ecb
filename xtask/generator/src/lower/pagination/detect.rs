//! Pages that the document makes plain: a `Link` header, a URL of the next page, a cursor, a window,
//! numbered pages.

use super::super::schema::Schemas;
use super::{at, is_required, limits, list_at, pointer, response};
use sdk_model::{Method, Operation, Pagination, Type};
use sdk_openapi::{Node, Schema};

/// Members that hold the items of a page, where an object has several lists.
const ITEMS: [&str; 11] = [
    "data", "items", "results", "value", "values", "entries", "records", "list", "content",
    "objects", "rows",
];

/// Members with metadata of a page.
const META: [&str; 8] = [
    "meta",
    "metadata",
    "pagination",
    "paging",
    "pageinfo",
    "page",
    "responsemetadata",
    "links",
];

const CURSORS: [&str; 11] = [
    "cursor",
    "pagecursor",
    "nextcursor",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "paginationtoken",
    "continuationtoken",
    "startcursor",
    "after",
    "marker",
];

const NEXT_CURSORS: [&str; 9] = [
    "nextcursor",
    "nextpagecursor",
    "nextpagetoken",
    "nexttoken",
    "paginationtoken",
    "continuationtoken",
    "nextcontinuationtoken",
    "nextmarker",
    "endcursor",
];

const NEXT_URLS: [&str; 7] = [
    "nextlink",
    "nexturl",
    "nextpageurl",
    "nextpagelink",
    "nexthref",
    "odata.nextlink",
    "next",
];

const MORE: [&str; 4] = ["hasmore", "hasnext", "hasnextpage", "more"];

const TOTALS: [&str; 4] = ["total", "totalcount", "totalitems", "totalresults"];

const LIMITS: [&str; 9] = [
    "limit",
    "perpage",
    "pagesize",
    "size",
    "top",
    "take",
    "count",
    "maxresults",
    "max",
];

/// The way in which the pages of an operation that only reads follow one another.
pub(super) fn detect<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
) -> Option<Pagination> {
    if operation.method != Method::Get {
        return None;
    }
    let (items, item) = items(schemas, operation, body)?;
    let items_required = is_required(schemas, body, &items);
    let list = List {
        operation,
        body,
        items,
        item,
        items_required,
    };
    list.link_header()
        .or_else(|| list.cursor(schemas))
        .or_else(|| list.next_url(schemas))
        .or_else(|| list.after(schemas))
        .or_else(|| list.offset(schemas))
        .or_else(|| list.numbered(schemas))
}

/// The list of a response: its pointer and the type of an item.
fn items<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
) -> Option<(String, Type)> {
    let (ty, envelope) = response(operation)?;
    if let Type::List(item) = ty {
        let key = envelope.filter(|envelope| !envelope.optional);
        let pointer = key
            .map(|envelope| pointer(&envelope.key))
            .unwrap_or_default();
        return Some((pointer, (**item).clone()));
    }
    let merged = schemas.merge_all_of(body);
    let lists: Vec<(String, Type)> = merged
        .properties
        .keys()
        .map(|name| pointer(name))
        .filter_map(|pointer| Some((pointer.clone(), list_at(schemas, body, &pointer)?)))
        .collect();
    if let [only] = lists.as_slice() {
        return Some(only.clone());
    }
    let by_name = |name: &str| {
        let name = pointer(name);
        lists.iter().find(|(pointer, _)| *pointer == name).cloned()
    };
    ITEMS.iter().find_map(|name| by_name(name))
}

/// A name without what spellings differ in: `nextPageToken` is `next_page_token`.
fn normalized(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | '$' | '@'));
    letters.flat_map(char::to_lowercase).collect()
}

/// A list that may come in pages.
struct List<'o, 'd> {
    operation: &'o Operation,
    body: &'o Node<'d>,
    items: String,
    item: Type,
    items_required: bool,
}

impl<'d> List<'_, 'd> {
    /// The query parameter with one of these names.
    fn parameter(&self, names: &[&str], accepts: fn(&Type) -> bool) -> Option<String> {
        let named = names.iter().find_map(|name| {
            let is_named = |wire: &str| normalized(wire) == *name;
            self.operation
                .query
                .iter()
                .find(|parameter| is_named(&parameter.name.wire))
        });
        let parameter = named.filter(|parameter| accepts(&parameter.ty))?;
        Some(parameter.name.wire.clone())
    }

    /// The pointer to a member with one of these names, in the body or in what describes the page.
    fn member(
        &self,
        schemas: &mut Schemas<'d, '_>,
        names: &[&str],
        accepts: impl Fn(&Type, &Schema<'d>, &str) -> bool,
    ) -> Option<String> {
        let top = schemas.merge_all_of(self.body);
        let meta = top
            .properties
            .keys()
            .filter(|name| META.contains(&normalized(name).as_str()));
        let holders = std::iter::once(String::new()).chain(meta.map(|name| pointer(name)));
        let holders: Vec<String> = holders.collect();
        for holder in holders {
            let Some(node) = at(schemas, self.body, &holder) else {
                continue;
            };
            let members: Vec<&str> = schemas
                .merge_all_of(&node)
                .properties
                .keys()
                .copied()
                .collect();
            for name in members
                .iter()
                .filter(|name| names.contains(&normalized(name).as_str()))
            {
                let pointer = format!("{holder}{}", pointer(name));
                let Some(member) = at(schemas, self.body, &pointer) else {
                    continue;
                };
                let found = schemas.resolve(&member);
                if accepts(&found.ty, &schemas.merge_all_of(&member), name) {
                    return Some(pointer);
                }
            }
        }
        None
    }

    fn more(&self, schemas: &mut Schemas<'d, '_>) -> Option<String> {
        self.member(schemas, &MORE, |ty, _, _| *ty == Type::Bool)
    }

    /// `Link: <…>; rel="next"`.
    fn link_header(&self) -> Option<Pagination> {
        let headers = &self.operation.success.headers;
        let declared = headers
            .iter()
            .any(|header| header.name.eq_ignore_ascii_case("link"));
        declared.then(|| Pagination::Link {
            next: None,
            items: self.items.clone(),
            item: self.item.clone(),
            items_required: self.items_required,
        })
    }

    fn cursor(&self, schemas: &mut Schemas<'d, '_>) -> Option<Pagination> {
        let names = [&CURSORS[..], &["skiptoken"]].concat();
        let cursor = self.parameter(&names, is_cursor)?;
        let next = self.member(schemas, &NEXT_CURSORS, |ty, _, _| is_cursor(ty))?;
        Some(Pagination::Cursor {
            cursor,
            next,
            more: self.more(schemas),
            items: self.items.clone(),
            item: self.item.clone(),
            items_required: self.items_required,
            in_body: false,
        })
    }

    fn next_url(&self, schemas: &mut Schemas<'d, '_>) -> Option<Pagination> {
        let next = self.member(schemas, &NEXT_URLS, |ty, merged, name| {
            let is_url = matches!(merged.format, Some("uri" | "url" | "uri-reference"));
            *ty == Type::String && (is_url || normalized(name) != "next")
        })?;
        Some(Pagination::Link {
            next: Some(next),
            items: self.items.clone(),
            item: self.item.clone(),
            items_required: self.items_required,
        })
    }

    fn after(&self, schemas: &mut Schemas<'d, '_>) -> Option<Pagination> {
        let cursor = self.parameter(&["startingafter", "after"], is_cursor)?;
        let more = self.more(schemas)?;
        let list = at(schemas, self.body, &self.items)?;
        let item = schemas.merge_all_of(&list).items.first()?.clone();
        let id = at(schemas, &item, "/id")?;
        is_cursor(&schemas.resolve(&id).ty).then_some(())?;
        Some(Pagination::After {
            cursor,
            id: "/id".to_owned(),
            more: Some(more),
            items: self.items.clone(),
            item: self.item.clone(),
            items_required: self.items_required,
            in_body: false,
        })
    }

    fn offset(&self, schemas: &mut Schemas<'d, '_>) -> Option<Pagination> {
        let offset = self.parameter(&["offset", "skip"], is_integer)?;
        let limit = self.parameter(&LIMITS, is_integer)?;
        let total = self.member(schemas, &TOTALS, |ty, _, _| is_integer(ty));
        let [default_limit, max_limit] = limits(schemas, self.operation, &limit);
        Some(Pagination::Offset {
            offset,
            limit,
            default_limit,
            max_limit,
            items: self.items.clone(),
            total,
            item: self.item.clone(),
            items_required: self.items_required,
            in_body: false,
        })
    }

    /// Numbered pages, where the document declares the first number.
    fn numbered(&self, schemas: &mut Schemas<'d, '_>) -> Option<Pagination> {
        let page = self.parameter(&["page", "pagenumber", "pageno"], is_integer)?;
        let parameters = &self.operation.query;
        let parameter = parameters
            .iter()
            .find(|parameter| parameter.name.wire == page)?;
        let schema = schemas.document.node(&parameter.origin.child("schema"));
        let minimum = schema.and_then(|schema| schema.get("minimum")?.value.as_u64());
        let default = parameter
            .default
            .as_ref()
            .and_then(serde_json::Value::as_u64);
        let first = default.or(minimum).filter(|first| *first <= 1)?;
        let limit = self.parameter(&LIMITS, is_integer)?;
        let [_, max_limit] = limits(schemas, self.operation, &limit);
        Some(Pagination::Page {
            page,
            first,
            limit: Some(limit),
            max_limit,
            items: self.items.clone(),
            item: self.item.clone(),
            items_required: self.items_required,
            in_body: false,
        })
    }
}

fn is_cursor(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Uuid) || is_integer(ty)
}

fn is_integer(ty: &Type) -> bool {
    matches!(ty, Type::I32 | Type::I64 | Type::U64)
}
