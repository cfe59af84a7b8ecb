//! The description of an operation: one static per generated method.

/// The description of an operation: one method on one path.
#[derive(Debug)]
pub struct Operation {
    /// The operation's id in the document.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template: `/sessions/{session_id}`.
    pub path: &'static str,
    /// The content of the request body.
    pub body: RequestBody,
    /// The `Accept` header; none is sent if empty.
    pub accept: &'static str,
    /// How a successful response is received.
    pub response: ResponseMode,
    /// The envelope of a successful response.
    pub envelope: Envelope,
    /// Whether the request can be repeated.
    pub safety: Safety,
    /// The security requirements: one of these sets of schemes is needed, with every scheme of
    /// the set. Empty if no credential is required.
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
    /// `QUERY`.
    Query,
    /// Any other method.
    Other(&'static str),
}

impl Method {
    /// The method as it is sent.
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
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }

    /// The method of HTTP, if it is one that documents have.
    pub(crate) fn from_http(method: &http::Method) -> Option<Self> {
        let all = [
            Self::Get,
            Self::Put,
            Self::Post,
            Self::Delete,
            Self::Options,
            Self::Head,
            Self::Patch,
            Self::Trace,
        ];
        all.into_iter().find(|known| known.as_str() == method.as_str())
    }

    /// Whether requests of this method usually have a body.
    pub(crate) fn usually_has_body(self) -> bool {
        matches!(self, Self::Put | Self::Post | Self::Patch | Self::Query)
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
            // The generator accepts none that HTTP does not allow.
            other => Self::from_bytes(other.as_str().as_bytes()).unwrap_or_default(),
        }
    }
}

/// The content of a request body, with its media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestBody {
    /// No body.
    None,
    /// JSON, set as a whole. No body is sent if the caller sets none.
    Json(&'static str),
    /// A JSON object, built field by field. `{}` is sent if the caller sets no field.
    JsonFields(&'static str),
    /// JSON values, one per line.
    JsonLines(&'static str),
    /// JSON values, one per record (RFC 7464).
    JsonSequence(&'static str),
    /// `application/x-www-form-urlencoded`.
    Form(&'static str),
    /// `multipart/*`.
    Multipart(&'static str),
    /// Text.
    Text(&'static str),
    /// Bytes.
    Bytes(&'static str),
}

impl RequestBody {
    /// The media type.
    pub(crate) fn media_type(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Json(media_type)
            | Self::JsonFields(media_type)
            | Self::JsonLines(media_type)
            | Self::JsonSequence(media_type)
            | Self::Form(media_type)
            | Self::Multipart(media_type)
            | Self::Text(media_type)
            | Self::Bytes(media_type) => Some(media_type),
        }
    }
}

/// How a successful response is received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseMode {
    /// The whole body is read, within the client's limits of time and size.
    Buffered,
    /// The body is passed on as it arrives.
    Streamed,
    /// A redirect, which is not followed.
    Redirect,
}

/// The object that wraps a successful response in one of its properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Envelope {
    /// No envelope.
    None,
    /// The response is the value of this property.
    Required(&'static str),
    /// The response is the value of this property, or comes without an envelope.
    Optional(&'static str),
}

/// Whether an operation can be repeated (RFC 9110, section 9.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// The operation changes nothing on the server.
    Safe,
    /// Repeating the operation has the same effect as one request.
    Idempotent,
    /// Repeating the operation may repeat its effect.
    Unsafe,
}
