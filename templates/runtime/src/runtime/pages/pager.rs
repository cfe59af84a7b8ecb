//! Requests pages, independent of the type of their items.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::task::{self, Poll};

use serde_json::Value;

use super::position::{Position, Start};
use super::{Paging, PagingMode, link};
#[cfg(feature = "blocking")]
use crate::runtime::Operation;
use crate::runtime::decode::check_success;
use crate::runtime::json::{self, Error, Node};
use crate::runtime::pending::Work;
use crate::runtime::{
    AnyError, Context, Envelope, ErrorKind, Payload, Request, ResponseMode,
};

/// Requests one page after the other.
pub(crate) struct Pager {
    request: Request,
    paging: &'static Paging,
    /// The position of the next page; `None` after the last page.
    position: Option<Position>,
    pending: Option<Work<Payload>>,
    failed: bool,
    /// The number of pages received.
    pages: usize,
    /// The hashes of the cursors used, by which a server's loop is detected.
    cursors: HashSet<u64>,
    hasher: RandomState,
}

/// The position of a page and of the next one, and the total number of items.
pub(crate) struct PageInfo {
    pub(super) position: Position,
    pub(super) next: Option<Position>,
    pub(super) total: Option<u64>,
}

/// Decodes the items of a page.
pub(super) type DecodeItems<'a> = dyn FnMut(Node<'_>) -> Result<(), Error> + 'a;

impl Pager {
    pub(super) fn new(mut request: Request, paging: &'static Paging) -> Self {
        request.response = ResponseMode::Buffered;
        let position = match &paging.mode {
            PagingMode::Offset { offset, .. } => {
                let start = request.parameter_text(offset, paging.in_body);
                Position::offset(start.and_then(|text| text.parse().ok()).unwrap_or(0))
            }
            PagingMode::Cursor { cursor, .. } | PagingMode::After { cursor, .. } => {
                Position::cursor(request.parameter_text(cursor, paging.in_body))
            }
            PagingMode::Page { page, first, .. } => {
                let start = request.parameter_text(page, paging.in_body);
                let start = start.and_then(|text| text.parse().ok());
                Position::numbered(start.unwrap_or(*first))
            }
            PagingMode::Link { .. } => Position::link(None),
        };
        Self {
            request,
            paging,
            position: Some(position),
            pending: None,
            failed: false,
            pages: 0,
            cursors: HashSet::new(),
            hasher: RandomState::new(),
        }
    }

    pub(super) fn start_at(&mut self, position: Position) {
        self.position = Some(position);
        self.pending = None;
        self.failed = false;
        self.pages = 0;
        self.cursors.clear();
    }

    #[cfg(feature = "blocking")]
    pub(super) fn operation(&self) -> &'static Operation {
        self.request.operation
    }

    pub(super) fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    /// Requests the next page and decodes its items; `None` after the last page and after an
    /// error.
    pub(super) fn poll_page(
        &mut self,
        cx: &mut task::Context<'_>,
        decode_items: &mut DecodeItems<'_>,
    ) -> Poll<Option<Result<PageInfo, AnyError>>> {
        let Some(position) = self.position.clone().filter(|_| !self.failed) else {
            return Poll::Ready(None);
        };
        let mut pending = match self.pending.take() {
            Some(pending) => pending,
            None => match self.page_request(&position) {
                Ok(request) => request.work(),
                Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
            },
        };
        let Poll::Ready(response) = pending.as_mut().poll(cx) else {
            self.pending = Some(pending);
            return Poll::Pending;
        };
        let page = response.and_then(|payload| {
            payload.decode(|payload| self.decode(payload, position, decode_items))
        });
        Poll::Ready(Some(match page {
            Ok(page) => {
                self.position.clone_from(&page.next);
                self.pages += 1;
                Ok(page)
            }
            Err(error) => Err(self.fail(error)),
        }))
    }

    fn fail(&mut self, error: AnyError) -> AnyError {
        self.failed = true;
        error
    }

    /// The request for the page at a position.
    fn page_request(&self, position: &Position) -> Result<Request, AnyError> {
        let mut request = self.request.clone();
        let limit = request.core.max_pages();
        if self.pages >= limit {
            let context = Context::new(request.core.api(), Some(request.operation));
            let message = format!("the limit is {limit} pages (`max_pages`)");
            return Err(AnyError::new(ErrorKind::TooManyPages, context, message));
        }
        let in_body = self.paging.in_body;
        match (&self.paging.mode, position.page()) {
            // The first page needs no parameter.
            (PagingMode::Offset { .. }, Start::Offset(0)) => {}
            (PagingMode::Offset { offset, .. }, Start::Offset(start)) => {
                request.set_parameter(offset, Value::from(*start), in_body);
            }
            (
                PagingMode::Cursor { .. } | PagingMode::After { .. },
                Start::Cursor(None),
            ) => {}
            (
                PagingMode::Cursor { cursor, .. } | PagingMode::After { cursor, .. },
                Start::Cursor(Some(at)),
            ) => request.set_parameter(cursor, Value::from(at.as_str()), in_body),
            (PagingMode::Page { first, .. }, Start::Page(page)) if page == first => {}
            (PagingMode::Page { page, .. }, Start::Page(number)) => {
                request.set_parameter(page, Value::from(*number), in_body);
            }
            (PagingMode::Link { .. }, Start::Link(None)) => {}
            (PagingMode::Link { .. }, Start::Link(Some(at))) => {
                request.path_and_query = Some(at.as_str().into());
            }
            _ => {
                let message = "the position belongs to another operation";
                return Err(request.invalid(message.to_owned()));
            }
        }
        Ok(request)
    }

    /// Decodes the response of a page.
    fn decode(
        &mut self,
        payload: Payload,
        position: Position,
        decode_items: &mut DecodeItems<'_>,
    ) -> Result<PageInfo, AnyError> {
        let (context, bytes) = payload.into_bytes()?;
        let page = json::read(&bytes, |response| {
            check_success(response, context.api)?;
            self.decode_page(response, &context, position.clone(), decode_items)
        });
        page.map_err(|error| AnyError::decode_json(context, bytes, &error))
    }

    fn decode_page(
        &mut self,
        response: Node<'_>,
        context: &Context,
        position: Position,
        decode_items: &mut DecodeItems<'_>,
    ) -> Result<PageInfo, Error> {
        let pointer = self.items_pointer(response);
        let items = match response.pointer(&pointer) {
            Some(items) => items,
            None if self.paging.items_required => {
                return Err(missing(response, &pointer));
            }
            None => Node::NULL,
        };
        decode_items(items).map_err(|error| inside(&pointer, error))?;
        let total = match self.paging.mode {
            PagingMode::Offset { total: Some(total), .. } => {
                response.pointer(total).and_then(count_of)
            }
            _ => None,
        };
        if items.is_null() && total.is_some_and(|total| total > 0) {
            let error =
                Error::custom("expected a list, got null, although the total is not 0");
            return Err(inside(&pointer, error));
        }
        let next = self.next(&position, &Page { response, items, total, context })?;
        Ok(PageInfo { position, next, total })
    }

    /// The JSON pointer to the items.
    fn items_pointer(&self, response: Node<'_>) -> String {
        let envelope = match self.request.operation.envelope {
            _ if !self.paging.items.is_empty() => None,
            Envelope::None => None,
            Envelope::Required(key) => Some(key),
            Envelope::Optional(key) => response.get(key).is_some().then_some(key),
        };
        match envelope {
            Some(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            None => self.paging.items.to_owned(),
        }
    }

    /// The position of the next page. A short page is the last one only if the limit is certain:
    /// no item may be lost.
    fn next(
        &mut self,
        position: &Position,
        page: &Page<'_>,
    ) -> Result<Option<Position>, Error> {
        let count = page.items.items().map_or(0, Iterator::count) as u64;
        match (&self.paging.mode, position.page()) {
            (PagingMode::Offset { limit, max_limit, .. }, Start::Offset(start)) => {
                let end = start.saturating_add(count);
                let last = count == 0
                    || page.total.is_some_and(|total| end >= total)
                    || self.is_short(count, limit, *max_limit);
                Ok((!last).then(|| Position::offset(end)))
            }
            (PagingMode::Page { limit, max_limit, .. }, Start::Page(number)) => {
                let last = count == 0
                    || limit
                        .is_some_and(|limit| self.is_short(count, limit, *max_limit));
                Ok((!last).then(|| Position::numbered(number.saturating_add(1))))
            }
            (PagingMode::Cursor { next: pointer, more, .. }, Start::Cursor(used)) => {
                let cursor = page.response.pointer(pointer).map(cursor_of).transpose();
                let cursor = cursor.map_err(|error| inside(pointer, error))?;
                let cursor = cursor.flatten().filter(|_| !page.is_last(*more));
                let next = self.not_used("cursor", used.as_ref(), cursor);
                let next = next.map_err(|error| inside(pointer, error))?;
                Ok(next.map(|next| Position::cursor(Some(next))))
            }
            (PagingMode::After { id, more, .. }, Start::Cursor(used)) => {
                let last = page.items.items().and_then(Iterator::last);
                let cursor = last.filter(|_| !page.is_last(*more)).map(|item| {
                    let id = item.pointer(id).map(cursor_of).transpose()?.flatten();
                    id.ok_or_else(|| {
                        Error::custom("the last item of the page has no id")
                    })
                });
                let next =
                    self.not_used("cursor", used.as_ref(), cursor.transpose()?)?;
                Ok(next.map(|next| Position::cursor(Some(next))))
            }
            (PagingMode::Link { next }, Start::Link(used)) => {
                let link = match next {
                    None => link::next_of(&page.context.headers),
                    Some(next) => page.response.pointer(next).and_then(text_of),
                };
                let link = link.map(|link| self.request.path_of_link(&link));
                let link = link.transpose().map_err(|problem| {
                    Error::custom(format!("the link to the next page {problem}"))
                })?;
                let next = self.not_used("link", used.as_ref(), link)?;
                Ok(next.map(|next| Position::link(Some(next))))
            }
            _ => Ok(None),
        }
    }

    /// Whether a page has fewer items than were requested. A server sends fewer if the limit
    /// exceeds its maximum.
    fn is_short(&self, count: u64, limit: &str, max_limit: Option<u64>) -> bool {
        let requested = self.request.parameter_text(limit, self.paging.in_body);
        let requested = requested.and_then(|text| text.parse::<u64>().ok());
        matches!((requested, max_limit), (Some(requested), Some(maximum))
            if requested <= maximum && count < requested)
    }

    /// The cursor or link of the next page; an error if an earlier page had it.
    fn not_used(
        &mut self,
        what: &str,
        used: Option<&String>,
        next: Option<String>,
    ) -> Result<Option<String>, Error> {
        let Some(next) = next else { return Ok(None) };
        let hash = |cursor: &String| self.hasher.hash_one(cursor);
        let (used, next_hash) = (used.map(hash), hash(&next));
        if used == Some(next_hash) || self.cursors.contains(&next_hash) {
            return Err(Error::custom(format!(
                "the next page's {what} is that of an earlier page"
            )));
        }
        self.cursors.extend(used);
        Ok(Some(next))
    }
}

/// A page that was received.
struct Page<'p> {
    response: Node<'p>,
    items: Node<'p>,
    total: Option<u64>,
    context: &'p Context,
}

impl Page<'_> {
    /// Whether the response says that there are no more pages.
    fn is_last(&self, more: Option<&str>) -> bool {
        more.and_then(|more| self.response.pointer(more)?.as_bool()) == Some(false)
    }
}

fn text_of(node: Node<'_>) -> Option<String> {
    node.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

impl Request {
    /// The path and query of a link to the next page.
    fn path_of_link(&self, link: &str) -> Result<String, String> {
        let base = self.base_url.as_deref().unwrap_or(self.core.parsed_base_url());
        let path = self.expanded_path()?;
        link::resolve(link, base.uri(), &path)
    }
}

/// A count, as an integer or as a number without a fraction.
fn count_of(node: Node<'_>) -> Option<u64> {
    let float = || node.as_f64().filter(|number| *number >= 0.0);
    let whole = node.as_integer().and_then(|number| number.try_into().ok());
    whole.or_else(|| float().filter(|it| it.fract() == 0.0).map(|number| number as u64))
}

/// The text of a cursor. An integer beyond the exact range of a 64-bit float may have been
/// rounded by the parser, so it is an error.
fn cursor_of(node: Node<'_>) -> Result<Option<String>, Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    if let Some(text) = node.as_str() {
        return Ok((!text.is_empty()).then(|| text.to_owned()));
    }
    match node.to_value() {
        Value::Number(number) if !number.is_f64() => Ok(Some(number.to_string())),
        Value::Number(number) => match node.as_f64() {
            Some(whole) if whole.fract() == 0.0 && whole.abs() < EXACT => {
                Ok(Some((whole as i64).to_string()))
            }
            Some(whole) if whole.fract() == 0.0 => {
                Err(Error::custom("the next page's cursor is too large a number"))
            }
            _ => Ok(Some(number.to_string())),
        },
        _ => Ok(None),
    }
}

/// The error of a response without the items: the path is that of the innermost object that is
/// present.
fn missing(response: Node<'_>, pointer: &str) -> Error {
    let mut parent = pointer;
    loop {
        let Some((before, name)) = parent.rsplit_once('/') else {
            return Error::expected("a list", response);
        };
        match response.pointer(before) {
            Some(object) if object.members().is_some() => {
                let name = name.replace("~1", "/").replace("~0", "~");
                return inside(before, Error::missing(&name));
            }
            Some(other) => return inside(before, Error::expected("an object", other)),
            None => parent = before,
        }
    }
}

/// Adds a JSON pointer to the path of an error.
fn inside(pointer: &str, error: Error) -> Error {
    let steps = pointer.rsplit('/').take(pointer.matches('/').count());
    steps.fold(error, |error, step| {
        error.in_member(step.replace("~1", "/").replace("~0", "~"))
    })
}

impl fmt::Debug for Pager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("operation", &self.request.operation.id)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}
