//! Spans and events of the feature `tracing`. They contain operation, status, number of
//! attempts and duration, but no URL, header or body.

use std::time::Duration;

use super::pending::Work;
use super::{AnyError, Operation, Payload};

/// Instruments a call with a span.
#[cfg(feature = "tracing")]
pub(crate) fn in_span(
    operation: &'static Operation,
    work: Work<Payload>,
) -> Work<Payload> {
    use tracing::Instrument;

    let span = tracing::debug_span!(
        target: "session_sdk",
        "request",
        operation = operation.id,
        method = operation.method.as_str(),
        path = operation.path,
    );
    if span.is_disabled() { work } else { Box::pin(work.instrument(span)) }
}

/// Records that a request will be retried.
#[cfg(feature = "tracing")]
pub(crate) fn record_retry(error: &AnyError, delay: Duration) {
    tracing::info!(
        target: "session_sdk",
        operation = error.operation(),
        kind = ?error.kind(),
        status = error.status(),
        attempt = error.attempts(),
        delay_ms = millis(delay),
        "retrying"
    );
}

/// Records the outcome of a call.
#[cfg(feature = "tracing")]
pub(crate) fn record_outcome(result: &Result<Payload, AnyError>) {
    match result {
        Ok(Payload { context, .. }) => tracing::debug!(
            target: "session_sdk",
            operation = context.operation.map(|operation| operation.id),
            status = context.status.map(|status| status.as_u16()),
            attempts = context.attempts,
            elapsed_ms = millis(context.elapsed),
            "response received"
        ),
        Err(error) => tracing::warn!(
            target: "session_sdk",
            operation = error.operation(),
            kind = ?error.kind(),
            status = error.status(),
            request_id = error.request_id(),
            attempts = error.attempts(),
            elapsed_ms = millis(error.elapsed()),
            "call failed"
        ),
    }
}

#[cfg(feature = "tracing")]
fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn in_span(_: &'static Operation, work: Work<Payload>) -> Work<Payload> {
    work
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn record_retry(_: &AnyError, _: Duration) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn record_outcome(_: &Result<Payload, AnyError>) {}
