//! Timers: delays between attempts, and timeouts.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Provides delays between attempts, timeouts and the current time. Tokio's timer is the
/// default.
pub trait Timer: Send + Sync + 'static {
    /// Completes after a delay between two attempts.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Completes when a timeout elapses.
    fn deadline(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.sleep(duration)
    }

    /// Whether the timer is available on this thread: tokio's is inside a runtime only.
    fn is_available(&self) -> bool {
        true
    }

    /// The current time, to which a `Retry-After` date is compared.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// A monotonic clock, which measures calls.
    fn instant(&self) -> Instant {
        Instant::now()
    }
}

impl<T: Timer + ?Sized> Timer for Arc<T> {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }

    fn deadline(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).deadline(duration)
    }

    fn is_available(&self) -> bool {
        (**self).is_available()
    }

    fn now(&self) -> SystemTime {
        (**self).now()
    }

    fn instant(&self) -> Instant {
        (**self).instant()
    }
}

impl fmt::Debug for dyn Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timer")
    }
}

/// Tokio's timer.
#[cfg(feature = "tokio")]
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioTimer;

#[cfg(feature = "tokio")]
impl Timer for TokioTimer {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn is_available(&self) -> bool {
        tokio::runtime::Handle::try_current().is_ok()
    }

    fn instant(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }
}
