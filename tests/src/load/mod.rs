//! Very many calls against a server that fails a tenth of them: is each answered, once, with what
//! belongs to it, and is no creation sent twice?

mod memory;
mod server;

use std::{
    error::Error,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use session_sdk::{RetryPolicy, clerk};
use tokio::task::JoinSet;

use server::Faulty;

/// Every so many-th call is one that must not be sent twice.
const CREATIONS: usize = 4;

/// The first part of the calls fills pools and buffers; memory counts from there.
const WARM_UP: usize = 5;

/// The time that an attempt may take: some stall.
const LIMIT: Duration = Duration::from_secs(1);

/// What became of the calls.
#[derive(Debug, Default)]
pub struct Report {
    /// How many were made, so many at a time.
    pub calls: usize,
    /// How many were running at a time.
    pub concurrency: usize,
    /// Answered with what belongs to them.
    pub answered: usize,
    /// Failed in the way that the server failed them.
    pub failed: usize,
    /// Answered with what belongs to another call.
    pub mixed_up: usize,
    /// Failed in a way that the server did not cause.
    pub unexplained: Vec<String>,
    /// Creations that the server got twice though it had not turned them away.
    pub repeated: usize,
    /// How many requests the server failed.
    pub faults: usize,
    /// How many requests the server got.
    pub requests: usize,
    /// How many connections it took.
    pub connections: usize,
    /// The process's memory in bytes, after the warm-up and at the end; none where the system
    /// does not say.
    pub memory: Option<(u64, u64)>,
    /// How long it took.
    pub elapsed: Duration,
}

impl Report {
    /// Whether each call was answered once, with its own answer or its own failure.
    pub fn is_clean(&self) -> bool {
        self.answered + self.failed == self.calls
            && self.mixed_up == 0
            && self.repeated == 0
            && self.unexplained.is_empty()
    }
}

/// What one call came to.
enum End {
    Answered,
    Failed,
    MixedUp,
    Unexplained(String),
}

/// Makes the calls. Each task takes the next number until there is none.
///
/// # Errors
///
/// When the server or the client cannot be made, or a task panicked.
pub async fn run(calls: usize, concurrency: usize) -> Result<Report, Box<dyn Error>> {
    let faulty = Faulty::start(calls).await?;
    let client = clerk::Client::builder()
        .secret_key("sk_test_load")
        .base_url(faulty.url())
        .timeout(LIMIT)
        .retry_policy(
            RetryPolicy::new().backoff(Duration::from_millis(1), Duration::from_millis(2)),
        )
        .build()?;
    let start = Instant::now();
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..concurrency {
        tasks.spawn(work(client.clone(), Arc::clone(&next), calls));
    }
    let mut report = Report {
        calls,
        concurrency,
        ..Report::default()
    };
    let mut warm = None;
    while let Some(part) = tasks.join_next().await {
        let part = part?;
        report.answered += part.answered;
        report.failed += part.failed;
        report.mixed_up += part.mixed_up;
        report.unexplained.extend(part.unexplained);
        warm = warm.or(part.memory.map(|(warm, _)| warm));
    }
    report.memory = warm.zip(memory::resident());
    report.elapsed = start.elapsed();
    report.repeated = faulty.repeated();
    (report.requests, report.faults) = faulty.counts();
    report.connections = faulty.connections();
    Ok(report)
}

async fn work(client: clerk::Client, next: Arc<AtomicUsize>, calls: usize) -> Report {
    let mut part = Report::default();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= calls {
            return part;
        }
        if number == calls / WARM_UP {
            part.memory = memory::resident().map(|bytes| (bytes, bytes));
        }
        match call(&client, number).await {
            End::Answered => part.answered += 1,
            End::Failed => part.failed += 1,
            End::MixedUp => part.mixed_up += 1,
            End::Unexplained(error) => part.unexplained.push(error),
        }
    }
}

async fn call(client: &clerk::Client, number: usize) -> End {
    let id = number.to_string();
    let creation = number.is_multiple_of(CREATIONS);
    let result = match creation {
        true => client.sessions().create(&*id).await,
        false => client.sessions().get(&*id).await,
    };
    match result {
        Ok(session) if session.id == id => End::Answered,
        Ok(_) => End::MixedUp,
        Err(error) if server::explains(&error, creation) => End::Failed,
        Err(error) => End::Unexplained(format!("{number}: {error:?}")),
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "calls        {:>8}, {} at a time",
            self.calls, self.concurrency
        )?;
        writeln!(
            f,
            "answered     {:>8}, each with its own answer",
            self.answered
        )?;
        writeln!(
            f,
            "failed       {:>8}, as the server failed them",
            self.failed
        )?;
        writeln!(f, "mixed up     {:>8}", self.mixed_up)?;
        writeln!(f, "unexplained  {:>8}", self.unexplained.len())?;
        writeln!(f, "sent twice   {:>8} of the creations", self.repeated)?;
        writeln!(
            f,
            "requests     {:>8}, {} of them failed",
            self.requests, self.faults
        )?;
        writeln!(f, "connections  {:>8}", self.connections)?;
        let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        if let Some((warm, end)) = self.memory {
            let (warm, end) = (mebibytes(warm), mebibytes(end));
            writeln!(
                f,
                "memory       {warm:>8.1} MiB after the warm-up, {end:.1} MiB at the end"
            )?;
        }
        write!(f, "time         {:>8.1} s", self.elapsed.as_secs_f64())?;
        for problem in self.unexplained.iter().take(10) {
            write!(f, "\n{problem}")?;
        }
        Ok(())
    }
}
