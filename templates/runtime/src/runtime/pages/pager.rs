//! Requests pages, independent of the type of their items.

use std::fmt;
use std::task::{self, Poll};

use serde_json::Value;

use super::position::{Position, Start};
use super::{Paging, PagingMode};
use crate::runtime::decode::check_success;
use crate::runtime::json::{self, Error, Node};
use crate::runtime::pending::Work;
use crate::runtime::{AnyError, Envelope, Payload, Request, ResponseMode};

/// Requests one page after the other.
pub(crate) struct Pager {
    request: Request,
    paging: &'static Paging,
    /// The position of the next page; `None` after the last page.
    position: Option<Position>,
    pending: Option<Work<Payload>>,
    failed: bool,
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
            PagingMode::Cursor { cursor, .. } => {
                Position::cursor(request.parameter_text(cursor, paging.in_body))
            }
        };
        Self { request, paging, position: Some(position), pending: None, failed: false }
    }

    pub(super) fn start_at(&mut self, position: Position) {
        self.position = Some(position);
        self.pending = None;
        self.failed = false;
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
        let page =
            response.and_then(|payload| self.decode(payload, position, decode_items));
        Poll::Ready(Some(match page {
            Ok(page) => {
                self.position.clone_from(&page.next);
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
        let in_body = self.paging.in_body;
        match (&self.paging.mode, position.page()) {
            // The first page needs no parameter.
            (PagingMode::Offset { .. }, Start::Offset(0)) => {}
            (PagingMode::Offset { offset, .. }, Start::Offset(start)) => {
                request.set_parameter(offset, Value::from(*start), in_body);
            }
            (PagingMode::Cursor { .. }, Start::Cursor(None)) => {}
            (PagingMode::Cursor { cursor, .. }, Start::Cursor(Some(at))) => {
                request.set_parameter(cursor, Value::from(at.as_str()), in_body);
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
        &self,
        payload: Payload,
        position: Position,
        decode_items: &mut DecodeItems<'_>,
    ) -> Result<PageInfo, AnyError> {
        let (context, bytes) = payload.into_bytes()?;
        let page = json::parse(&bytes).and_then(|tape| {
            check_success(tape.root(), context.api)?;
            self.decode_page(tape.root(), position, decode_items)
        });
        page.map_err(|error| AnyError::decode_json(context, bytes, &error))
    }

    fn decode_page(
        &self,
        response: Node<'_>,
        position: Position,
        decode_items: &mut DecodeItems<'_>,
    ) -> Result<PageInfo, Error> {
        let pointer = self.items_pointer(response);
        // A list that is missing or null is an empty one.
        let items = response.pointer(&pointer).unwrap_or(Node::NULL);
        decode_items(items).map_err(|error| inside(&pointer, error))?;
        let count = items.items().map_or(0, Iterator::count);
        let total = match self.paging.mode {
            PagingMode::Offset { total: Some(total), .. } => {
                response.pointer(total).and_then(count_of)
            }
            _ => None,
        };
        let next = self.next(&position, count, total, response)?;
        Ok(PageInfo { position, next, total })
    }

    /// The JSON pointer to the items.
    fn items_pointer(&self, response: Node<'_>) -> String {
        let envelope = match self.request.operation.envelope {
            _ if !self.paging.items.is_empty() => None,
            Envelope::None => None,
            Envelope::Required(key) => Some(key),
            Envelope::Optional(key) => response.members().is_some().then_some(key),
        };
        match envelope {
            Some(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            None => self.paging.items.to_owned(),
        }
    }

    /// The position of the next page. A short page is the last one only if the limit is certain:
    /// no item may be lost.
    fn next(
        &self,
        position: &Position,
        count: usize,
        total: Option<u64>,
        response: Node<'_>,
    ) -> Result<Option<Position>, Error> {
        match (&self.paging.mode, position.page()) {
            (PagingMode::Offset { limit, max_limit, .. }, Start::Offset(start)) => {
                let end = start.saturating_add(count as u64);
                let requested = self.request.parameter_text(limit, self.paging.in_body);
                let requested = requested.and_then(|text| text.parse::<u64>().ok());
                let last = count == 0
                    || total.is_some_and(|total| end >= total)
                    // A server sends fewer items if the limit exceeds its maximum, so a short
                    // page is the last one only below that.
                    || matches!((requested, max_limit), (Some(requested), Some(maximum))
                        if requested <= *maximum && (count as u64) < requested);
                Ok((!last).then(|| Position::offset(end)))
            }
            (PagingMode::Cursor { next, .. }, Start::Cursor(used)) => {
                let cursor = response.pointer(next).map(cursor_of).transpose();
                let Some(next) = cursor.map_err(|error| inside(next, error))?.flatten()
                else {
                    return Ok(None);
                };
                if used.as_ref() == Some(&next) {
                    let message = "the next page's cursor is that of this page";
                    return Err(Error::custom(message));
                }
                Ok(Some(Position::cursor(Some(next))))
            }
            _ => Ok(None),
        }
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
