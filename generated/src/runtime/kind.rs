//! What went wrong, in one word.

use std::fmt;

use super::TransportErrorKind;

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client could not be built: a base address, a credential, a missing transport.
    Build,
    /// The request could not be built: an argument that cannot travel. Nothing was sent.
    InvalidRequest,
    /// No credential for the operation, or its provider failed. Nothing was sent.
    Credential,
    /// The place cannot run the call: no async runtime, or one that must not be blocked.
    Runtime,
    /// The connection could not be made. Nothing was sent.
    Connect,
    /// The connection could not be secured: a certificate that is not to be trusted, or a
    /// peer that refuses the handshake or knows no TLS. The server got no request, and would
    /// get none if it were tried again.
    Tls,
    /// The server said that it did not process the request (HTTP/2): it refused the stream,
    /// or closes the connection and did not come to it. It is as if nothing had been sent.
    Unprocessed,
    /// The answer did not come in time.
    Timeout,
    /// The connection broke, or the peer does not speak HTTP.
    Transport,
    /// The answer's body is larger than the client's limit.
    BodyTooLarge,
    /// The server answered with a status that is no success: a 4xx, a 5xx, a 304.
    Status,
    /// The server redirects; redirects are not followed.
    Redirect,
    /// The answer came, and is not what the document says.
    Decode,
}

impl ErrorKind {
    /// The beginning of an error's line.
    pub(crate) fn phrase(self) -> &'static str {
        match self {
            Self::Build => "the client cannot be built",
            Self::InvalidRequest => "the request cannot be built",
            Self::Credential => "no usable credential",
            Self::Runtime => "the call cannot run here",
            Self::Connect => "the connection could not be made",
            Self::Tls => "the connection could not be secured",
            Self::Unprocessed => "the server did not process the request",
            Self::Timeout => "no answer in time",
            Self::Transport => "the connection broke",
            Self::BodyTooLarge => "the answer is too large",
            Self::Status => "the server refused",
            Self::Redirect => "the server redirects, which is not followed",
            Self::Decode => "the answer cannot be read",
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
        f.write_str(self.phrase())
    }
}
