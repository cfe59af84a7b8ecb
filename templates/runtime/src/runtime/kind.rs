//! The kinds of errors.

use std::fmt;

use super::TransportErrorKind;

/// The kind of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built: an invalid base URL or credential, no transport.
    Build,
    /// The request cannot be sent: an invalid argument, or none that the transport supports.
    InvalidRequest,
    /// No credential for the operation, or the provider failed. Nothing was sent.
    Credential,
    /// The current thread cannot run the call: no async runtime, or one that must not block.
    Runtime,
    /// A credential provider, a transport or a timer panicked during `wait()`. The request may
    /// have been sent.
    Panic,
    /// Connecting failed. Nothing was sent.
    Connect,
    /// The TLS handshake failed: an untrusted certificate, a rejected handshake, or a peer
    /// without TLS. The server received no request, and a retry would fail again.
    Tls,
    /// The server reported that it did not process the request (HTTP/2): it refused the stream,
    /// or closed the connection before the stream.
    Unprocessed,
    /// A timeout elapsed.
    Timeout,
    /// The connection failed, or the peer violated HTTP.
    Transport,
    /// The response body exceeds the client's limit.
    BodyTooLarge,
    /// The status is not successful: 4xx, 5xx or 304.
    Status,
    /// The server responded with a redirect, which is not followed.
    Redirect,
    /// The response does not match the document.
    Decode,
    /// A list has more pages than the client's limit.
    TooManyPages,
    /// What the operation started ended as failed.
    Failed,
}

impl ErrorKind {
    /// The description in an error message.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Build => "the client cannot be built",
            Self::InvalidRequest => "the request cannot be sent",
            Self::Credential => "no usable credential",
            Self::Runtime => "the call cannot run on this thread",
            Self::Panic => "the call panicked",
            Self::Connect => "connecting failed",
            Self::Tls => "the TLS handshake failed",
            Self::Unprocessed => "the server did not process the request",
            Self::Timeout => "timed out",
            Self::Transport => "the connection failed",
            Self::BodyTooLarge => "the response is too large",
            Self::Status => "the server responded with an error",
            Self::Redirect => {
                "the server responded with a redirect, which is not followed"
            }
            Self::Decode => "the response cannot be decoded",
            Self::TooManyPages => "the list has too many pages",
            Self::Failed => "the result is a failure",
        }
    }
}

impl From<TransportErrorKind> for ErrorKind {
    fn from(kind: TransportErrorKind) -> Self {
        match kind {
            TransportErrorKind::Connect => Self::Connect,
            TransportErrorKind::Tls => Self::Tls,
            TransportErrorKind::Unprocessed => Self::Unprocessed,
            TransportErrorKind::Timeout => Self::Timeout,
            TransportErrorKind::Broken => Self::Transport,
            TransportErrorKind::NoRuntime => Self::Runtime,
            TransportErrorKind::Refused => Self::InvalidRequest,
            TransportErrorKind::Redirect => Self::Redirect,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.description())
    }
}
