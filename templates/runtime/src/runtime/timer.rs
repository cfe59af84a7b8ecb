//! The clock: pauses between attempts, and time limits.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, SystemTime};

use super::ErrorKind;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The clock: pauses between attempts, and time limits. Tokio's is the default.
pub trait Timer: Send + Sync + 'static {
    /// Waits, between two attempts.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Is done when the time is up that an attempt may take.
    fn deadline(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.sleep(duration)
    }

    /// Whether it runs where it is asked to: tokio's does only inside a runtime.
    fn runs_here(&self) -> bool {
        true
    }

    /// The time of day, to which a `Retry-After` date is compared.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

impl<T: Timer + ?Sized> Timer for Arc<T> {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }

    fn deadline(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).deadline(duration)
    }

    fn runs_here(&self) -> bool {
        (**self).runs_here()
    }

    fn now(&self) -> SystemTime {
        (**self).now()
    }
}

impl fmt::Debug for dyn Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timer")
    }
}

/// Tokio's clock.
#[cfg(feature = "tokio")]
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioTimer;

#[cfg(feature = "tokio")]
impl Timer for TokioTimer {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn runs_here(&self) -> bool {
        tokio::runtime::Handle::try_current().is_ok()
    }
}

/// A time limit that starts with the first wait: work that is done at once costs no timer.
pub(crate) struct Limit {
    duration: Option<Duration>,
    deadline: Option<BoxFuture<'static, ()>>,
}

/// Why a limit ended the work.
#[derive(Debug)]
pub(crate) enum TimeUp {
    /// It took longer than this.
    After(Duration),
    /// The clock does not run here.
    NoClock,
}

impl TimeUp {
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::After(_) => ErrorKind::Timeout,
            Self::NoClock => ErrorKind::Runtime,
        }
    }

    pub(crate) fn phrase(&self) -> String {
        match self {
            Self::After(limit) => format!("the limit is {limit:?}"),
            Self::NoClock => {
                "outside of a tokio runtime there is no clock: set `timer` \
                              on the client's builder"
                    .to_owned()
            }
        }
    }
}

impl Limit {
    /// A limit; none at all without a duration.
    pub(crate) fn new(duration: Option<Duration>) -> Self {
        Self { duration, deadline: None }
    }

    /// Polls the limit, after the work said that it is pending.
    pub(crate) fn poll(
        &mut self,
        timer: &dyn Timer,
        cx: &mut std::task::Context<'_>,
    ) -> Poll<TimeUp> {
        let Some(duration) = self.duration else { return Poll::Pending };
        if self.deadline.is_none() && !timer.runs_here() {
            return Poll::Ready(TimeUp::NoClock);
        }
        let deadline = self.deadline.get_or_insert_with(|| timer.deadline(duration));
        deadline.as_mut().poll(cx).map(|()| TimeUp::After(duration))
    }

    /// Starts over.
    pub(crate) fn reset(&mut self) {
        self.deadline = None;
    }

    /// Runs work for as long as the limit lets it.
    pub(crate) async fn run<F: Future>(
        &mut self,
        timer: &dyn Timer,
        work: F,
    ) -> Result<F::Output, TimeUp> {
        let mut work = std::pin::pin!(work);
        std::future::poll_fn(|cx| {
            if let Poll::Ready(done) = work.as_mut().poll(cx) {
                return Poll::Ready(Ok(done));
            }
            self.poll(timer, cx).map(Err)
        })
        .await
    }
}
