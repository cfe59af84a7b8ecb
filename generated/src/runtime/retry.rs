//! Decides whether a request is retried, and after which delay.

use std::time::{Duration, SystemTime};

use super::retry_after::retry_after;
use super::{AnyError, ErrorKind, Safety};

/// The number of retries and the delays between them.
///
/// A delay is a random part of a limit that doubles with each attempt ("full jitter"). If the
/// server sends `Retry-After`, the delay is at least that; if that exceeds
/// [`RetryPolicy::max_retry_after`], the error is returned at once.
///
/// Every operation is retried if connecting failed, if the server reported that it did not
/// process the request (HTTP/2), and after status 429. After 408, 5xx, a timeout or a failed
/// connection only safe and idempotent operations are retried. TLS errors are not retried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    retries: u32,
    base: Duration,
    cap: Duration,
    max_retry_after: Duration,
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
        if attempts > retries || !is_retryable(error) {
            return None;
        }
        let jittered = self.limit(attempts).mul_f64(random.clamp(0.0, 1.0));
        match retry_after(error.headers(), now) {
            Some(requested) if requested > self.max_retry_after => None,
            Some(requested) => Some(requested.max(jittered)),
            None => Some(jittered),
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

/// Whether a retry may succeed and is safe.
pub(crate) fn is_retryable(error: &AnyError) -> bool {
    let is_repeatable = error
        .context()
        .operation
        .is_some_and(|operation| operation.safety != Safety::Unsafe);
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Unprocessed => true,
        ErrorKind::Timeout | ErrorKind::Transport => is_repeatable,
        ErrorKind::Status => match error.status() {
            Some(429) => true,
            Some(408 | 500..=599) => is_repeatable,
            _ => false,
        },
        _ => false,
    }
}
