//! What an operation is: one static a generated method.

/// An operation: one method on one path.
#[derive(Debug)]
pub struct Operation {
    /// The operation's id in the document.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template: `/sessions/{session_id}`.
    pub path: &'static str,
    /// What the request's body holds.
    pub body: RequestBody,
    /// The `Accept` header; empty sends none.
    pub accept: &'static str,
    /// Whether a success is read whole before it is decoded.
    pub response: ResponseMode,
    /// The wrapper around a success.
    pub envelope: Envelope,
    /// Whether sending it twice does harm.
    pub safety: Safety,
    /// Any of these sets of schemes lets the caller in; every scheme of the set is needed.
    /// No set at all: no credential is asked for.
    pub security: &'static [&'static [&'static str]],
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`.
    Get,
    /// `PUT`.
    Put,
    /// `POST`.
    Post,
    /// `DELETE`.
    Delete,
    /// `OPTIONS`.
    Options,
    /// `HEAD`.
    Head,
    /// `PATCH`.
    Patch,
    /// `TRACE`.
    Trace,
}

impl Method {
    /// The method's name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// Whether requests of this method usually carry a body.
    pub(crate) fn usually_has_body(self) -> bool {
        matches!(self, Self::Put | Self::Post | Self::Patch)
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Put => Self::PUT,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
            Method::Options => Self::OPTIONS,
            Method::Head => Self::HEAD,
            Method::Patch => Self::PATCH,
            Method::Trace => Self::TRACE,
        }
    }
}

/// What a request's body holds; each with its media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestBody {
    /// There is none.
    None,
    /// JSON, handed over whole. Nothing is sent where the caller sets nothing.
    Json(&'static str),
    /// A JSON object, built field by field. `{}` is sent where the caller sets nothing.
    JsonFields(&'static str),
    /// `application/x-www-form-urlencoded`.
    Form(&'static str),
    /// `multipart/*`.
    Multipart(&'static str),
    /// Text.
    Text(&'static str),
    /// Bytes.
    Bytes(&'static str),
}

/// Whether a success is read whole before it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseMode {
    /// It is read whole, within the client's limits of time and size.
    Buffered,
    /// It is handed on as it arrives.
    Streamed,
}

/// The object that wraps a success in one of its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Envelope {
    /// There is none.
    None,
    /// The answer is this member.
    Required(&'static str),
    /// The answer is this member, or comes bare.
    Optional(&'static str),
}

/// Whether sending an operation twice does harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// It changes nothing.
    Safe,
    /// Twice is the same as once.
    Idempotent,
    /// Twice may do it twice.
    Unsafe,
}
