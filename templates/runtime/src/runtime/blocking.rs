//! Blocking calls. A call is polled on the calling thread; a background thread drives the
//! connections and timers of all clients.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, RuntimeFlavor};
use tokio::task::{block_in_place, coop};

use super::pending::Work;
use super::{AnyError, Api, ByteStream, Context, ErrorKind, Items, Operation, Pages};

/// The background runtime of a process. A process that was forked has no threads of its parent,
/// so it starts a runtime of its own.
struct Background {
    process: u32,
    handle: Result<Handle, String>,
    next: OnceLock<Box<Background>>,
}

impl Background {
    fn start() -> Self {
        let start = || {
            let runtime = Builder::new_current_thread().enable_all().build()?;
            let handle = runtime.handle().clone();
            thread::Builder::new()
                .name("session-sdk-blocking".to_owned())
                .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
            Ok(handle)
        };
        Self {
            process: std::process::id(),
            handle: start().map_err(|error: std::io::Error| error.to_string()),
            next: OnceLock::new(),
        }
    }
}

/// The runtime of this process, which starts with the first call.
fn background(
    operation: Option<&'static Operation>,
) -> Result<&'static Handle, AnyError> {
    static FIRST: OnceLock<Box<Background>> = OnceLock::new();
    let start = || Box::new(Background::start());
    let mut background = FIRST.get_or_init(start);
    let process = std::process::id();
    while background.process != process {
        background = background.next.get_or_init(start);
    }
    background.handle.as_ref().map_err(|error| {
        let message = format!("the background thread did not start: {error}");
        thread_error(ErrorKind::Runtime, operation, &message)
    })
}

/// Runs work on this thread and blocks until it completes.
pub(crate) fn run<O>(
    work: Work<O>,
    operation: &'static Operation,
) -> Result<O, AnyError> {
    wait_for(work, Some(operation))?
}

fn wait_for<F: Future>(
    work: F,
    operation: Option<&'static Operation>,
) -> Result<F::Output, AnyError> {
    let thread = CallerThread::current(operation)?;
    let handle = background(operation)?;
    let mut call = Some(move || {
        let _runtime = handle.enter();
        catch_unwind(AssertUnwindSafe(|| block_on(work)))
    });
    let mut start = || call.take().map(|call| call());
    let outcome = match thread {
        // `block_in_place` panics in a task of a `LocalSet`, which cannot be detected otherwise.
        CallerThread::Worker => {
            catch_unwind(AssertUnwindSafe(|| block_in_place(&mut start)))
                .unwrap_or_else(|_| start())
        }
        CallerThread::Blocking => start(),
    };
    match outcome {
        Some(Ok(output)) => Ok(output),
        _ => {
            let message = "the request may have been sent";
            Err(thread_error(ErrorKind::Panic, operation, message))
        }
    }
}

/// Polls a future on this thread until it completes.
fn block_on<F: Future>(work: F) -> F::Output {
    // The budget of a task of this thread does not apply: it cannot yield.
    let mut work = pin!(tokio::task::unconstrained(work));
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = std::task::Context::from_waker(&waker);
    loop {
        match work.as_mut().poll(&mut cx) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Wakes the thread that polls a future.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
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
    fn current(operation: Option<&'static Operation>) -> Result<Self, AnyError> {
        let Ok(runtime) = Handle::try_current() else { return Ok(Self::Blocking) };
        match runtime.runtime_flavor() {
            _ if !has_budget() => Ok(Self::Blocking),
            RuntimeFlavor::CurrentThread => Err(thread_error(
                ErrorKind::Runtime,
                operation,
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
fn thread_error(
    kind: ErrorKind,
    operation: Option<&'static Operation>,
    message: &str,
) -> AnyError {
    static NO_API: Api = Api { name: "blocking", ..Api::NONE };
    AnyError::new(kind, Context::new(&NO_API, operation), message)
}

/// A stream as a blocking iterator; see [`Pending::wait`](super::Pending::wait).
#[derive(Debug)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Blocking<S> {
    stream: Option<S>,
    operation: Option<&'static Operation>,
}

impl<S> Blocking<S> {
    /// Wraps a stream.
    pub fn new(stream: S) -> Self {
        Self { stream: Some(stream), operation: None }
    }

    fn of(stream: S, operation: Option<&'static Operation>) -> Self {
        Self { stream: Some(stream), operation }
    }

    /// The stream; `None` after a panic in it.
    pub fn get_ref(&self) -> Option<&S> {
        self.stream.as_ref()
    }
}

impl<S, T, E> Iterator for Blocking<S>
where
    S: Stream<Item = Result<T, E>> + Unpin,
    E: From<AnyError>,
{
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.stream.take()?;
        let next = std::future::poll_fn(|cx| Pin::new(&mut stream).poll_next(cx));
        match wait_for(next, self.operation) {
            Ok(next) => {
                self.stream = Some(stream);
                next
            }
            Err(error) => {
                if error.kind() != ErrorKind::Panic {
                    self.stream = Some(stream);
                }
                Some(Err(error.into()))
            }
        }
    }
}

impl ByteStream {
    /// The chunks as a blocking iterator.
    pub fn blocking(self) -> Blocking<Self> {
        let operation = self.context().operation;
        Blocking::of(self, operation)
    }
}

impl<T, B> Pages<T, B> {
    /// The pages as a blocking iterator.
    pub fn blocking(self) -> Blocking<Self> {
        let operation = self.operation();
        Blocking::of(self, Some(operation))
    }
}

impl<T, B> Items<T, B> {
    /// The items as a blocking iterator.
    pub fn blocking(self) -> Blocking<Self> {
        let operation = self.operation();
        Blocking::of(self, Some(operation))
    }
}
