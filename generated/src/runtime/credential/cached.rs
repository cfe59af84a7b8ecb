use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use secrecy::SecretString;

use super::{Fresh, Provided};
use crate::runtime::BoxError;

type SharedError = Arc<dyn std::error::Error + Send + Sync>;

/// A provider's credential, kept until it is rejected.
pub(super) struct CachedCredential {
    provider: Box<dyn Fn() -> Provided + Send + Sync>,
    /// Held while the provider is called.
    calling: tokio::sync::Mutex<()>,
    last: Mutex<LastCall>,
}

/// The outcome of the provider's last call.
#[derive(Default)]
struct LastCall {
    /// The number of calls so far, which is the credential's version.
    calls: u64,
    /// `None` before the first call and after a rejection.
    outcome: Option<Result<SecretString, SharedError>>,
}

impl CachedCredential {
    pub(super) fn new(provider: impl Fn() -> Provided + Send + Sync + 'static) -> Self {
        Self {
            provider: Box::new(provider),
            calling: tokio::sync::Mutex::new(()),
            last: Mutex::default(),
        }
    }

    /// The credential. Of callers that need a fresh one at the same time, one calls the provider;
    /// the others wait for its outcome, be it an error.
    pub(super) async fn get(&self) -> Result<Fresh, BoxError> {
        let calls = {
            let last = self.last();
            match last.fresh() {
                Some(fresh) => return Ok(fresh),
                None => last.calls,
            }
        };
        let _calling = self.calling.lock().await;
        {
            let last = self.last();
            match (last.fresh(), &last.outcome) {
                (Some(fresh), _) => return Ok(fresh),
                (None, Some(Err(error))) if last.calls != calls => {
                    return Err(Box::new(Arc::clone(error)));
                }
                _ => {}
            }
        }
        let outcome = (self.provider)().await.map_err(SharedError::from);
        let mut last = self.last();
        last.calls += 1;
        let error = outcome.as_ref().err().map(Arc::clone);
        last.outcome = Some(outcome);
        match (last.fresh(), error) {
            (Some(fresh), _) => Ok(fresh),
            (None, Some(error)) => Err(Box::new(error)),
            (None, None) => Err("the credential was not kept".into()),
        }
    }

    /// Forgets the credential, unless it has been replaced since.
    pub(super) fn reject(&self, version: u64) {
        let mut last = self.last();
        if last.calls == version {
            last.outcome = None;
        }
    }

    fn last(&self) -> MutexGuard<'_, LastCall> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LastCall {
    fn fresh(&self) -> Option<Fresh> {
        match &self.outcome {
            Some(Ok(secret)) => {
                Some(Fresh { secret: secret.clone(), version: self.calls })
            }
            _ => None,
        }
    }
}
