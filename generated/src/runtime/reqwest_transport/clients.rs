//! Where a call's `reqwest::Client` comes from.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::{Handle, Id};

use super::ReqwestClient;
use crate::runtime::BoxError;

/// So many runtimes keep their connections; one more, and the oldest makes new ones.
const RUNTIMES: usize = 8;

type Make = dyn Fn() -> Result<ReqwestClient, reqwest::Error> + Send + Sync;

/// The caller's client, or one for each runtime.
#[derive(Clone)]
pub(super) enum Clients {
    Given(ReqwestClient),
    Made(Arc<Made>),
}

pub(super) struct Made {
    make: Box<Make>,
    made: Mutex<Pool>,
}

struct Pool {
    /// Made to see whether one can be made; the first runtime takes it.
    first: Option<ReqwestClient>,
    by_runtime: Vec<(Id, ReqwestClient)>,
}

impl Clients {
    pub(super) fn made_by<F>(make: F) -> Result<Self, BoxError>
    where
        F: Fn() -> Result<ReqwestClient, reqwest::Error> + Send + Sync + 'static,
    {
        let pool = Pool { first: Some(make()?), by_runtime: Vec::new() };
        let made = Made { make: Box::new(make), made: Mutex::new(pool) };
        Ok(Self::Made(Arc::new(made)))
    }

    /// Whether redirects may be followed: a client of the caller's does as he says.
    pub(super) fn may_redirect(&self) -> bool {
        matches!(self, Self::Given(_))
    }

    /// The client whose connections a runtime drives.
    pub(super) fn of(&self, runtime: &Handle) -> Result<ReqwestClient, reqwest::Error> {
        match self {
            Self::Given(client) => Ok(client.clone()),
            Self::Made(made) => made.of(runtime.id()),
        }
    }
}

impl Made {
    fn of(&self, runtime: Id) -> Result<ReqwestClient, reqwest::Error> {
        let mut pool = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = pool.by_runtime.iter().find(|(id, _)| *id == runtime)
        {
            return Ok(client.clone());
        }
        let client = pool.first.take().map_or_else(&self.make, Ok)?;
        if pool.by_runtime.len() == RUNTIMES {
            pool.by_runtime.remove(0);
        }
        pool.by_runtime.push((runtime, client.clone()));
        Ok(client)
    }
}
