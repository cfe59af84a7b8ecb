//! Timeouts: of a call, of an attempt, of the waits of a stream.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use super::timer::BoxFuture;
use super::{ErrorKind, Timer};

/// Measures a call, all attempts and delays included.
pub(crate) struct CallClock<'a> {
    timer: &'a dyn Timer,
    started: Instant,
    total: Option<Duration>,
}

impl<'a> CallClock<'a> {
    /// Starts now; without `total` the call has no timeout.
    pub(crate) fn start(timer: &'a dyn Timer, total: Option<Duration>) -> Self {
        Self { timer, started: timer.instant(), total }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.timer.instant().saturating_duration_since(self.started)
    }

    /// The timeout of the call.
    pub(crate) fn total(&self) -> Option<Duration> {
        self.total
    }

    /// Whether time remains after a delay.
    pub(crate) fn allows(&self, delay: Duration) -> bool {
        self.remaining().is_none_or(|remaining| delay < remaining)
    }

    /// The limit of one attempt: its own timeout, or the remaining time of the call.
    pub(crate) fn limit(&self, attempt: Option<Duration>) -> TimeLimit {
        match (self.remaining(), self.total) {
            (Some(remaining), Some(total))
                if attempt.is_none_or(|attempt| remaining < attempt) =>
            {
                TimeLimit {
                    duration: Some(remaining),
                    elapsed: Elapsed::Total(total),
                    deadline: None,
                }
            }
            _ => TimeLimit::new(attempt),
        }
    }

    fn remaining(&self) -> Option<Duration> {
        Some(self.total?.saturating_sub(self.elapsed()))
    }
}

/// A timeout that starts with the first wait: work that is ready at once needs no timer.
pub(crate) struct TimeLimit {
    duration: Option<Duration>,
    elapsed: Elapsed,
    deadline: Option<BoxFuture<'static, ()>>,
}

/// The limit that ended the work.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Elapsed {
    /// The timeout of the attempt, or of the wait.
    Attempt(Duration),
    /// The timeout of the call.
    Total(Duration),
    /// No limit: the timer is not available on this thread.
    NoTimer,
}

impl Elapsed {
    pub(crate) fn kind(self) -> ErrorKind {
        match self {
            Self::Attempt(_) | Self::Total(_) => ErrorKind::Timeout,
            Self::NoTimer => ErrorKind::Runtime,
        }
    }

    /// The timeout of the call, if that is what elapsed.
    pub(crate) fn total(self) -> Option<Duration> {
        match self {
            Self::Total(total) => Some(total),
            Self::Attempt(_) | Self::NoTimer => None,
        }
    }

    pub(crate) fn message(self) -> String {
        match self {
            Self::Attempt(limit) => format!("timeout {limit:?}"),
            Self::Total(_) => "no time remains".to_owned(),
            Self::NoTimer => {
                "tokio's timer is not available outside of a tokio runtime: \
                              set `timer` on the client's builder"
                    .to_owned()
            }
        }
    }
}

impl TimeLimit {
    /// A timeout; unlimited without a duration.
    pub(crate) fn new(duration: Option<Duration>) -> Self {
        let elapsed = Elapsed::Attempt(duration.unwrap_or(Duration::MAX));
        Self { duration, elapsed, deadline: None }
    }

    /// Polls the timeout, after the work returned `Pending`.
    pub(crate) fn poll(
        &mut self,
        timer: &dyn Timer,
        cx: &mut std::task::Context<'_>,
    ) -> Poll<Elapsed> {
        let Some(duration) = self.duration else { return Poll::Pending };
        if self.deadline.is_none() && !timer.is_available() {
            return Poll::Ready(Elapsed::NoTimer);
        }
        let deadline = self.deadline.get_or_insert_with(|| timer.deadline(duration));
        deadline.as_mut().poll(cx).map(|()| self.elapsed)
    }

    // part: events
    /// Whether the timeout has started.
    pub(crate) fn is_running(&self) -> bool {
        self.deadline.is_some()
    }
    // end of part

    /// Restarts the timeout.
    pub(crate) fn reset(&mut self) {
        self.deadline = None;
    }

    /// Runs a future until it completes or the timeout elapses.
    pub(crate) fn run<F: Future + Unpin>(
        &mut self,
        timer: &dyn Timer,
        mut work: F,
    ) -> impl Future<Output = Result<F::Output, Elapsed>> {
        std::future::poll_fn(move |cx| {
            if let Poll::Ready(output) = Pin::new(&mut work).poll(cx) {
                return Poll::Ready(Ok(output));
            }
            self.poll(timer, cx).map(Err)
        })
    }
}
