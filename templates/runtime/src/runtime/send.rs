//! Sends requests: attempts, retries, timeouts. Compiled once for all operations.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use http::header::AUTHORIZATION;
use tokio::sync::OwnedSemaphorePermit;

use super::build_request::{AttemptRequest, Prepared};
use super::read_body::BufferedBody;
use super::redact_response::RequestSecrets;
use super::security::SelectedCredentials;
use super::time_limit::{CallClock, Elapsed};
use super::transport::{TransportError, TransportErrorKind};
use super::{
    AnyError, Body, BoxFuture, Content, Context, ErrorKind, Payload, Request,
    ResponseMode, base_url, read_body, redact, tracing_events,
};

/// The right to send a request, if their number is limited.
pub(crate) type Permit = Option<OwnedSemaphorePermit>;

/// Sends a request, and retries it if the error is retryable.
pub(crate) async fn send(request: &mut Request) -> Result<Payload, AnyError> {
    let total = request.total_timeout.or(request.core.total_timeout());
    let clock = CallClock::start(request.core.timer(), total);
    let prepared = Prepared::new(request)?;
    request.core.retry().record_call();
    let mut attempts = 0;
    let mut renewed = false;
    let mut sent = SelectedCredentials::default();
    loop {
        let attempt = attempt(request, &prepared, &clock, &mut attempts, &mut sent);
        let mut error = match attempt.await {
            Ok(mut payload) => {
                payload.context.elapsed = clock.elapsed();
                payload.keep_secrets(RequestSecrets::take(request, sent));
                return Ok(payload);
            }
            Err(error) => error,
        };
        error.context_mut().attempts = attempts;
        error.context_mut().elapsed = clock.elapsed();
        let Some(delay) = retry_delay(request, &prepared, &error, &sent, &mut renewed)
        else {
            return Err(error.redacted(&RequestSecrets::take(request, sent).texts()));
        };
        if !clock.allows(delay) {
            let error = error.with_total_timeout(clock.total());
            return Err(error.redacted(&RequestSecrets::take(request, sent).texts()));
        }
        tracing_events::record_retry(&error, delay);
        drop(error);
        if !delay.is_zero() {
            request.core.timer().sleep(delay).await;
        }
    }
}

/// The delay before the next attempt; `None` if there is no further attempt. The first 401 of a
/// provider's credential is followed by an attempt with a fresh one.
#[cold]
fn retry_delay(
    request: &Request,
    prepared: &Prepared,
    error: &AnyError,
    sent: &SelectedCredentials,
    renewed: &mut bool,
) -> Option<Duration> {
    let core = &request.core;
    let rejected = error.status() == Some(StatusCode::UNAUTHORIZED)
        && sent.reject(core.credentials());
    let retries = request.retries.unwrap_or(core.retry().default_retries());
    if retries == 0 || !prepared.is_repeatable() {
        return None;
    }
    if rejected && !*renewed {
        *renewed = true;
        return Some(Duration::ZERO);
    }
    if !core.timer().is_available() {
        return None;
    }
    let retries = retries.saturating_add(u32::from(*renewed));
    core.retry().delay(error, retries, core.timer().now(), fastrand::f64())
}

/// Builds the request as it would be sent, credentials included.
pub(crate) async fn build(request: Request) -> Result<http::Request<Body>, AnyError> {
    let prepared = Prepared::new(&request)?;
    let mut sent = SelectedCredentials::default();
    match build_attempt(&request, &prepared, 1, &mut sent)? {
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
    attempt: u32,
    sent: &'a mut SelectedCredentials,
) -> Result<BuiltRequest<'a>, AnyError> {
    let core = &request.core;
    let outgoing = prepared
        .outgoing(request, attempt)
        .map_err(|problem| request.invalid(problem))?;
    sent.select(request, outgoing.headers())?;
    let has_credential =
        !sent.is_empty() || outgoing.headers().contains_key(AUTHORIZATION);
    if has_credential && outgoing.is_insecure() && !core.allows_insecure_http() {
        return Err(request.invalid(base_url::INSECURE.to_owned()));
    }
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
    let permit = permit(request, clock, *attempts).await?;
    let built = build_attempt(request, prepared, *attempts + 1, sent)?
        .map(|it| core.transport().send(it));
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
    let success = status.is_success() || is_expected_redirect(request, status);
    let context = Context {
        status: Some(status),
        headers,
        attempts: *attempts,
        ..request.context()
    };
    if success && request.response == ResponseMode::Streamed {
        let stream = read_body::stream(request, context.clone(), body, permit);
        return Ok(Payload::new(context, Content::Streamed(stream)));
    }
    let mut reading = BufferedBody::new(core, body);
    let body = reading.read_to_end(core, &context, &mut limit).await;
    if success {
        return match body {
            Ok(bytes) => Ok(Payload::new(context, Content::Buffered(bytes))),
            Err(error) => Err(error.into_any_error(context)),
        };
    }
    Err(status_error(context, body))
}

/// Whether a redirect is a successful response of the operation.
fn is_expected_redirect(request: &Request, status: StatusCode) -> bool {
    request.response == ResponseMode::Redirect
        && status.is_redirection()
        && status != StatusCode::NOT_MODIFIED
}

/// The context before a response arrives.
fn context(request: &Request, attempts: u32) -> Context {
    Context { attempts, ..request.context() }
}

/// Waits until the client may send one more request, if their number is limited.
async fn permit(
    request: &Request,
    clock: &CallClock<'_>,
    attempts: u32,
) -> Result<Permit, AnyError> {
    let core = &request.core;
    let Some(limit) = core.request_limit() else { return Ok(None) };
    let acquire = Box::pin(Arc::clone(limit).acquire_owned());
    match clock.limit(None).run(core.timer(), acquire).await {
        // Nothing closes the semaphore.
        Ok(permit) => Ok(permit.ok()),
        Err(elapsed) => Err(timeout_error(context(request, attempts), elapsed)),
    }
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
        TransportErrorKind::Tls | TransportErrorKind::Refused => {
            redact::one_line(&error.root_cause())
        }
        _ => String::new(),
    };
    AnyError::new(kind, context, detail).with_source(error.into_source())
}
