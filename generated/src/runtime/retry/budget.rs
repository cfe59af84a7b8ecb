use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The share of a retry that each percent of a call adds.
const RETRY: u32 = 100;

/// A limit of the retries of all calls together.
///
/// It holds up to `capacity` retries. Each retry takes one out, each call adds `percent` of one.
/// While it is empty, errors are returned without a retry. Clones share what it holds, so that
/// several clients can have one budget.
///
/// ```
/// use session_sdk::runtime::{RetryBudget, RetryPolicy};
///
/// // Ten retries at once; in the long run, one for every five calls.
/// let policy = RetryPolicy::new().budget(RetryBudget::new(10, 20));
/// ```
#[derive(Debug, Clone)]
pub struct RetryBudget {
    /// In hundredths of a retry.
    available: Arc<AtomicU32>,
    capacity: u32,
    percent: u32,
}

impl RetryBudget {
    /// Creates a full budget.
    pub fn new(capacity: u32, percent: u32) -> Self {
        let capacity = capacity.saturating_mul(RETRY);
        Self { available: Arc::new(AtomicU32::new(capacity)), capacity, percent }
    }

    pub(super) fn deposit(&self) {
        let _ = self.update(|available| {
            Some(available.saturating_add(self.percent).min(self.capacity))
        });
    }

    /// Takes one retry out; false if there is none.
    pub(super) fn withdraw(&self) -> bool {
        self.update(|available| available.checked_sub(RETRY)).is_ok()
    }

    fn update(&self, update: impl FnMut(u32) -> Option<u32>) -> Result<u32, u32> {
        self.available.fetch_update(Ordering::Relaxed, Ordering::Relaxed, update)
    }
}
