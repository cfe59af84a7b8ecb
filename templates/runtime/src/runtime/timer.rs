//! The clock: pauses between attempts, and time limits.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

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

    /// A clock that only goes forward, by which calls are timed.
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

    fn runs_here(&self) -> bool {
        (**self).runs_here()
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

    fn instant(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }
}
