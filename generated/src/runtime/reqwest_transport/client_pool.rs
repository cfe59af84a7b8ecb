//! The `reqwest::Client` of each tokio runtime.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::{Handle, Id};

use super::ReqwestClient;
use crate::runtime::BoxError;

/// The number of runtimes whose clients are kept; the oldest is evicted.
const MAX_RUNTIMES: usize = 8;

type CreateClient = dyn Fn() -> Result<ReqwestClient, reqwest::Error> + Send + Sync;

/// The caller's client, or one client per runtime.
#[derive(Clone)]
pub(super) enum ClientSource {
    Caller(ReqwestClient),
    PerRuntime(Arc<ClientPool>),
}

pub(super) struct ClientPool {
    create: Box<CreateClient>,
    clients: Mutex<Clients>,
}

struct Clients {
    /// Created to report errors early; the first runtime takes it.
    first: Option<ReqwestClient>,
    by_runtime: Vec<(Id, ReqwestClient)>,
}

impl ClientSource {
    pub(super) fn per_runtime<F>(create: F) -> Result<Self, BoxError>
    where
        F: Fn() -> Result<ReqwestClient, reqwest::Error> + Send + Sync + 'static,
    {
        let clients = Clients { first: Some(create()?), by_runtime: Vec::new() };
        let pool = ClientPool { create: Box::new(create), clients: Mutex::new(clients) };
        Ok(Self::PerRuntime(Arc::new(pool)))
    }

    /// Whether the client may follow redirects, as the caller's may.
    pub(super) fn may_redirect(&self) -> bool {
        matches!(self, Self::Caller(_))
    }

    /// The client of a runtime.
    pub(super) fn get(&self, runtime: &Handle) -> Result<ReqwestClient, reqwest::Error> {
        match self {
            Self::Caller(client) => Ok(client.clone()),
            Self::PerRuntime(pool) => pool.get(runtime.id()),
        }
    }
}

impl ClientPool {
    fn get(&self, runtime: Id) -> Result<ReqwestClient, reqwest::Error> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) =
            clients.by_runtime.iter().find(|(id, _)| *id == runtime)
        {
            return Ok(client.clone());
        }
        let client = clients.first.take().map_or_else(&self.create, Ok)?;
        if clients.by_runtime.len() == MAX_RUNTIMES {
            clients.by_runtime.remove(0);
        }
        clients.by_runtime.push((runtime, client.clone()));
        Ok(client)
    }
}
