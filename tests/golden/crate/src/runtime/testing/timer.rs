//! A timer without delays.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use crate::runtime::{BoxFuture, Timer};

/// A timer without delays: delays between attempts complete at once and are recorded. They count
/// as elapsed time. Clones share the record.
///
/// Timeouts never elapse with [`InstantTimer::new`]; with [`InstantTimer::expiring`] they elapse
/// for every operation that is not ready at once.
#[derive(Debug, Clone, Default)]
pub struct InstantTimer {
    sleeps: Arc<Mutex<Vec<Duration>>>,
    deadlines: Arc<Mutex<Vec<Duration>>>,
    expiring: bool,
    now: Option<SystemTime>,
}

impl InstantTimer {
    /// Creates a timer whose timeouts never elapse.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a timer whose timeouts elapse at once.
    pub fn expiring() -> Self {
        Self { expiring: true, ..Self::default() }
    }

    /// Sets the current time, to which `Retry-After` dates are compared.
    #[must_use]
    pub fn at(mut self, now: SystemTime) -> Self {
        self.now = Some(now);
        self
    }

    /// The recorded delays between attempts.
    pub fn sleeps(&self) -> Vec<Duration> {
        self.sleeps.lock().map(|it| it.clone()).unwrap_or_default()
    }

    /// The recorded timeouts.
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
