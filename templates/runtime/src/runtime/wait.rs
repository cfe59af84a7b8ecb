//! Waiting for the end of what an operation started: its result is polled until it is done.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use serde_json::Value;

use super::pending::Decode;
use super::{
    AnyError, Content, Core, Envelope, Error, ErrorKind, Operation, Payload, Pending,
    Request, retry_after::retry_after,
};

/// How the result of an operation is polled.
#[derive(Debug)]
pub struct Wait {
    /// The operation that returns the current result.
    pub operation: &'static Operation,
    /// The property of the result with its id.
    pub id: &'static str,
    /// The parameter of the operation that takes the id.
    pub parameter: WaitParameter,
    /// The property of the result with its status.
    pub status: &'static str,
    /// The statuses of a result that is not done yet.
    pub pending: &'static [&'static str],
    /// The statuses of a result that failed.
    pub failed: &'static [&'static str],
}

/// The location and name of the parameter that takes the id.
#[derive(Debug, Clone, Copy)]
pub enum WaitParameter {
    /// In the path.
    Path(&'static str),
    /// In the query.
    Query(&'static str),
    /// A property of the JSON body.
    Field(&'static str),
}

/// A call that waits until the result is done. Nothing is sent before it is awaited.
///
/// A result that failed is an error of the kind [`ErrorKind::Failed`], whose
/// [`bytes`](Error::bytes) contain it. If the deadline passes, the error is a timeout with the
/// last result.
#[must_use = "futures do nothing unless awaited"]
pub struct WaitDone<T, B> {
    request: Request,
    wait: &'static Wait,
    decode: Decode<T>,
    deadline: Duration,
    interval: Duration,
    body: PhantomData<fn() -> B>,
}

impl<T, B> WaitDone<T, B> {
    /// Sets the time after which waiting ends, the first request included. Default: 60 seconds.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets the delay before each poll, unless the server sends `Retry-After`. Default: 1 second.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }
}

impl<T: 'static, B> WaitDone<T, B> {
    /// Sends the request, and waits.
    pub fn send(self) -> Pending<T, B> {
        let Self { mut request, wait, decode, deadline, interval, .. } = self;
        request.total_timeout.get_or_insert(deadline);
        let operation = request.operation;
        let work = poll(request, wait, deadline, interval);
        let respond = move |payload: Payload| {
            let operation = payload.context.operation.unwrap_or(operation);
            decode(payload, operation)
        };
        Pending::new(Box::pin(work), Box::new(respond), operation)
    }

    /// Sends the request, and blocks until the result is done, for callers without async.
    #[cfg(feature = "blocking")]
    pub fn wait(self) -> Result<T, Error<B>> {
        self.send().wait()
    }
}

impl<T: 'static, B> IntoFuture for WaitDone<T, B> {
    type Output = Result<T, Error<B>>;
    type IntoFuture = Pending<T, B>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<T, B> fmt::Debug for WaitDone<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitDone")
            .field("request", &self.request)
            .field("deadline", &self.deadline)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// Sends the request, and polls its result until it is done.
    pub fn wait_done<T, B>(
        self,
        wait: &'static Wait,
        decode: Decode<T>,
    ) -> WaitDone<T, B> {
        WaitDone {
            request: self,
            wait,
            decode,
            deadline: Duration::from_secs(60),
            interval: Duration::from_secs(1),
            body: PhantomData,
        }
    }

    /// The request that polls a result. It has the settings of this one.
    fn poll(&self, wait: &Wait, id: String, remaining: Duration) -> Self {
        let mut request = Self::new(self.core.clone(), wait.operation);
        request.timeout = self.timeout;
        request.retries = self.retries;
        request.headers.clone_from(&self.headers);
        request.extensions.clone_from(&self.extensions);
        request.total_timeout = Some(remaining);
        match wait.parameter {
            WaitParameter::Path(name) => request.path_text(name, id),
            WaitParameter::Query(name) => request.query(name, id),
            WaitParameter::Field(name) => request.field(name, id),
        }
        request
    }
}

/// The state of a result.
enum State {
    Done,
    Failed(String),
    Pending { id: String, status: String },
}

async fn poll(
    request: Request,
    wait: &'static Wait,
    deadline: Duration,
    interval: Duration,
) -> Result<Payload, AnyError> {
    let core: Core = request.core.clone();
    let started = core.timer().instant();
    let mut payload = request.clone().work().await?;
    loop {
        let (id, status) = match state(wait, &payload) {
            Ok(State::Done) => return Ok(payload),
            Ok(State::Pending { id, status }) => (id, status),
            Ok(State::Failed(status)) => {
                let message = format!("`{}` is `{status}`", wait.status);
                return payload.decode(|it| Err(error(it, ErrorKind::Failed, message)));
            }
            Err(message) => {
                return payload.decode(|it| Err(error(it, ErrorKind::Decode, message)));
            }
        };
        let after = retry_after(&payload.context.headers, core.timer().now());
        let delay = after.unwrap_or(interval);
        let elapsed = core.timer().instant().saturating_duration_since(started);
        let remaining = deadline.checked_sub(elapsed.saturating_add(delay));
        let Some(remaining) = remaining.filter(|it| !it.is_zero()) else {
            let message = format!("`{}` is still `{status}`", wait.status);
            let timeout = |it| error(it, ErrorKind::Timeout, message);
            return payload
                .decode(|it| Err(timeout(it).with_total_timeout(Some(deadline))));
        };
        core.timer().sleep(delay).await;
        payload = request.poll(wait, id, remaining).work().await?;
    }
}

/// An error with the response.
fn error(payload: Payload, kind: ErrorKind, message: String) -> AnyError {
    let Payload { context, content, .. } = payload;
    let error = AnyError::new(kind, context, message);
    match content {
        Content::Buffered(body) => error.with_body(body),
        Content::Streamed(_) => error,
    }
}

/// Reads the state of a result, or says what is wrong with it. A status that is neither pending nor
/// failed is done.
fn state(wait: &Wait, payload: &Payload) -> Result<State, String> {
    let Content::Buffered(body) = &payload.content else {
        return Err("the response is a stream".to_owned());
    };
    let response: Value = serde_json::from_slice(body)
        .map_err(|_| "the response is not JSON".to_owned())?;
    let operation = payload.context.operation;
    let result = match operation.map_or(Envelope::None, |it| it.envelope) {
        Envelope::None => Some(&response),
        Envelope::Required(name) => response.get(name),
        Envelope::Optional(name) => response.get(name).or(Some(&response)),
    };
    let text = |name: &str| {
        let value = result.and_then(|result| result.get(name)?.as_str());
        value
            .map(str::to_owned)
            .ok_or_else(|| format!("the result has no string `{name}`"))
    };
    let status = text(wait.status)?;
    if wait.failed.contains(&status.as_str()) {
        return Ok(State::Failed(status));
    }
    if wait.pending.contains(&status.as_str()) {
        return Ok(State::Pending { id: text(wait.id)?, status });
    }
    Ok(State::Done)
}
