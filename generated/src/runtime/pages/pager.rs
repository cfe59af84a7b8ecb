//! What pages have in common, whatever their items are: which to ask for, when to stop.

use std::fmt;
use std::task::{self, Poll};

use serde_json::Value;

use super::position::{Position, Start};
use super::{Paging, PagingMode};
use crate::runtime::json::{self, Error, Node};
use crate::runtime::pending::Work;
use crate::runtime::{Envelope, Failure, Payload, Request, ResponseMode};

/// Asks for one page after the other.
pub(crate) struct Pager {
    request: Request,
    paging: &'static Paging,
    /// Where the next page begins; none after the last.
    position: Option<Position>,
    asking: Option<Work<Payload>>,
    failed: bool,
}

/// Where a page begins, where the next one does, and how many items there are in all.
pub(crate) struct Bounds {
    pub(super) position: Position,
    pub(super) next: Option<Position>,
    pub(super) total: Option<u64>,
}

/// Takes the items of a page.
pub(super) type TakeItems<'a> = dyn FnMut(Node<'_>) -> Result<(), Error> + 'a;

impl Pager {
    pub(super) fn new(mut request: Request, paging: &'static Paging) -> Self {
        request.response = ResponseMode::Buffered;
        let position = match &paging.mode {
            PagingMode::Offset { offset, .. } => {
                let start = request.sent(offset, paging.in_body);
                Position::offset(start.and_then(|text| text.parse().ok()).unwrap_or(0))
            }
            PagingMode::Cursor { cursor, .. } => {
                Position::cursor(request.sent(cursor, paging.in_body))
            }
        };
        Self { request, paging, position: Some(position), asking: None, failed: false }
    }

    pub(super) fn start_at(&mut self, position: Position) {
        self.position = Some(position);
        self.asking = None;
        self.failed = false;
    }

    pub(super) fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    /// The next page, its items handed to `take`; none after the last, and after a failure.
    pub(super) fn poll_page(
        &mut self,
        cx: &mut task::Context<'_>,
        take: &mut TakeItems<'_>,
    ) -> Poll<Option<Result<Bounds, Failure>>> {
        let Some(position) = self.position.clone().filter(|_| !self.failed) else {
            return Poll::Ready(None);
        };
        let mut asking = match self.asking.take() {
            Some(asking) => asking,
            None => match self.ask(&position) {
                Ok(request) => request.work(),
                Err(failure) => return Poll::Ready(Some(Err(self.fail(failure)))),
            },
        };
        let Poll::Ready(answer) = asking.as_mut().poll(cx) else {
            self.asking = Some(asking);
            return Poll::Pending;
        };
        let page = answer.and_then(|payload| self.read(payload, position, take));
        Poll::Ready(Some(match page {
            Ok(page) => {
                self.position.clone_from(&page.next);
                Ok(page)
            }
            Err(failure) => Err(self.fail(failure)),
        }))
    }

    fn fail(&mut self, failure: Failure) -> Failure {
        self.failed = true;
        failure
    }

    /// The request for the page at a position.
    fn ask(&self, position: &Position) -> Result<Request, Failure> {
        let mut request = self.request.clone();
        let in_body = self.paging.in_body;
        match (&self.paging.mode, position.page()) {
            // The first page is asked for as the caller would.
            (PagingMode::Offset { .. }, Start::Offset(0)) => {}
            (PagingMode::Offset { offset, .. }, Start::Offset(start)) => {
                request.resend(offset, Value::from(*start), in_body);
            }
            (PagingMode::Cursor { .. }, Start::Cursor(None)) => {}
            (PagingMode::Cursor { cursor, .. }, Start::Cursor(Some(at))) => {
                request.resend(cursor, Value::from(at.as_str()), in_body);
            }
            _ => {
                let problem = "the position belongs to another operation";
                return Err(request.invalid(problem.to_owned()));
            }
        }
        Ok(request)
    }

    /// Takes an answer apart.
    fn read(
        &self,
        payload: Payload,
        position: Position,
        take: &mut TakeItems<'_>,
    ) -> Result<Bounds, Failure> {
        let (context, bytes) = payload.into_bytes()?;
        let read = json::parse(&bytes)
            .and_then(|answer| self.read_page(answer.root(), position, take));
        read.map_err(|error| Failure::decode_json(context, bytes, &error))
    }

    fn read_page(
        &self,
        answer: Node<'_>,
        position: Position,
        take: &mut TakeItems<'_>,
    ) -> Result<Bounds, Error> {
        let pointer = self.items_pointer(answer);
        // A list that is missing or null is an empty one.
        let items = answer.pointer(&pointer).unwrap_or(Node::NULL);
        take(items).map_err(|error| inside(&pointer, error))?;
        let count = items.items().map_or(0, Iterator::count);
        let total = match self.paging.mode {
            PagingMode::Offset { total: Some(total), .. } => {
                answer.pointer(total).and_then(count_of)
            }
            _ => None,
        };
        let next = self.next(&position, count, total, answer)?;
        Ok(Bounds { position, next, total })
    }

    /// Where the items stand.
    fn items_pointer(&self, answer: Node<'_>) -> String {
        let envelope = match self.request.operation.envelope {
            _ if !self.paging.items.is_empty() => None,
            Envelope::None => None,
            Envelope::Required(key) => Some(key),
            Envelope::Optional(key) => answer.members().is_some().then_some(key),
        };
        match envelope {
            Some(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            None => self.paging.items.to_owned(),
        }
    }

    /// Where the next page begins. No item may be lost, so a page that merely looks like
    /// the last is not taken for it.
    fn next(
        &self,
        position: &Position,
        count: usize,
        total: Option<u64>,
        answer: Node<'_>,
    ) -> Result<Option<Position>, Error> {
        match (&self.paging.mode, position.page()) {
            (PagingMode::Offset { limit, max_limit, .. }, Start::Offset(start)) => {
                let end = start.saturating_add(count as u64);
                let asked = self.request.sent(limit, self.paging.in_body);
                let asked = asked.and_then(|text| text.parse::<u64>().ok());
                let last = count == 0
                    || total.is_some_and(|total| end >= total)
                    // A server may send less than asked for when that is more than its
                    // maximum, so a short page says something only below that.
                    || matches!((asked, max_limit), (Some(asked), Some(most))
                        if asked <= *most && (count as u64) < asked);
                Ok((!last).then(|| Position::offset(end)))
            }
            (PagingMode::Cursor { next, .. }, Start::Cursor(used)) => {
                let cursor = answer.pointer(next).map(cursor_of).transpose();
                let Some(next) = cursor.map_err(|error| inside(next, error))?.flatten()
                else {
                    return Ok(None);
                };
                if used.as_ref() == Some(&next) {
                    let problem = "the next page's cursor is the one of this page";
                    return Err(Error::custom(problem));
                }
                Ok(Some(Position::cursor(Some(next))))
            }
            _ => Ok(None),
        }
    }
}

/// A count, whichever way it is written.
fn count_of(node: Node<'_>) -> Option<u64> {
    let float = || node.as_f64().filter(|number| *number >= 0.0);
    let whole = node.as_integer().and_then(|number| number.try_into().ok());
    whole.or_else(|| float().filter(|it| it.fract() == 0.0).map(|number| number as u64))
}

/// A cursor as it is sent: text as it was given, a number as the same number. A whole number that
/// its reader cannot tell from its neighbours would lead elsewhere, so it is an error.
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

/// The error, seen from where the pointer begins.
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
