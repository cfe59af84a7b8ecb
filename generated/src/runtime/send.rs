//! Sends requests: attempts, retries, timeouts. Compiled once for all operations.

use std::time::Duration;

use http::StatusCode;

use super::build_request::{AttemptRequest, Prepared};
use super::read_body::BufferedBody;
use super::security::SelectedCredentials;
use super::time_limit::{CallClock, Elapsed};
use super::transport::{TransportError, TransportErrorKind};
use super::{
    AnyError, Body, BoxFuture, Content, Context, ErrorKind, Payload, Request,
    ResponseMode, read_body, redact, redact_response, security, tracing_events,
};

/// Sends a request, and retries it if the error is retryable.
pub(crate) async fn send(request: &Request) -> Result<Payload, AnyError> {
    let total = request.total_timeout.or(request.core.total_timeout());
    let clock = CallClock::start(request.core.timer(), total);
    let prepared = Prepared::new(request)?;
    let retries = request.retries.unwrap_or(request.core.retry().default_retries());
    let mut attempts = 0;
    loop {
        let mut sent = SelectedCredentials::default();
        let attempt = attempt(request, &prepared, &clock, &mut attempts, &mut sent);
        let mut error = match attempt.await {
            Ok(mut payload) => {
                payload.context.elapsed = clock.elapsed();
                return Ok(payload);
            }
            Err(error) => error,
        };
        error.context_mut().attempts = attempts;
        error.context_mut().elapsed = clock.elapsed();
        let now = request.core.timer().now();
        let delay = request.core.retry().delay(&error, retries, now, fastrand::f64());
        let can_retry =
            || prepared.is_repeatable() && request.core.timer().is_available();
        let Some(delay) = delay.filter(|_| can_retry()) else {
            return Err(
                error.redacted(&redact_response::request_secrets(request, &sent))
            );
        };
        if !clock.allows(delay) {
            let error =
                error.redacted(&redact_response::request_secrets(request, &sent));
            return Err(error.with_total_timeout(clock.total()));
        }
        tracing_events::record_retry(&error, delay);
        drop(error);
        request.core.timer().sleep(delay).await;
    }
}

/// Builds the request as it would be sent, credentials included.
pub(crate) async fn build(request: Request) -> Result<http::Request<Body>, AnyError> {
    let prepared = Prepared::new(&request)?;
    match build_attempt(&request, &prepared, &mut SelectedCredentials::default())? {
        BuiltRequest::Ready(request) => Ok(request),
        BuiltRequest::AwaitingCredentials(pending) => pending.await,
    }
}

/// The request of one attempt, or a value derived from it.
enum BuiltRequest<'a, T = http::Request<Body>> {
    /// All credentials are available.
    Ready(T),
    /// Credential providers have to be awaited. Boxed to keep other calls' futures small.
    AwaitingCredentials(BoxFuture<'a, Result<http::Request<Body>, AnyError>>),
}

impl<'a> BuiltRequest<'a> {
    /// Maps the request, if it is ready.
    fn map<T>(self, f: impl FnOnce(http::Request<Body>) -> T) -> BuiltRequest<'a, T> {
        match self {
            Self::Ready(request) => BuiltRequest::Ready(f(request)),
            Self::AwaitingCredentials(pending) => {
                BuiltRequest::AwaitingCredentials(pending)
            }
        }
    }
}

/// Builds the request of one attempt, as far as possible without awaiting.
fn build_attempt<'a>(
    request: &'a Request,
    prepared: &'a Prepared,
    sent: &'a mut SelectedCredentials,
) -> Result<BuiltRequest<'a>, AnyError> {
    let core = &request.core;
    let outgoing =
        prepared.outgoing(request).map_err(|problem| request.invalid(problem))?;
    *sent = security::select_for(request, outgoing.headers())?;
    if sent.need_provider(core.api(), core.credentials(), outgoing.headers()) {
        return Ok(BuiltRequest::AwaitingCredentials(Box::pin(async move {
            sent.call_providers(request, outgoing.headers()).await?;
            complete(request, prepared, sent, outgoing)
        })));
    }
    complete(request, prepared, sent, outgoing).map(BuiltRequest::Ready)
}

/// Adds the credentials and completes the request.
fn complete(
    request: &Request,
    prepared: &Prepared,
    sent: &SelectedCredentials,
    mut outgoing: AttemptRequest<'_>,
) -> Result<http::Request<Body>, AnyError> {
    let core = &request.core;
    for credential in sent.encoded(core.api(), core.credentials()) {
        outgoing.add(credential);
    }
    prepared.finish(outgoing).map_err(|problem| request.invalid(problem))
}

async fn attempt(
    request: &Request,
    prepared: &Prepared,
    clock: &CallClock<'_>,
    attempts: &mut u32,
    sent: &mut SelectedCredentials,
) -> Result<Payload, AnyError> {
    let core = &request.core;
    let built =
        build_attempt(request, prepared, sent)?.map(|it| core.transport().send(it));
    let sending = match built {
        BuiltRequest::Ready(sending) => sending,
        // Only the timeout of the whole call limits a credential provider.
        BuiltRequest::AwaitingCredentials(pending) => {
            match clock.limit(None).run(core.timer(), pending).await {
                Ok(request) => core.transport().send(request?),
                Err(elapsed) => {
                    return Err(timeout_error(context(request, *attempts), elapsed));
                }
            }
        }
    };
    *attempts += 1;
    let mut limit = clock.limit(request.timeout.or(core.timeout()));
    let response = match limit.run(core.timer(), sending).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => {
            return Err(transport_error(context(request, *attempts), error));
        }
        Err(elapsed) => {
            return Err(timeout_error(context(request, *attempts), elapsed));
        }
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
            read_body::stream(core.clone(), context.clone(), body, request.timeout);
        return Ok(Payload { context, content: Content::Streamed(stream) });
    }
    let mut reading = BufferedBody::new(core, body);
    let body = reading.read_to_end(core, &context, &mut limit).await;
    if success {
        return match body {
            Ok(bytes) => Ok(Payload { context, content: Content::Buffered(bytes) }),
            Err(error) => Err(error.into_any_error(context)),
        };
    }
    Err(status_error(context, body))
}

/// The context before a response arrives.
fn context(request: &Request, attempts: u32) -> Context {
    let context = Context::new(request.core.api(), Some(request.operation));
    Context { attempts, ..context }
}

#[cold]
fn timeout_error(context: Context, elapsed: Elapsed) -> AnyError {
    AnyError::new(elapsed.kind(), context, elapsed.message())
        .with_total_timeout(elapsed.total())
}

/// The error of a status other than 2xx. It keeps the body, even an incomplete one.
#[cold]
fn status_error(
    context: Context,
    body: Result<bytes::Bytes, read_body::ReadError>,
) -> AnyError {
    let redirect = context.status.is_some_and(|status| {
        status.is_redirection() && status != StatusCode::NOT_MODIFIED
    });
    let kind = if redirect { ErrorKind::Redirect } else { ErrorKind::Status };
    match body {
        Ok(body) => AnyError::new(kind, context, "").with_body(body),
        Err(error) => {
            let any_error = AnyError::new(kind, context, error.message());
            error.add_to(any_error)
        }
    }
}

/// Converts a transport's error.
#[cold]
fn transport_error(context: Context, error: TransportError) -> AnyError {
    let kind = ErrorKind::from(error.kind());
    let detail = match error.kind() {
        TransportErrorKind::Timeout => "the transport's own timeout elapsed".to_owned(),
        TransportErrorKind::NoRuntime => {
            "no tokio runtime: await the call inside one, or use `wait()` of the feature `blocking`"
                .to_owned()
        }
        TransportErrorKind::Redirect => "the transport followed redirects".to_owned(),
        TransportErrorKind::Tls => redact::one_line(&error.root_cause()),
        _ => String::new(),
    };
    AnyError::new(kind, context, detail).with_source(error.into_source())
}
