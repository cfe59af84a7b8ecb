//! What reqwest's errors mean.

use std::error::Error;
use std::io;

#[cfg(feature = "rustls-no-provider")]
use rustls::AlertDescription;

use crate::runtime::{TransportError, TransportErrorKind};

/// A request that reqwest does not take.
#[cold]
pub(super) fn refused(error: reqwest::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Refused, error.without_url())
}

/// Sorts an error that came instead of an answer.
#[cold]
pub(super) fn unanswered(error: reqwest::Error) -> TransportError {
    let said = causes(&error).find_map(|cause| cause.downcast_ref::<h2::Error>());
    if !said.is_some_and(is_unprocessed) {
        return sorted(error);
    }
    TransportError::new(TransportErrorKind::Unprocessed, error.without_url())
}

/// Whether the server says that it did not process a request (RFC 9113, section 8.7): it refused
/// the stream, or ends the connection and names an earlier stream as the last one. Of a GOAWAY,
/// only streams after that one hear; others end with the connection.
fn is_unprocessed(said: &h2::Error) -> bool {
    let refused = said.is_reset() && said.reason() == Some(h2::Reason::REFUSED_STREAM);
    said.is_remote() && (refused || said.is_go_away())
}

/// Sorts an error; its address, which may hold values, is taken out.
pub(super) fn sorted(error: reqwest::Error) -> TransportError {
    if lacks_tls(&error) {
        let problem = "no TLS is built in: turn on the feature `rustls`, \
                       or a TLS feature of a dependency on `reqwest` of your own";
        return TransportError::new(TransportErrorKind::Tls, problem);
    }
    let kind = if is_insecure(&error) {
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
    TransportError::new(kind, error.without_url())
}

/// Whether one of both sides does not trust the other one, or they do not understand each
/// other: no network's fault, which may pass.
#[cfg(feature = "rustls-no-provider")]
fn is_insecure(error: &reqwest::Error) -> bool {
    match causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        Some(_) if error.is_connect() => true,
        // In TLS 1.3 a server looks at the client's certificate after the handshake.
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
fn is_insecure(_: &reqwest::Error) -> bool {
    false
}

/// Whether an https address was asked of a reqwest without TLS, whose connector takes only http.
#[cfg(not(feature = "rustls-no-provider"))]
fn lacks_tls(error: &reqwest::Error) -> bool {
    error.is_connect()
        && causes(error).any(|it| it.to_string().contains("scheme is not http"))
}

#[cfg(feature = "rustls-no-provider")]
fn lacks_tls(_: &reqwest::Error) -> bool {
    false
}

/// An error and what caused it. The errors of `io` hide the error that they hold.
fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(held) => Some(held),
            None => error.source(),
        }
    })
}
