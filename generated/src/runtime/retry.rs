//! Decides whether a request is retried, and after which delay.

mod budget;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::retry_after::retry_after;
use super::{AnyError, Context, ErrorKind};
pub use budget::RetryBudget;

/// Decides whether an error is retried.
type Predicate = dyn Fn(&AnyError) -> bool + Send + Sync;

/// The number of retries and the delays between them.
///
/// A delay is a random part of a limit that doubles with each attempt ("full jitter"). If the
/// server sends `Retry-After`, the delay is at least that; if that exceeds
/// [`RetryPolicy::max_retry_after`], the error is returned at once.
///
/// Every operation is retried if connecting failed, if the server reported that it did not
/// process the request (HTTP/2), and after status 429. After 408, 5xx, a timeout or a failed
/// connection only safe and idempotent operations are retried. TLS errors are not retried.
#[derive(Clone)]
pub struct RetryPolicy {
    retries: u32,
    base: Duration,
    cap: Duration,
    max_retry_after: Duration,
    predicate: Option<Arc<Predicate>>,
    budget: Option<RetryBudget>,
}

impl RetryPolicy {
    /// The default: 2 retries, delays of up to 0.5 s, 1 s, 2 s … 8 s, `Retry-After` up to
    /// 60 s.
    pub const fn new() -> Self {
        Self {
            retries: 2,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
            predicate: None,
            budget: None,
        }
    }

    /// No retries.
    pub const fn never() -> Self {
        Self::new().retries(0)
    }

    /// Sets the maximum number of retries.
    #[must_use]
    pub const fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the limit of the first delay, and the maximum up to which it doubles.
    #[must_use]
    pub const fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.base = base;
        self.cap = cap;
        self
    }

    /// Sets the maximum `Retry-After` that is waited for.
    #[must_use]
    pub const fn max_retry_after(mut self, limit: Duration) -> Self {
        self.max_retry_after = limit;
        self
    }

    /// Sets which errors are retried, instead of [`AnyError::is_retryable`](super::Error::is_retryable).
    ///
    /// ```
    /// use session_sdk::runtime::RetryPolicy;
    ///
    /// let policy = RetryPolicy::new()
    ///     .retry_if(|error| error.is_retryable() && error.operation() != "CreateSession");
    /// ```
    #[must_use]
    pub fn retry_if(
        mut self,
        predicate: impl Fn(&AnyError) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.predicate = Some(Arc::new(predicate));
        self
    }

    /// Limits the retries of all calls together, so that a server that is down is not called
    /// several times as often.
    #[must_use]
    pub fn budget(mut self, budget: RetryBudget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// The limit of the delay after this many attempts.
    pub(crate) fn limit(&self, attempts: u32) -> Duration {
        let factor = 1_u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        self.base.saturating_mul(factor).min(self.cap)
    }

    /// The delay before the next attempt; `None` if there is no further attempt.
    pub(crate) fn delay(
        &self,
        error: &AnyError,
        retries: u32,
        now: SystemTime,
        random: f64,
    ) -> Option<Duration> {
        let attempts = error.attempts();
        if attempts > retries || !self.allows(error) {
            return None;
        }
        let jittered = self.limit(attempts).mul_f64(random.clamp(0.0, 1.0));
        let delay = match retry_after(error.headers(), now) {
            Some(requested) if requested > self.max_retry_after => return None,
            Some(requested) => requested.max(jittered),
            None => jittered,
        };
        let is_within_budget = self.budget.as_ref().is_none_or(RetryBudget::withdraw);
        is_within_budget.then_some(delay)
    }

    fn allows(&self, error: &AnyError) -> bool {
        match &self.predicate {
            Some(predicate) => predicate(error),
            None => error.is_retryable(),
        }
    }

    /// Adds a call to the budget.
    pub(crate) fn record_call(&self) {
        if let Some(budget) = &self.budget {
            budget.deposit();
        }
    }

    pub(crate) fn default_retries(&self) -> u32 {
        self.retries
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("retries", &self.retries)
            .field("base", &self.base)
            .field("cap", &self.cap)
            .field("max_retry_after", &self.max_retry_after)
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}

/// Whether a retry may succeed and is safe.
pub(crate) fn is_retryable(kind: ErrorKind, context: &Context) -> bool {
    match kind {
        ErrorKind::Connect | ErrorKind::Unprocessed => true,
        ErrorKind::Timeout | ErrorKind::Transport => context.is_idempotent,
        ErrorKind::Status => match context.status.map(|status| status.as_u16()) {
            Some(429) => true,
            Some(408 | 500..=599) => context.is_idempotent,
            _ => false,
        },
        _ => false,
    }
}
