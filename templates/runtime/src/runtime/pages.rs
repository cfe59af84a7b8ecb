//! Pagination: pages and items as streams that can be resumed.

mod items;
mod link;
mod pager;
mod params;
mod position;

pub use items::Items;
pub use position::Position;

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

#[cfg(feature = "blocking")]
use super::Operation;
use super::json::FromJson;
use super::{AnyError, Error, Request};
use pager::{PageInfo, Pager};

/// The pagination of an operation.
#[derive(Debug)]
pub struct Paging {
    /// The kind of pagination.
    pub mode: PagingMode,
    /// The JSON pointer to the items. Empty if the response is the list, or if the operation's
    /// envelope contains it.
    pub items: &'static str,
    /// Whether a response without the items is an error instead of an empty page.
    pub items_required: bool,
    /// Whether the parameters are properties of the body instead of query parameters.
    pub in_body: bool,
}

/// The kind of pagination.
#[derive(Debug)]
pub enum PagingMode {
    /// By offset and limit.
    Offset {
        /// The parameter with the number of items to skip.
        offset: &'static str,
        /// The parameter with the number of items per page.
        limit: &'static str,
        /// The maximum of the limit, if the document declares one.
        max_limit: Option<u64>,
        /// The JSON pointer to the total number of items.
        total: Option<&'static str>,
    },
    /// By a cursor that each page contains.
    Cursor {
        /// The parameter with the cursor.
        cursor: &'static str,
        /// The JSON pointer to the next page's cursor; null, absent or empty on the last page.
        next: &'static str,
        /// JSON pointer to whether there are more pages, where the response says so.
        more: Option<&'static str>,
    },
    /// The last item of a page is the cursor of the next.
    After {
        /// The parameter that takes the item's id.
        cursor: &'static str,
        /// JSON pointer to the id inside an item.
        id: &'static str,
        /// JSON pointer to whether there are more pages, where the response says so.
        more: Option<&'static str>,
    },
    /// Numbered pages.
    Page {
        /// The parameter that takes the page's number.
        page: &'static str,
        /// The number of the first page.
        first: u64,
        /// The parameter that limits the items of a page, where there is one.
        limit: Option<&'static str>,
        /// The largest limit that the server accepts, where the document declares it.
        max_limit: Option<u64>,
    },
    /// A URL of the next page: in the `Link` header, or in the body.
    Link {
        /// JSON pointer to the URL; none: the `Link` header.
        next: Option<&'static str>,
    },
}

/// A page of a list.
#[derive(Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The position of this page.
    pub position: Position,
    /// The position of the next page; `None` on the last page.
    pub next: Option<Position>,
    /// The total number of items, if the server reports it.
    pub total: Option<u64>,
}

impl<T> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items.len())
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

/// The pages of a list, as a [`Stream`]; each page is requested when the stream is polled.
///
/// The stream ends after an error; [`Pages::position`] still returns the position of the failed
/// page, and [`Pages::starting_at`] resumes from there, even in another process. The list ends
/// with an error if a cursor repeats, and after the client's `max_pages`.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<T, B> {
    pager: Pager,
    types: PhantomData<fn() -> (T, B)>,
}

impl<T, B> Pages<T, B> {
    pub(crate) fn new(request: Request, paging: &'static Paging) -> Self {
        Self { pager: Pager::new(request, paging), types: PhantomData }
    }

    /// Starts at a position returned by [`Pages::position`] or [`Items::position`].
    pub fn starting_at(mut self, position: Position) -> Self {
        self.pager.start_at(position);
        self
    }

    /// The position of the next page; `None` after the last page.
    pub fn position(&self) -> Option<&Position> {
        self.pager.position()
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn operation(&self) -> &'static Operation {
        self.pager.operation()
    }

    /// The items of all pages.
    pub fn items(self) -> Items<T, B> {
        Items::new(self)
    }

    /// The next page; `None` after the last page.
    pub async fn next_page(&mut self) -> Option<Result<Page<T>, Error<B>>>
    where
        T: FromJson,
    {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<T, B> Unpin for Pages<T, B> {}

impl<T: FromJson, B> Stream for Pages<T, B> {
    type Item = Result<Page<T>, Error<B>>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        let mut items = Vec::<T>::new();
        let page = ready!(self.pager.poll_page(cx, &mut |node| {
            items = Vec::from_json(node)?;
            Ok(())
        }));
        let page = page.map(|page| {
            let PageInfo { position, next, total } =
                page.map_err(AnyError::with_body_type)?;
            // Skips the items before the position.
            items.drain(..position.skip().min(items.len()));
            Ok(Page { items, position, next, total })
        });
        Poll::Ready(page)
    }
}

impl<T, B> fmt::Debug for Pages<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("pager", &self.pager).finish()
    }
}
