//! When a request is sent again, and after which pause.

use std::time::{Duration, SystemTime};

use super::retry_after::retry_after;
use super::{ErrorKind, Failure, Safety};

/// How often a request is sent again, and how long the pauses are.
///
/// A pause is a random part of a limit that doubles with each attempt ("full jitter").
/// Where the server names a time (`Retry-After`), the pause is at least that; where it
/// names more than [`RetryPolicy::max_retry_after`], the error is returned at once.
///
/// What is sent again: whatever never left (the connection was refused), whatever the server
/// says it did not process (HTTP/2), and whatever was answered with a 429. After a 408, a 5xx, a timeout or a broken connection only
/// operations that do no harm when they happen twice. A certificate that is not to be trusted
/// is no better the next time, so nothing is sent again after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    retries: u32,
    base: Duration,
    cap: Duration,
    max_retry_after: Duration,
}

impl RetryPolicy {
    /// The default: 2 retries, pauses of up to 0.5 s, 1 s, 2 s … 8 s, `Retry-After` up to
    /// 60 s.
    pub const fn new() -> Self {
        Self {
            retries: 2,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
        }
    }

    /// Nothing is sent again.
    pub const fn never() -> Self {
        Self::new().retries(0)
    }

    /// How often a request is sent again.
    #[must_use]
    pub const fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The first pause's limit, and the limit that it doubles up to.
    #[must_use]
    pub const fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.base = base;
        self.cap = cap;
        self
    }

    /// The longest time that the server may ask to wait.
    #[must_use]
    pub const fn max_retry_after(mut self, limit: Duration) -> Self {
        self.max_retry_after = limit;
        self
    }

    /// The longest pause after this many attempts.
    pub(crate) fn limit(&self, attempts: u32) -> Duration {
        let factor = 1_u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        self.base.saturating_mul(factor).min(self.cap)
    }

    /// How long to pause before the next attempt; none where there is to be none.
    pub(crate) fn pause(
        &self,
        failure: &Failure,
        retries: u32,
        now: SystemTime,
        random: f64,
    ) -> Option<Duration> {
        let attempts = failure.attempts();
        if attempts > retries || !worth_retrying(failure) {
            return None;
        }
        let jittered = self.limit(attempts).mul_f64(random.clamp(0.0, 1.0));
        match retry_after(failure.headers(), now) {
            Some(asked) if asked > self.max_retry_after => None,
            Some(asked) => Some(asked.max(jittered)),
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

/// Whether sending it again may help and does no harm.
pub(crate) fn worth_retrying(failure: &Failure) -> bool {
    let harmless = failure
        .context()
        .operation
        .is_some_and(|operation| operation.safety != Safety::Unsafe);
    match failure.kind() {
        ErrorKind::Connect | ErrorKind::Unprocessed => true,
        ErrorKind::Timeout | ErrorKind::Transport => harmless,
        ErrorKind::Status => match failure.status() {
            Some(429) => true,
            Some(408 | 500..=599) => harmless,
            _ => false,
        },
        _ => false,
    }
}
