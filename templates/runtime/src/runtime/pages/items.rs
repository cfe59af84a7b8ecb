//! The items of all pages as one stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::{Pages, Position};
#[cfg(feature = "blocking")]
use crate::runtime::Operation;
use crate::runtime::{Error, json::FromJson};

/// The items of a list, as a [`Stream`]; pages are requested as needed.
///
/// The stream ends after an error; see [`Items::position`].
#[must_use = "streams do nothing unless polled"]
pub struct Items<T, B> {
    pages: Pages<T, B>,
    page: vec::IntoIter<T>,
    /// The position of the current page's next item; `None` before the first page.
    current: Option<Position>,
}

impl<T, B> Items<T, B> {
    pub(super) fn new(pages: Pages<T, B>) -> Self {
        Self { pages, page: Vec::new().into_iter(), current: None }
    }

    /// The position of the next item; `None` after the last item. [`Items::starting_at`] resumes
    /// from there, even in another process, without losing or repeating an item.
    pub fn position(&self) -> Option<&Position> {
        match &self.current {
            Some(current) if !self.page.as_slice().is_empty() => Some(current),
            _ => self.pages.position(),
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn operation(&self) -> &'static Operation {
        self.pages.operation()
    }

    /// Starts at a position returned by [`Pages::position`] or [`Items::position`].
    pub fn starting_at(self, position: Position) -> Self {
        Self::new(self.pages.starting_at(position))
    }

    /// The next item; `None` after the last item.
    pub async fn next_item(&mut self) -> Option<Result<T, Error<B>>>
    where
        T: FromJson,
    {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// The next item; `None` after the last item. Like [`Items::next_item`], with `Result` and
    /// `Option` exchanged.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<B>>
    where
        T: FromJson,
    {
        self.next_item().await.transpose()
    }
}

impl<T, B> Unpin for Items<T, B> {}

impl<T: FromJson, B> Stream for Items<T, B> {
    type Item = Result<T, Error<B>>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                self.current = self.current.take().map(|current| current.advanced_by(1));
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    self.current = Some(page.position);
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
