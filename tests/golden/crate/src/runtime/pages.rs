//! Pages one after the other, and their items: streams that can be taken up again where
//! they stopped.

mod items;
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

use super::json::FromJson;
use super::{Error, Request};
use pager::{Bounds, Pager};

/// How an operation's pages follow one another.
#[derive(Debug)]
pub struct Paging {
    /// The way.
    pub mode: PagingMode,
    /// JSON pointer to the items. Empty: the answer is the list, or the operation's
    /// envelope holds it.
    pub items: &'static str,
    /// Whether the parameters are members of the body; else they are in the query.
    pub in_body: bool,
}

/// A way for pages to follow one another.
#[derive(Debug)]
pub enum PagingMode {
    /// A window over the items.
    Offset {
        /// The parameter that says how many items to skip.
        offset: &'static str,
        /// The parameter that says how many items to send.
        limit: &'static str,
        /// The most that the server sends, where the document says so.
        max_limit: Option<u64>,
        /// JSON pointer to how many items there are in all.
        total: Option<&'static str>,
    },
    /// A cursor that the server hands out with each page.
    Cursor {
        /// The parameter that takes the cursor.
        cursor: &'static str,
        /// JSON pointer to the next page's cursor; null, absent or empty on the last page.
        next: &'static str,
    },
}

/// A page.
#[derive(Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where this page begins.
    pub position: Position,
    /// Where the next page begins; none after the last.
    pub next: Option<Position>,
    /// How many items there are in all, where the server says so.
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

/// The pages of a list, as a [`Stream`]; each is asked for when it is polled.
///
/// After an error the stream ends; [`Pages::position`] still says where it stood, so that
/// [`Pages::starting_at`] can go on from there, in another process too.
#[must_use = "pages are asked for only when the stream is polled"]
pub struct Pages<T, B> {
    pager: Pager,
    types: PhantomData<fn() -> (T, B)>,
}

impl<T, B> Pages<T, B> {
    pub(crate) fn new(request: Request, paging: &'static Paging) -> Self {
        Self { pager: Pager::new(request, paging), types: PhantomData }
    }

    /// Starts at a position that [`Pages::position`] or [`Items::position`] gave.
    pub fn starting_at(mut self, position: Position) -> Self {
        self.pager.start_at(position);
        self
    }

    /// Where the next page begins; none after the last.
    pub fn position(&self) -> Option<&Position> {
        self.pager.position()
    }

    /// The items of the pages, one by one.
    pub fn items(self) -> Items<T, B> {
        Items::new(self)
    }

    /// The next page; none after the last.
    pub async fn next_page(&mut self) -> Option<Result<Page<T>, Error<B>>>
    where
        T: FromJson,
    {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

/// Nothing in it is pinned.
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
            let Bounds { position, next, total } = page?;
            // What a caller had already is left out.
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
