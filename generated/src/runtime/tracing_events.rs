//! Spans and events of the feature `tracing`, with the names of OpenTelemetry's conventions for
//! HTTP clients. They contain no URL, header or body.

use std::time::Duration;

use super::pending::Work;
use super::{AnyError, Payload, Request};

#[cfg(feature = "tracing")]
use {super::ErrorKind, http::StatusCode, tracing::Span};

/// The crate's own name, whichever crate this module is generated into.
#[cfg(feature = "tracing")]
const TARGET: &str = env!("CARGO_CRATE_NAME");

/// Instruments a call with a span, and records its outcome.
#[cfg(feature = "tracing")]
pub(crate) fn in_span(
    request: Request,
    work: impl FnOnce(Request) -> Work<Payload>,
) -> Work<Payload> {
    use tracing::Instrument;

    let span = call_span(&request);
    let work = work(request);
    let outcome = span.clone();
    let recorded = async move {
        let result = work.await;
        record_outcome(&outcome, &result);
        result
    };
    if span.is_disabled() {
        return Box::pin(recorded);
    }
    Box::pin(recorded.instrument(span))
}

#[cfg(feature = "tracing")]
fn call_span(request: &Request) -> Span {
    use tracing::field::Empty;

    let operation = request.operation;
    let (method, path) = (operation.method.as_str(), operation.path);
    let base_url = request.base_url.as_deref().unwrap_or(request.core.parsed_base_url());
    tracing::info_span!(
        target: TARGET,
        "request",
        otel.name = format_args!("{method} {path}"),
        otel.kind = "client",
        otel.status_code = Empty,
        operation = operation.id,
        http.request.method = method,
        url.template = path,
        server.address = base_url.host(),
        server.port = base_url.port(),
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
    )
}

/// Records that a request will be retried.
#[cfg(feature = "tracing")]
pub(crate) fn record_retry(error: &AnyError, delay: Duration) {
    tracing::info!(
        target: TARGET,
        operation = error.operation(),
        error.type = error_type(error),
        http.response.status_code = error.status().map(|status| status.as_u16()),
        http.request.resend_count = error.attempts(),
        delay_ms = millis(delay),
        "retrying"
    );
}

/// Records the outcome of a call. Some statuses are results that callers expect, so they are not
/// warnings.
#[cfg(feature = "tracing")]
fn record_outcome(span: &Span, result: &Result<Payload, AnyError>) {
    match result {
        Ok(Payload { context, .. }) => {
            record_response(span, context.status, context.attempts);
            tracing::debug!(
                target: TARGET,
                operation = context.operation.map(|operation| operation.id),
                http.response.status_code = context.status.map(|status| status.as_u16()),
                attempts = context.attempts,
                elapsed_ms = millis(context.elapsed),
                "response received"
            );
        }
        Err(error) => {
            record_response(span, error.status(), error.attempts());
            span.record("error.type", error_type(error));
            span.record("otel.status_code", "ERROR");
            macro_rules! failed {
                ($level:ident) => {
                    tracing::$level!(
                        target: TARGET,
                        operation = error.operation(),
                        error.type = error_type(error),
                        http.response.status_code =
                            error.status().map(|status| status.as_u16()),
                        request_id = error.request_id(),
                        attempts = error.attempts(),
                        elapsed_ms = millis(error.elapsed()),
                        "call failed"
                    )
                };
            }
            if is_result(error) { failed!(debug) } else { failed!(warn) }
        }
    }
}

#[cfg(feature = "tracing")]
fn record_response(span: &Span, status: Option<StatusCode>, attempts: u32) {
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
}

/// Whether the status answers the caller's question: absent, a conflict, unchanged.
#[cfg(feature = "tracing")]
fn is_result(error: &AnyError) -> bool {
    let status = error.status().map(|status| status.as_u16());
    error.kind() == ErrorKind::Status
        && matches!(status, Some(304 | 404 | 409 | 410 | 412))
}

/// The status of a status error, otherwise the error's kind.
#[cfg(feature = "tracing")]
fn error_type(error: &AnyError) -> String {
    match (error.kind(), error.status()) {
        (ErrorKind::Status, Some(status)) => status.as_str().to_owned(),
        (kind, _) => format!("{kind:?}"),
    }
}

#[cfg(feature = "tracing")]
fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn in_span(
    request: Request,
    work: impl FnOnce(Request) -> Work<Payload>,
) -> Work<Payload> {
    work(request)
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn record_retry(_: &AnyError, _: Duration) {}
