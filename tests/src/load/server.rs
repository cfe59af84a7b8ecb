//! The server of the load: it fails every tenth request, each time in another way.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU8, AtomicUsize, Ordering},
    },
    time::Duration,
};

use session_sdk::{ErrorKind, clerk};

use crate::faults::{FaultServer, Received, Step, json};

/// One request in so many fails.
const TENTH: usize = 10;

/// How many ways of failing there are.
const WAYS: usize = 12;

pub(super) struct Faulty {
    server: FaultServer,
    counts: Arc<Counts>,
}

struct Counts {
    requests: AtomicUsize,
    faults: AtomicUsize,
    /// By the call's number: how often its creation came and was not turned away.
    creations: Vec<AtomicU8>,
}

impl Faulty {
    pub(super) async fn start(calls: usize) -> io::Result<Self> {
        let counts = Arc::new(Counts {
            requests: AtomicUsize::new(0),
            faults: AtomicUsize::new(0),
            creations: (0..calls).map(|_| AtomicU8::new(0)).collect(),
        });
        let counted = Arc::clone(&counts);
        let server = FaultServer::forgetful(move |request| counted.answer(request)).await?;
        Ok(Self { server, counts })
    }

    pub(super) fn url(&self) -> String {
        self.server.url()
    }

    /// How many creations came more than once, though none of them was turned away.
    pub(super) fn repeated(&self) -> usize {
        let creations = self.counts.creations.iter();
        creations
            .filter(|count| count.load(Ordering::Relaxed) > 1)
            .count()
    }

    /// How many requests came, and how many of them failed.
    pub(super) fn counts(&self) -> (usize, usize) {
        let Counts {
            requests, faults, ..
        } = &*self.counts;
        (
            requests.load(Ordering::Relaxed),
            faults.load(Ordering::Relaxed),
        )
    }

    pub(super) fn connections(&self) -> usize {
        self.server.connections()
    }
}

impl Counts {
    fn answer(&self, request: &Received) -> Vec<Step> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let id = id_of(request);
        let way = (number % TENTH == TENTH - 1).then_some(number / TENTH % WAYS);
        if way.is_some() {
            self.faults.fetch_add(1, Ordering::Relaxed);
        }
        let turned_away = way == Some(0);
        if request.method() == "POST" && !turned_away {
            let creation = id.parse().ok().and_then(|id: usize| self.creations.get(id));
            if let Some(creation) = creation {
                creation.fetch_add(1, Ordering::Relaxed);
            }
        }
        match way {
            None => vec![json("200 OK", &session(&id))],
            Some(way) => fail(way, &session(&id)),
        }
    }
}

/// The ways of failing. The first turns the request away, so that anything may come again.
fn fail(way: usize, body: &str) -> Vec<Step> {
    let length = body.len();
    let half = &body[..length / 2];
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let away = "HTTP/1.1 429 Slow down\r\nretry-after: 0\r\ncontent-length: 2\r\n\r\n{}";
    match way {
        0 => vec![Step::send(away)],
        1 => vec![Step::Reset],
        2 => vec![Step::Close],
        3 => vec![Step::send(head[..20].to_owned()), Step::Reset],
        4 => vec![Step::send(format!("{head}{half}")), Step::Reset],
        5 => vec![Step::send(format!("{head}{half}")), Step::Close],
        6 => vec![Step::send(format!("{chunked}zz\r\n{body}"))],
        7 => vec![json("503 Down", "{}")],
        8 => vec![json("500 Broken", "<html>"), Step::Close],
        9 => vec![Step::send(format!("{head}{half}")), Step::Hang],
        10 => {
            let (start, end) = body.split_at(length - 10);
            let pause = Duration::from_millis(1);
            vec![
                Step::send(format!("{head}{start}")),
                Step::Trickle(end.to_owned().into(), pause),
            ]
        }
        // A good answer, after which the connection is gone.
        _ => vec![json("200 OK", body), Step::Close],
    }
}

/// Whether the server causes such failures: to reads after three attempts, to creations after the
/// first that was not turned away.
pub(super) fn explains(error: &clerk::Error, creation: bool) -> bool {
    let attempts = error.attempts();
    let caused = error.is_timeout()
        || error.kind() == ErrorKind::Transport
        || matches!(error.status().map(u16::from), Some(429 | 500 | 503));
    caused && (attempts == 3 || (creation && attempts < 3))
}

/// Which call it is: at the end of the path, or in the body.
fn id_of(request: &Received) -> String {
    match request.method() {
        "POST" => {
            let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap_or_default();
            body["user_id"].as_str().unwrap_or_default().to_owned()
        }
        _ => request
            .target()
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned(),
    }
}

/// A session as Clerk sends it, with the call's number as its id.
fn session(id: &str) -> String {
    format!(
        r#"{{"object":"session","id":"{id}","user_id":"user_1","client_id":"client_1","actor":null,"status":"active","last_active_at":1710000000123,"expire_at":1710604800123,"abandon_at":1712592000123,"updated_at":1710000000456,"created_at":1709990000789}}"#
    )
}
