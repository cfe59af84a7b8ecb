//! Limits of time: of a call, of its attempts, of the waits in a stream.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use super::timer::BoxFuture;
use super::{ErrorKind, Timer};

/// The time of a call, all attempts and pauses included.
pub(crate) struct CallTime<'a> {
    timer: &'a dyn Timer,
    started: Instant,
    total: Option<Duration>,
}

impl<'a> CallTime<'a> {
    /// Begins now; without `total` it may take for ever.
    pub(crate) fn start(timer: &'a dyn Timer, total: Option<Duration>) -> Self {
        Self { timer, started: timer.instant(), total }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.timer.instant().saturating_duration_since(self.started)
    }

    /// How long it may take.
    pub(crate) fn total(&self) -> Option<Duration> {
        self.total
    }

    /// Whether something is left of it after a pause.
    pub(crate) fn allows(&self, pause: Duration) -> bool {
        self.left().is_none_or(|left| pause < left)
    }

    /// The limit of one attempt: its own, or what is left for all of them.
    pub(crate) fn limit(&self, attempt: Option<Duration>) -> Limit {
        match (self.left(), self.total) {
            (Some(left), Some(total)) if attempt.is_none_or(|own| left < own) => {
                Limit { duration: Some(left), up: TimeUp::Total(total), deadline: None }
            }
            _ => Limit::new(attempt),
        }
    }

    fn left(&self) -> Option<Duration> {
        Some(self.total?.saturating_sub(self.elapsed()))
    }
}

/// A time limit that starts with the first wait: work that is done at once costs no timer.
pub(crate) struct Limit {
    duration: Option<Duration>,
    up: TimeUp,
    deadline: Option<BoxFuture<'static, ()>>,
}

/// Why a limit ended the work.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TimeUp {
    /// It took longer than this.
    After(Duration),
    /// All attempts together took longer than this.
    Total(Duration),
    /// The clock does not run here.
    NoClock,
}

impl TimeUp {
    pub(crate) fn kind(self) -> ErrorKind {
        match self {
            Self::After(_) | Self::Total(_) => ErrorKind::Timeout,
            Self::NoClock => ErrorKind::Runtime,
        }
    }

    /// The limit of all attempts together, where it was that.
    pub(crate) fn total(self) -> Option<Duration> {
        match self {
            Self::Total(total) => Some(total),
            Self::After(_) | Self::NoClock => None,
        }
    }

    pub(crate) fn phrase(self) -> String {
        match self {
            Self::After(limit) => format!("the limit is {limit:?}"),
            Self::Total(_) => "no time is left".to_owned(),
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
        let up = TimeUp::After(duration.unwrap_or(Duration::MAX));
        Self { duration, up, deadline: None }
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
        deadline.as_mut().poll(cx).map(|()| self.up)
    }

    /// Starts over.
    pub(crate) fn reset(&mut self) {
        self.deadline = None;
    }

    /// Runs work for as long as the limit lets it.
    pub(crate) fn run<F: Future + Unpin>(
        &mut self,
        timer: &dyn Timer,
        mut work: F,
    ) -> impl Future<Output = Result<F::Output, TimeUp>> {
        std::future::poll_fn(move |cx| {
            if let Poll::Ready(done) = Pin::new(&mut work).poll(cx) {
                return Poll::Ready(Ok(done));
            }
            self.poll(timer, cx).map(Err)
        })
    }
}
