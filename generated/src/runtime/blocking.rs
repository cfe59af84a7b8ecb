//! Blocking calls. The work runs on a thread that all clients share.

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
use super::{AnyError, Api, ByteStream, Context, ErrorKind, Items, Pages};

/// The runtime of the shared thread, which starts with the first call.
fn background() -> Result<&'static Handle, AnyError> {
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
        .map_err(|error| runtime_error(&format!("its thread did not start: {error}")))
}

/// Runs work on the shared thread and blocks until it completes.
pub(crate) fn run<O: Send + 'static>(work: Work<O>) -> Result<O, AnyError> {
    wait_for(work)?
}

fn wait_for<F>(work: F) -> Result<F::Output, AnyError>
where
    F: Future<Output: Send> + Send + 'static,
{
    let thread = CallerThread::current()?;
    let (done, outcome) = mpsc::sync_channel(1);
    background()?.spawn(async move {
        // The receiver is gone if the caller panicked.
        let _ = done.send(work.await);
    });
    let outcome = match thread {
        // `block_in_place` panics in a task of a `LocalSet`, which cannot be detected otherwise.
        CallerThread::Worker => {
            catch_unwind(AssertUnwindSafe(|| block_in_place(|| outcome.recv())))
                .unwrap_or_else(|_| outcome.recv())
        }
        CallerThread::Blocking => outcome.recv(),
    };
    outcome.map_err(|_| runtime_error("the call panicked"))
}

/// The kind of the calling thread.
enum CallerThread {
    /// A worker of a multi-threaded runtime, whose other tasks have to move first.
    Worker,
    /// Any other thread, which may block: outside of runtimes, `spawn_blocking`, and the
    /// thread of `block_on` or of a `LocalSet` of a multi-threaded runtime.
    Blocking,
}

impl CallerThread {
    fn current() -> Result<Self, AnyError> {
        let Ok(runtime) = Handle::try_current() else { return Ok(Self::Blocking) };
        match runtime.runtime_flavor() {
            _ if !has_budget() => Ok(Self::Blocking),
            RuntimeFlavor::CurrentThread => Err(runtime_error(
                "blocking would deadlock this current-thread tokio runtime: \
                 use `.await`, or call `wait()` in `spawn_blocking`",
            )),
            // The future of `block_on` has no task id.
            _ if tokio::task::try_id().is_none() => Ok(Self::Blocking),
            _ => Ok(Self::Worker),
        }
    }
}

/// Whether this thread polls a task. Tokio limits the work of a task between two yields;
/// blocking threads and threads outside of the runtime have no such budget.
fn has_budget() -> bool {
    /// More than the budget of any task.
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
    // Each step restores the budget before it, so the steps are dropped in reverse order.
    while spent.pop().is_some() {}
    ends
}

/// An error of the thread, as opposed to the call.
fn runtime_error(message: &str) -> AnyError {
    static NO_API: Api = Api { name: "blocking", ..Api::NONE };
    AnyError::new(ErrorKind::Runtime, Context::new(&NO_API, None), message)
}

/// A stream as a blocking iterator; see [`Pending::wait`](super::Pending::wait).
#[derive(Debug)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Blocking<S> {
    stream: Option<S>,
}

impl<S> Blocking<S> {
    /// Wraps a stream.
    pub fn new(stream: S) -> Self {
        Self { stream: Some(stream) }
    }

    /// The stream; `None` after a panic in it.
    pub fn get_ref(&self) -> Option<&S> {
        self.stream.as_ref()
    }
}

impl<S, T, E> Iterator for Blocking<S>
where
    S: Stream<Item = Result<T, E>> + Send + Unpin + 'static,
    T: Send + 'static,
    E: From<AnyError> + Send + 'static,
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
            Err(error) => Some(Err(error.into())),
        }
    }
}

impl ByteStream {
    /// The chunks as a blocking iterator.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl<T, B> Pages<T, B> {
    /// The pages as a blocking iterator.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}

impl<T, B> Items<T, B> {
    /// The items as a blocking iterator.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }
}
