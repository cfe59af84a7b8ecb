//! Sends a request: attempts, pauses, time limits. Compiled once for all operations.

use std::time::Duration;

use http::StatusCode;

use super::limit::{CallTime, TimeUp};
use super::prepare::{Outgoing, Prepared};
use super::receive::Reading;
use super::security::Chosen;
use super::transport::{TransportError, TransportErrorKind};
use super::{
    Body, BoxFuture, Content, Context, ErrorKind, Failure, Payload, Request,
    ResponseMode, echo, receive, redact, security, trace,
};

/// Sends a request, again where that may help and does no harm.
pub(crate) async fn send(request: &Request) -> Result<Payload, Failure> {
    let total = request.total_timeout.or(request.core.total_timeout());
    let time = CallTime::start(request.core.timer(), total);
    let prepared = Prepared::new(request)?;
    let retries = request.retries.unwrap_or(request.core.retry().default_retries());
    let mut attempts = 0;
    loop {
        let mut sent = Chosen::default();
        let attempt = attempt(request, &prepared, &time, &mut attempts, &mut sent);
        let mut failure = match attempt.await {
            Ok(mut payload) => {
                payload.context.elapsed = time.elapsed();
                return Ok(payload);
            }
            Err(failure) => failure,
        };
        failure.context_mut().attempts = attempts;
        failure.context_mut().elapsed = time.elapsed();
        let now = request.core.timer().now();
        let pause = request.core.retry().pause(&failure, retries, now, fastrand::f64());
        let can_pause = || prepared.can_go_again() && request.core.timer().runs_here();
        let Some(pause) = pause.filter(|_| can_pause()) else {
            return Err(failure.without(&echo::secrets(request, &sent)));
        };
        if !time.allows(pause) {
            let failure = failure.without(&echo::secrets(request, &sent));
            return Err(failure.at_total(time.total()));
        }
        trace::retrying(&failure, pause);
        drop(failure);
        request.core.timer().sleep(pause).await;
    }
}

/// The request as it would be sent, credentials included.
pub(crate) async fn build(request: Request) -> Result<http::Request<Body>, Failure> {
    let prepared = Prepared::new(&request)?;
    match made(&request, &prepared, &mut Chosen::default())? {
        Made::Ready(outgoing) => Ok(outgoing),
        Made::Asking(asking) => asking.await,
    }
}

/// One attempt's request, or what has been made of it.
enum Made<'a, T = http::Request<Body>> {
    /// All credentials are at hand.
    Ready(T),
    /// Providers are asked for credentials. Boxed, so that no other call has room for it.
    Asking(BoxFuture<'a, Result<http::Request<Body>, Failure>>),
}

impl<'a> Made<'a> {
    /// Makes something of the request, where it is ready.
    fn map<T>(self, make: impl FnOnce(http::Request<Body>) -> T) -> Made<'a, T> {
        match self {
            Self::Ready(outgoing) => Made::Ready(make(outgoing)),
            Self::Asking(asking) => Made::Asking(asking),
        }
    }
}

/// Makes one attempt's request, or all of it that can be made without waiting.
fn made<'a>(
    request: &'a Request,
    prepared: &'a Prepared,
    sent: &'a mut Chosen,
) -> Result<Made<'a>, Failure> {
    let core = &request.core;
    let outgoing =
        prepared.outgoing(request).map_err(|problem| request.invalid(problem))?;
    *sent = security::choose_for(request, outgoing.headers())?;
    if sent.asks(core.api(), core.credentials(), outgoing.headers()) {
        return Ok(Made::Asking(Box::pin(async move {
            sent.ask(request, outgoing.headers()).await?;
            finished(request, prepared, sent, outgoing)
        })));
    }
    finished(request, prepared, sent, outgoing).map(Made::Ready)
}

/// The request with its credentials.
fn finished(
    request: &Request,
    prepared: &Prepared,
    sent: &Chosen,
    mut outgoing: Outgoing<'_>,
) -> Result<http::Request<Body>, Failure> {
    let core = &request.core;
    for credential in sent.rendered(core.api(), core.credentials()) {
        outgoing.add(credential);
    }
    prepared.finish(outgoing).map_err(|problem| request.invalid(problem))
}

async fn attempt(
    request: &Request,
    prepared: &Prepared,
    time: &CallTime<'_>,
    attempts: &mut u32,
    sent: &mut Chosen,
) -> Result<Payload, Failure> {
    let core = &request.core;
    let made = made(request, prepared, sent)?.map(|it| core.transport().send(it));
    let sending = match made {
        Made::Ready(sending) => sending,
        // A provider of credentials has no limit but that of the whole call.
        Made::Asking(asking) => match time.limit(None).run(core.timer(), asking).await {
            Ok(outgoing) => core.transport().send(outgoing?),
            Err(up) => return Err(time_up(context(request, *attempts), up)),
        },
    };
    *attempts += 1;
    let mut limit = time.limit(request.timeout.or(core.timeout()));
    let response = match limit.run(core.timer(), sending).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => {
            return Err(transport_failure(context(request, *attempts), error));
        }
        Err(up) => return Err(time_up(context(request, *attempts), up)),
    };
    let (http::response::Parts { status, headers, .. }, body) = response.into_parts();
    let success = status.is_success();
    let context = Context {
        api: core.api(),
        operation: Some(request.operation),
        status: Some(status),
        headers,
        attempts: *attempts,
        elapsed: Duration::ZERO,
    };
    if success && request.response == ResponseMode::Streamed {
        let stream =
            receive::stream(core.clone(), context.clone(), body, request.timeout);
        return Ok(Payload { context, content: Content::Streamed(stream) });
    }
    let mut reading = Reading::new(core, body);
    let whole = reading.whole(core, &context, &mut limit).await;
    if success {
        return match whole {
            Ok(bytes) => Ok(Payload { context, content: Content::Buffered(bytes) }),
            Err(problem) => Err(problem.into_failure(context)),
        };
    }
    Err(refusal(context, whole))
}

/// Before there is an answer.
fn context(request: &Request, attempts: u32) -> Context {
    let context = Context::new(request.core.api(), Some(request.operation));
    Context { attempts, ..context }
}

#[cold]
fn time_up(context: Context, up: TimeUp) -> Failure {
    Failure::new(up.kind(), context, up.phrase()).at_total(up.total())
}

/// A status that is no success. What came of the body is kept, even if it broke off.
#[cold]
fn refusal(context: Context, body: Result<bytes::Bytes, receive::Problem>) -> Failure {
    let redirect = context.status.is_some_and(|status| {
        status.is_redirection() && status != StatusCode::NOT_MODIFIED
    });
    let kind = if redirect { ErrorKind::Redirect } else { ErrorKind::Status };
    match body {
        Ok(body) => Failure::new(kind, context, "").with_body(body),
        Err(problem) => {
            let failure = Failure::new(kind, context, problem.phrase());
            problem.add_to(failure)
        }
    }
}

/// A transport's error as a failure.
#[cold]
fn transport_failure(context: Context, error: TransportError) -> Failure {
    let kind = ErrorKind::from(error.kind());
    let detail = match error.kind() {
        TransportErrorKind::Timeout => "the transport's own limit".to_owned(),
        TransportErrorKind::NoRuntime => {
            "there is no tokio runtime; with the feature `blocking`, `wait()` needs none"
                .to_owned()
        }
        TransportErrorKind::Redirect => "the transport followed them".to_owned(),
        TransportErrorKind::Tls => redact::one_line(&error.root()),
        _ => String::new(),
    };
    Failure::new(kind, context, detail).with_source(error.into_source())
}
