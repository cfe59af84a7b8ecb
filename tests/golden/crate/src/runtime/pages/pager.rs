//! What pages have in common, whatever their items are: which to ask for, when to stop.

use std::fmt;
use std::mem;
use std::task::{self, Poll};

use bytes::Bytes;
use serde_json::Value;

use super::position::{Position, Start};
use super::{Paging, PagingMode};
use crate::runtime::pending::Work;
use crate::runtime::{Context, Envelope, Failure, Payload, Request, ResponseMode, json};

/// Asks for one page after the other.
pub(crate) struct Pager {
    request: Request,
    paging: &'static Paging,
    /// Where the next page begins; none after the last.
    position: Option<Position>,
    asking: Option<Work<Payload>>,
    failed: bool,
}

/// A page whose items are JSON still.
pub(crate) struct RawPage {
    pub(super) context: Context,
    pub(super) bytes: Bytes,
    pub(super) items: Value,
    /// The members that lead to the items, for errors.
    pub(super) place: Vec<String>,
    pub(super) position: Position,
    pub(super) next: Option<Position>,
    pub(super) total: Option<u64>,
}

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

    /// The next page; none after the last, and after a failure.
    pub(super) fn poll_page(
        &mut self,
        cx: &mut task::Context<'_>,
    ) -> Poll<Option<Result<RawPage, Failure>>> {
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
        let page = answer.and_then(|payload| self.read(payload, position));
        Poll::Ready(Some(match page {
            Ok(page) => {
                self.position.clone_from(&page.next);
                Ok(page)
            }
            Err(failure) => Err(self.fail(failure)),
        }))
    }

    /// Stands still where a page could not be decoded.
    pub(super) fn stop_at(&mut self, position: Position) {
        self.position = Some(position);
        self.failed = true;
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
    fn read(&self, payload: Payload, position: Position) -> Result<RawPage, Failure> {
        let (context, bytes) = payload.into_bytes()?;
        let mut answer = match json::parse(&bytes) {
            Ok(answer) => answer,
            Err(error) => {
                return Err(Failure::decode(
                    context,
                    bytes,
                    "",
                    error.message().to_owned(),
                ));
            }
        };
        let (pointer, place) = self.items_place(&answer);
        let items = match answer.pointer_mut(&pointer).map(mem::take) {
            // A list that is missing or null is an empty one.
            Some(Value::Null) | None => Value::Array(Vec::new()),
            Some(items @ Value::Array(_)) => items,
            Some(_) => {
                let place = format!("$.{}", place.join("."));
                let place = place.trim_end_matches('.');
                return Err(Failure::decode(context, bytes, place, "expected a list"));
            }
        };
        let count = items.as_array().map_or(0, Vec::len);
        let total = match self.paging.mode {
            PagingMode::Offset { total: Some(total), .. } => {
                answer.pointer(total).and_then(whole_number)
            }
            _ => None,
        };
        let next = match self.next(&position, count, total, &answer) {
            Ok(next) => next,
            Err(problem) => return Err(Failure::decode(context, bytes, "", problem)),
        };
        Ok(RawPage { context, bytes, items, place, position, next, total })
    }

    /// Where the items stand: JSON pointer, and the members on the way.
    fn items_place(&self, answer: &Value) -> (String, Vec<String>) {
        let envelope = match self.request.operation.envelope {
            _ if !self.paging.items.is_empty() => None,
            Envelope::None => None,
            Envelope::Required(key) => Some(key),
            Envelope::Optional(key) => answer.is_object().then_some(key),
        };
        let pointer = match envelope {
            Some(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            None => self.paging.items.to_owned(),
        };
        let place = pointer.split('/').skip(1);
        let place =
            place.map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
        (pointer, place)
    }

    /// Where the next page begins. No item may be lost, so a page that merely looks like
    /// the last is not taken for it.
    fn next(
        &self,
        position: &Position,
        count: usize,
        total: Option<u64>,
        answer: &Value,
    ) -> Result<Option<Position>, &'static str> {
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
                let next = match answer.pointer(next) {
                    Some(Value::String(cursor)) if !cursor.is_empty() => cursor.clone(),
                    Some(Value::Number(cursor)) => cursor.to_string(),
                    _ => return Ok(None),
                };
                if used.as_ref() == Some(&next) {
                    return Err("the next page's cursor is the one of this page");
                }
                Ok(Some(Position::cursor(Some(next))))
            }
            _ => Ok(None),
        }
    }
}

/// A count, whichever way it is written.
fn whole_number(value: &Value) -> Option<u64> {
    let float = || value.as_f64().filter(|it| it.fract() == 0.0 && *it >= 0.0);
    value.as_u64().or_else(|| float().map(|it| it as u64))
}

impl fmt::Debug for Pager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("operation", &self.request.operation.id)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}
