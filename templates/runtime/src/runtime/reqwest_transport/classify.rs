//! Classifies reqwest's errors.

use std::error::Error;
use std::fmt;
use std::io;

#[cfg(feature = "rustls-no-provider")]
use rustls::AlertDescription;

use crate::runtime::{BoxError, TransportError, TransportErrorKind};

/// The error of a request that reqwest does not support.
#[cold]
pub(super) fn unsupported_request(error: reqwest::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Refused, error.without_url())
}

/// Classifies an error that occurred before a response.
#[cold]
pub(super) fn classify_send_error(error: reqwest::Error) -> TransportError {
    let h2_error = causes(&error).find_map(|cause| cause.downcast_ref::<h2::Error>());
    if !h2_error.is_some_and(is_unprocessed) {
        return classify(error);
    }
    TransportError::new(TransportErrorKind::Unprocessed, source(error))
}

/// The error without its URL, which may contain values. A GOAWAY frame contains text of the
/// server, so it is replaced by its reason.
fn source(error: reqwest::Error) -> BoxError {
    let h2_error = causes(&error).find_map(|cause| cause.downcast_ref::<h2::Error>());
    match h2_error.filter(|error| error.is_go_away() && error.is_remote()) {
        Some(error) => Box::new(GoAway(error.reason().unwrap_or(h2::Reason::NO_ERROR))),
        None => error.without_url().into(),
    }
}

/// A GOAWAY frame of the server, without its debug data.
#[derive(Debug)]
struct GoAway(h2::Reason);

impl fmt::Display for GoAway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server sent GOAWAY: {}", self.0)
    }
}

impl Error for GoAway {}

/// Whether the server reported that it did not process a request (RFC 9113, section 8.7): it
/// refused the stream, or sent a GOAWAY with an earlier last stream. `h2` returns a GOAWAY only
/// to the streams after the last one.
fn is_unprocessed(error: &h2::Error) -> bool {
    let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
    error.is_remote() && (refused || error.is_go_away())
}

/// Classifies an error.
pub(super) fn classify(error: reqwest::Error) -> TransportError {
    if lacks_tls(&error) {
        let message = "no TLS implementation: enable the feature `rustls`, \
                       or a TLS feature of your own dependency on `reqwest`";
        return TransportError::new(TransportErrorKind::Tls, message);
    }
    let kind = if is_tls_error(&error) {
        TransportErrorKind::Tls
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_builder() {
        TransportErrorKind::Refused
    } else if error.is_redirect() {
        TransportErrorKind::Redirect
    } else {
        TransportErrorKind::Broken
    };
    TransportError::new(kind, source(error))
}

/// Whether it is a permanent error of the TLS handshake, as opposed to one of the network.
#[cfg(feature = "rustls-no-provider")]
fn is_tls_error(error: &reqwest::Error) -> bool {
    match causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        Some(_) if error.is_connect() => true,
        // A TLS 1.3 server checks the client's certificate after the handshake.
        Some(rustls::Error::AlertReceived(alert)) => matches!(
            alert,
            AlertDescription::CertificateRequired
                | AlertDescription::BadCertificate
                | AlertDescription::UnsupportedCertificate
                | AlertDescription::CertificateRevoked
                | AlertDescription::CertificateExpired
                | AlertDescription::CertificateUnknown
                | AlertDescription::UnknownCA
                | AlertDescription::AccessDenied
        ),
        _ => false,
    }
}

#[cfg(not(feature = "rustls-no-provider"))]
fn is_tls_error(_: &reqwest::Error) -> bool {
    false
}

/// Whether reqwest has no TLS implementation: its connector then accepts `http` only.
#[cfg(not(feature = "rustls-no-provider"))]
fn lacks_tls(error: &reqwest::Error) -> bool {
    error.is_connect()
        && causes(error).any(|it| it.to_string().contains("scheme is not http"))
}

#[cfg(feature = "rustls-no-provider")]
fn lacks_tls(_: &reqwest::Error) -> bool {
    false
}

/// An error and its causes. `io::Error` does not return the error it wraps as its source.
fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}
