//! The items of pages, one by one.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::{Pages, Position};
use crate::runtime::{Error, json::FromJson};

/// The items of a list, as a [`Stream`]; pages are asked for as they are needed.
///
/// After an error the stream ends; see [`Items::position`].
#[must_use = "items are asked for only when the stream is polled"]
pub struct Items<T, B> {
    pages: Pages<T, B>,
    page: vec::IntoIter<T>,
    /// Where the current page's next item stands; none before the first page.
    here: Option<Position>,
}

impl<T, B> Items<T, B> {
    pub(super) fn new(pages: Pages<T, B>) -> Self {
        Self { pages, page: Vec::new().into_iter(), here: None }
    }

    /// Where the next item stands; none after the last. [`Items::starting_at`] goes on from
    /// there, in another process too: no item is lost, and none comes twice.
    pub fn position(&self) -> Option<&Position> {
        match &self.here {
            Some(here) if !self.page.as_slice().is_empty() => Some(here),
            _ => self.pages.position(),
        }
    }

    /// Starts at a position that [`Pages::position`] or [`Items::position`] gave.
    pub fn starting_at(self, position: Position) -> Self {
        Self::new(self.pages.starting_at(position))
    }

    /// The next item; none after the last.
    pub async fn next_item(&mut self) -> Option<Result<T, Error<B>>>
    where
        T: FromJson,
    {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// The next item; none after the last. The same as [`Items::next_item`], the error
    /// outside.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<B>>
    where
        T: FromJson,
    {
        self.next_item().await.transpose()
    }
}

/// Nothing in it is pinned.
impl<T, B> Unpin for Items<T, B> {}

impl<T: FromJson, B> Stream for Items<T, B> {
    type Item = Result<T, Error<B>>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                self.here = self.here.take().map(|here| here.further(1));
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    self.here = Some(page.position);
                    self.page = page.items.into_iter();
                }
            }
        }
    }
}

impl<T, B> fmt::Debug for Items<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("position", &self.position())
            .finish_non_exhaustive()
    }
}
