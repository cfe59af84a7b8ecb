//! Waiting, for callers without async: the work runs on one thread that all clients share.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::OnceLock;
use std::sync::mpsc;
use std::task::{Poll, Waker};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, RuntimeFlavor};
use tokio::task::{block_in_place, coop};

use super::pending::Work;
use super::{Api, ByteStream, Context, ErrorFields, ErrorKind, Failure, Items, Pages};

/// The runtime of the shared thread, which starts with the first wait.
fn background() -> Result<&'static Handle, Failure> {
    static HANDLE: OnceLock<Result<Handle, String>> = OnceLock::new();
    let handle = HANDLE.get_or_init(|| {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|it| it.to_string())?;
        let handle = runtime.handle().clone();
        std::thread::Builder::new()
            .name("session-sdk-blocking".to_owned())
            .spawn(move || runtime.block_on(std::future::pending::<()>()))
            .map_err(|error| error.to_string())?;
        Ok(handle)
    });
    handle
        .as_ref()
        .map_err(|problem| here(&format!("its thread did not start: {problem}")))
}

/// Runs work on the shared thread, and waits for it here.
pub(crate) fn run<O: Send + 'static>(work: Work<O>) -> Result<O, Failure> {
    wait_for(work)?
}

fn wait_for<F>(work: F) -> Result<F::Output, Failure>
where
    F: Future<Output: Send> + Send + 'static,
{
    let place = Place::here()?;
    let (done, outcome) = mpsc::sync_channel(1);
    background()?.spawn(async move {
        // Nobody waits any more: nobody needs it.
        let _ = done.send(work.await);
    });
    let outcome = match place {
        // `block_in_place` panics in a task of a `LocalSet`, which has no other way to be noticed.
        Place::Worker => {
            catch_unwind(AssertUnwindSafe(|| block_in_place(|| outcome.recv())))
                .unwrap_or_else(|_| outcome.recv())
        }
        Place::Free => outcome.recv(),
    };
    outcome.map_err(|_| here("the call panicked"))
}

/// What kind of thread waits.
enum Place {
    /// A worker of a multi-threaded runtime: its other tasks have to go elsewhere first.
    Worker,
    /// Any other thread, which may block: outside of runtimes, `spawn_blocking`, and the
    /// thread of `block_on` or of a `LocalSet` beside a multi-threaded runtime.
    Free,
}

impl Place {
    fn here() -> Result<Self, Failure> {
        let Ok(runtime) = Handle::try_current() else { return Ok(Self::Free) };
        match runtime.runtime_flavor() {
            _ if !has_budget() => Ok(Self::Free),
            RuntimeFlavor::CurrentThread => Err(here(
                "waiting would stop this current-thread tokio runtime: \
                 use `.await`, or wait inside `spawn_blocking`",
            )),
            // Without a task of its own: the future of `block_on`.
            _ if tokio::task::try_id().is_none() => Ok(Self::Free),
            _ => Ok(Self::Worker),
        }
    }
}

/// Whether this thread polls a task. Tokio limits how much of its own work a task does before it
/// yields; threads for blocking work and threads outside of the runtime have no such budget.
fn has_budget() -> bool {
    /// More than any task's budget.
    const STEPS: usize = 4_096;
    let mut cx = std::task::Context::from_waker(Waker::noop());
    let mut spent = Vec::new();
    let ends = (0..STEPS).any(|_| match coop::poll_proceed(&mut cx) {
        Poll::Ready(step) => {
            spent.push(step);
            false
        }
        Poll::Pending => true,
    });
    // Each step restores the budget that it found, so the first one has to be the last.
    while spent.pop().is_some() {}
    ends
}

/// A failure of the place, not of the call.
fn here(detail: &str) -> Failure {
    static NONE: Api = Api {
        name: "blocking",
        version: "",
        version_header: None,
        base_url: "",
        base_url_env: None,
        server_variables: &[],
        user_agent: "",
        schemes: &[],
        errors: ErrorFields {
            code: &[],
            message: &[],
            request_id: &[],
            request_id_headers: &[],
        },
    };
    Failure::new(ErrorKind::Runtime, Context::new(&NONE, None), detail)
}

/// A stream as an iterator, for callers without async; see [`Pending::wait`](super::Pending::wait).
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is asked for an item"]
pub struct Blocking<S> {
    stream: Option<S>,
}

impl<S> Blocking<S> {
    /// Wraps a stream.
    pub fn new(stream: S) -> Self {
        Self { stream: Some(stream) }
    }

    /// The stream; none after the thread behind it panicked.
    pub fn get_ref(&self) -> Option<&S> {
        self.stream.as_ref()
    }
}

impl<S, T, E> Iterator for Blocking<S>
where
    S: Stream<Item = Result<T, E>> + Send + Unpin + 'static,
    T: Send + 'static,
    E: From<Failure> + Send + 'static,
{
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.stream.take()?;
        let next = async move {
            let next =
                std::future::poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await;
            (stream, next)
        };
        match wait_for(next) {
            Ok((stream, next)) => {
                self.stream = Some(stream);
                next
            }
            Err(failure) => Some(Err(failure.into())),
        }
    }
}

impl ByteStream {
    /// The chunks as an iterator, for callers without async.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl<T, B> Pages<T, B> {
    /// The pages as an iterator, for callers without async.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl<T, B> Items<T, B> {
    /// The items as an iterator, for callers without async.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}
