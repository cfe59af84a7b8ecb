//! A server that does what servers must not: it breaks off, stalls, lies about lengths.
//!
//! It speaks HTTP/1.1 by hand, over real sockets on a loopback port, because no HTTP library lets
//! one send what is wrong.

mod received;
mod step;

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use bytes::BytesMut;
use tokio::{
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

pub use received::Received;
pub use step::{Step, answer, json};

type Answer = dyn Fn(&Received) -> Vec<Step> + Send + Sync;

/// A running server. It stops when it is dropped, and so do its connections.
#[derive(Debug)]
pub struct FaultServer {
    address: SocketAddr,
    seen: Arc<Seen>,
    accepting: JoinHandle<()>,
}

/// What came so far.
#[derive(Debug, Default)]
struct Seen {
    requests: Mutex<Vec<Received>>,
    connections: AtomicUsize,
    open: AtomicUsize,
}

/// What happens to a connection.
struct Behavior {
    answer: Box<Answer>,
    /// Requests are kept, for the test to look at.
    keeps: bool,
    /// What each connection is sent before anything is read, whereupon it ends.
    greeting: Option<Vec<Step>>,
}

impl FaultServer {
    /// Takes the steps that `answer` names for each request.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub async fn start<F>(answer: F) -> io::Result<Self>
    where
        F: Fn(&Received) -> Vec<Step> + Send + Sync + 'static,
    {
        Self::behaving(answer, true, None).await
    }

    /// The same, for very many requests: none is kept.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub async fn forgetful<F>(answer: F) -> io::Result<Self>
    where
        F: Fn(&Received) -> Vec<Step> + Send + Sync + 'static,
    {
        Self::behaving(answer, false, None).await
    }

    /// Resets every connection as soon as it is there.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub async fn resetting() -> io::Result<Self> {
        Self::behaving(|_| Vec::new(), false, Some(vec![Step::Reset])).await
    }

    /// Says this on every connection, whatever it hears, and closes it.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub async fn greeting(words: &'static str) -> io::Result<Self> {
        let steps = vec![Step::send(words), Step::Close];
        Self::behaving(|_| Vec::new(), false, Some(steps)).await
    }

    async fn behaving<F>(answer: F, keeps: bool, greeting: Option<Vec<Step>>) -> io::Result<Self>
    where
        F: Fn(&Received) -> Vec<Step> + Send + Sync + 'static,
    {
        let answer = Box::new(answer);
        let behavior = Arc::new(Behavior {
            answer,
            keeps,
            greeting,
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let seen = Arc::new(Seen::default());
        let accepting = tokio::spawn(accept(listener, behavior, Arc::clone(&seen)));
        Ok(Self {
            address,
            seen,
            accepting,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base address, without a path.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests that came whole so far.
    pub fn requests(&self) -> Vec<Received> {
        self.seen.lock().clone()
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// How many connections neither side has closed yet.
    pub fn open(&self) -> usize {
        self.seen.open.load(Ordering::SeqCst)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Seen {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Received>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves all connections; they end with it.
async fn accept(listener: TcpListener, behavior: Arc<Behavior>, seen: Arc<Seen>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { continue };
                let connection = seen.connections.fetch_add(1, Ordering::SeqCst);
                let (behavior, seen) = (Arc::clone(&behavior), Arc::clone(&seen));
                connections.spawn(async move {
                    seen.open.fetch_add(1, Ordering::SeqCst);
                    serve(stream, connection, &behavior, &seen).await;
                    seen.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// One connection: requests and their answers, until one of the two ends it.
async fn serve(mut stream: TcpStream, connection: usize, behavior: &Behavior, seen: &Seen) {
    if let Some(steps) = &behavior.greeting {
        step::take_all(steps.clone(), stream).await;
        return;
    }
    let mut buffer = BytesMut::new();
    while let Ok(Some(request)) = received::read(&mut stream, &mut buffer, connection).await {
        let steps = (behavior.answer)(&request);
        if behavior.keeps {
            seen.lock().push(request);
        }
        match step::take_all(steps, stream).await {
            Some(still_open) => stream = still_open,
            None => return,
        }
    }
}
