//! Spans and events, where the feature `tracing` is on. They say which operation, which
//! status, how often and how long: no address, no header, no body.

use std::time::Duration;

use super::pending::Work;
use super::{Failure, Operation, Payload};

/// Lets a call run in a span of its own.
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

/// Says that a request will be sent again.
#[cfg(feature = "tracing")]
pub(crate) fn retrying(failure: &Failure, pause: Duration) {
    tracing::info!(
        target: "session_sdk",
        operation = failure.operation(),
        kind = ?failure.kind(),
        status = failure.status(),
        attempt = failure.attempts(),
        pause_ms = millis(pause),
        "sending again"
    );
}

/// Says how a call ended.
#[cfg(feature = "tracing")]
pub(crate) fn done(result: &Result<Payload, Failure>) {
    match result {
        Ok(Payload { context, .. }) => tracing::debug!(
            target: "session_sdk",
            operation = context.operation.map(|operation| operation.id),
            status = context.status.map(|status| status.as_u16()),
            attempts = context.attempts,
            elapsed_ms = millis(context.elapsed),
            "answered"
        ),
        Err(failure) => tracing::warn!(
            target: "session_sdk",
            operation = failure.operation(),
            kind = ?failure.kind(),
            status = failure.status(),
            request_id = failure.request_id(),
            attempts = failure.attempts(),
            elapsed_ms = millis(failure.elapsed()),
            "failed"
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
pub(crate) fn retrying(_: &Failure, _: Duration) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn done(_: &Result<Payload, Failure>) {}
