//! Sends a request: attempts, pauses, time limits. Compiled once for all operations.

use http::StatusCode;

use super::limit::{CallTime, TimeUp};
use super::prepare::Prepared;
use super::security::Chosen;
use super::transport::{TransportError, TransportErrorKind};
use super::{
    Body, Content, Context, ErrorKind, Failure, Payload, Request, ResponseMode, echo,
    receive, redact, security, trace,
};

/// Sends a request, again where that may help and does no harm.
pub(crate) async fn send(request: Request) -> Result<Payload, Failure> {
    let result = attempts(&request).await;
    trace::done(&result);
    result
}

async fn attempts(request: &Request) -> Result<Payload, Failure> {
    let core = &request.core;
    let total = request.total_timeout.or(core.total_timeout());
    let time = CallTime::start(core.timer(), total);
    let prepared = Prepared::new(request)?;
    let retries = request.retries.unwrap_or(core.retry().default_retries());
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
        let now = core.timer().now();
        let pause = core.retry().pause(&failure, retries, now, fastrand::f64());
        let can_pause = || prepared.can_go_again() && core.timer().runs_here();
        let Some(pause) = pause.filter(|_| can_pause()) else {
            return Err(failure.without(&echo::secrets(request, &sent)));
        };
        if !time.allows(pause) {
            let failure = failure.without(&echo::secrets(request, &sent));
            return Err(failure.at_total(time.total()));
        }
        trace::retrying(&failure, pause);
        drop(failure);
        core.timer().sleep(pause).await;
    }
}

/// The request as it would be sent, credentials included.
pub(crate) async fn build(request: Request) -> Result<http::Request<Body>, Failure> {
    let prepared = Prepared::new(&request)?;
    with_credentials(&request, &prepared, &mut Chosen::default()).await
}

async fn with_credentials(
    request: &Request,
    prepared: &Prepared,
    sent: &mut Chosen,
) -> Result<http::Request<Body>, Failure> {
    let core = &request.core;
    let mut outgoing =
        prepared.outgoing(request).map_err(|problem| request.invalid(problem))?;
    let credentials = security::credentials(
        core.api(),
        request.operation,
        core.credentials(),
        outgoing.headers(),
    );
    *sent = credentials.await?;
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
    let mut context = Context::new(core.api(), Some(request.operation));
    // A provider of credentials has no limit but that of the whole call.
    let making = with_credentials(request, prepared, sent);
    let outgoing = match time.limit(None).run(core.timer(), making).await {
        Ok(outgoing) => outgoing?,
        Err(up) => return Err(time_up(context, up)),
    };
    *attempts += 1;
    context.attempts = *attempts;
    let mut limit = time.limit(request.timeout.or(core.timeout()));
    let sending = core.transport().send(outgoing);
    let response = match limit.run(core.timer(), sending).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => return Err(transport_failure(context, error)),
        Err(up) => return Err(time_up(context, up)),
    };
    let (head, body) = response.into_parts();
    let success = head.status.is_success();
    context.status = Some(head.status);
    context.headers = head.headers;
    if success && request.response == ResponseMode::Streamed {
        let stream =
            receive::stream(core.clone(), context.clone(), body, request.timeout);
        return Ok(Payload { context, content: Content::Streamed(stream) });
    }
    let whole = receive::whole(core, body, &context, &mut limit).await;
    if success {
        return match whole {
            Ok(bytes) => Ok(Payload { context, content: Content::Buffered(bytes) }),
            Err(problem) => Err(problem.into_failure(context)),
        };
    }
    Err(refusal(context, whole))
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
