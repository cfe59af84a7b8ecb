//! A clock that does not wait.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use crate::runtime::{BoxFuture, Timer};

/// A clock that does not wait: pauses between attempts end at once, and are recorded. They
/// count as time that went by. Clones share what they record.
///
/// Time limits are never reached with [`InstantTimer::new`], and reached by whatever is not
/// there at once with [`InstantTimer::expiring`].
#[derive(Debug, Clone, Default)]
pub struct InstantTimer {
    sleeps: Arc<Mutex<Vec<Duration>>>,
    deadlines: Arc<Mutex<Vec<Duration>>>,
    expiring: bool,
    now: Option<SystemTime>,
}

impl InstantTimer {
    /// A clock whose time limits are never reached.
    pub fn new() -> Self {
        Self::default()
    }

    /// A clock whose time limits are reached by whatever is not there at once.
    pub fn expiring() -> Self {
        Self { expiring: true, ..Self::default() }
    }

    /// The same clock, its time of day standing still: `Retry-After` dates compare to it.
    #[must_use]
    pub fn at(mut self, now: SystemTime) -> Self {
        self.now = Some(now);
        self
    }

    /// The pauses between attempts so far.
    pub fn sleeps(&self) -> Vec<Duration> {
        self.sleeps.lock().map(|it| it.clone()).unwrap_or_default()
    }

    /// The time limits that were started so far.
    pub fn deadlines(&self) -> Vec<Duration> {
        self.deadlines.lock().map(|it| it.clone()).unwrap_or_default()
    }
}

impl Timer for InstantTimer {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if let Ok(mut sleeps) = self.sleeps.lock() {
            sleeps.push(duration);
        }
        Box::pin(std::future::ready(()))
    }

    fn deadline(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if let Ok(mut deadlines) = self.deadlines.lock() {
            deadlines.push(duration);
        }
        if self.expiring {
            Box::pin(std::future::ready(()))
        } else {
            Box::pin(std::future::pending())
        }
    }

    fn now(&self) -> SystemTime {
        self.now.unwrap_or_else(SystemTime::now)
    }

    fn instant(&self) -> Instant {
        let now = Instant::now();
        let slept =
            self.sleeps().into_iter().fold(Duration::ZERO, Duration::saturating_add);
        now.checked_add(slept).unwrap_or(now)
    }
}
