//! The wire under fault: real sockets, the real transport, servers that misbehave.

mod answers;
mod attacks;
mod breaks;
mod compressed;
mod connections;
mod http2;
mod load;
mod proxies;
mod redirects;
mod socks;
mod statuses;
mod storms;
pub(crate) mod tls;
mod total_timeout;

use std::time::Duration;

use sdk_tests::faults::{FaultServer, Received, Step, json};
use session_sdk::{ErrorKind, RetryPolicy, clerk};

use crate::support::fixture;

/// Long enough for a busy machine: no test waits for it.
const LONG: Duration = Duration::from_secs(20);

/// A client of a server, with pauses that cost no time.
fn builder(url: impl Into<String>) -> clerk::ClientBuilder {
    let pauses = Duration::from_millis(1);
    clerk::Client::builder()
        .secret_key("sk_test_faults")
        .base_url(url)
        .timeout(LONG)
        .retry_policy(RetryPolicy::new().backoff(pauses, pauses))
}

fn client(server: &FaultServer) -> clerk::Client {
    builder(server.url()).build().unwrap()
}

/// A whole answer: the session whose id stands at the end of the path.
fn session(request: &Received) -> Step {
    json("200 OK", &session_named(id_of(request)))
}

fn session_named(id: &str) -> String {
    let session = fixture("clerk/session.json");
    let mut session: serde_json::Value = serde_json::from_str(&session).unwrap();
    session["id"] = id.into();
    session.to_string()
}

fn id_of(request: &Received) -> &str {
    request.target().rsplit('/').next().unwrap_or_default()
}

/// What comes of a server that does the same to each request: to one that may be sent again, and
/// to one that may not. Each with what it failed with and how often the server got it.
struct Outcome {
    safe: (clerk::Error, usize),
    not_safe: (clerk::Error, usize),
}

async fn outcome(steps: Vec<Step>, timeout: Duration) -> Outcome {
    let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
    let client = builder(server.url()).timeout(timeout).build().unwrap();
    let safe = client.sessions().get("sess_1").await.unwrap_err();
    let safe = (safe, server.requests().len());
    let not_safe = client.sessions().create("user_1").await.unwrap_err();
    let came = server.requests().len() - safe.1;
    Outcome {
        safe,
        not_safe: (not_safe, came),
    }
}

impl Outcome {
    /// Both failed in this way, the safe one after so many attempts, and the other after one.
    fn assert(&self, name: &str, kind: ErrorKind, attempts: usize) {
        let ends = [(&self.safe, attempts), (&self.not_safe, 1)];
        for ((error, came), attempts) in ends {
            assert_eq!(error.kind(), kind, "{name}: {error:?}");
            assert_eq!(*came, attempts, "{name}: {error:?}");
            assert_eq!(error.attempts() as usize, attempts, "{name}: {error:?}");
        }
    }
}
